/** The platform, small: storage in memory, a request that each test answers, and calls that are written down. */
type Listener = () => void

export interface SentRequest {
  url: string
  method: string
  data: unknown
  header: Record<string, string>
}

export interface SentUpload {
  url: string
  filePath: string
  name: string
  header: Record<string, string>
}

export interface KeptFile {
  filePath: string
  data: string
}

export interface Answer {
  statusCode: number
  data: unknown
}

type Answerer = (request: SentRequest) => Answer | Promise<Answer>

const storage = new Map<string, unknown>()
const noAnswer: Answerer = () => Promise.reject({ errMsg: 'request:fail' })

export const platform = {
  requests: [] as SentRequest[],
  opened: [] as string[],
  answer: noAnswer,
  uploads: [] as SentUpload[],
  /** Paths of pictures whose sending was broken off. */
  endedUploads: [] as string[],
  answerUpload: (_upload: SentUpload): Answer | Promise<Answer> =>
    Promise.reject({ errMsg: 'uploadFile:fail' }),
  chosenPhotos: [] as string[],
  params: {} as Record<string, string>,
  /** What scrolling near the end of the page does. */
  reachBottom: (() => undefined) as Listener,
  files: [] as KeptFile[],
  shared: [] as string[],
  /** What comes of sharing a file; null is success. */
  sharingFails: null as string | null,
  /** Templates of subscribe messages that WeChat was asked for, and what its user says to each. */
  asked: [] as string[][],
  consents: 'accept',
  /** As a new phone. */
  reset(): void {
    storage.clear()
    platform.requests = []
    platform.opened = []
    platform.answer = noAnswer
    platform.uploads = []
    platform.endedUploads = []
    platform.answerUpload = () => Promise.reject({ errMsg: 'uploadFile:fail' })
    platform.chosenPhotos = []
    platform.params = {}
    platform.reachBottom = () => undefined
    platform.files = []
    platform.shared = []
    platform.sharingFails = null
    platform.asked = []
    platform.consents = 'accept'
  },
}

const Taro = {
  getStorageSync: (name: string) => storage.get(name) ?? '',
  setStorageSync: (name: string, value: unknown) => void storage.set(name, value),
  removeStorageSync: (name: string) => void storage.delete(name),
  getStorageInfoSync: () => ({ keys: [...storage.keys()] }),
  async request(options: SentRequest): Promise<Answer> {
    platform.requests.push(options)
    return platform.answer(options)
  },
  uploadFile(options: SentUpload): Promise<Answer> & { abort: () => void } {
    platform.uploads.push(options)
    const answer = Promise.resolve(platform.answerUpload(options))
    return Object.assign(answer, { abort: () => void platform.endedUploads.push(options.filePath) })
  },
  downloadFile: async ({ url }: { url: string }) => ({ statusCode: 200, tempFilePath: `temporary:${url}` }),
  chooseImage: async ({ count }: { count: number }) => ({
    tempFilePaths: platform.chosenPhotos.slice(0, count),
  }),
  redirectTo: async ({ url }: { url: string }) => void platform.opened.push(url),
  navigateTo: async ({ url }: { url: string }) => void platform.opened.push(url),
  switchTab: async ({ url }: { url: string }) => void platform.opened.push(url),
  navigateBack: async () => void platform.opened.push('back'),
  getCurrentPages: () => [{}, {}],
  pageScrollTo: async () => undefined,
  setNavigationBarTitle: async () => undefined,
  async requestSubscribeMessage({ tmplIds }: { tmplIds: string[] }) {
    platform.asked.push(tmplIds)
    return Object.fromEntries(tmplIds.map((id) => [id, platform.consents]))
  },
  vibrateShort: async () => undefined,
  vibrateLong: async () => undefined,
  setClipboardData: async () => undefined,
  makePhoneCall: () => Promise.reject({ errMsg: 'makePhoneCall:fail' }),
  getAppBaseInfo: () => ({ theme: 'light' }),
  onThemeChange: () => undefined,
  offThemeChange: () => undefined,
  pxTransform: (px: number) => `${px}px`,
  env: { USER_DATA_PATH: 'wxfile://usr' },
  canIUse: () => platform.sharingFails !== 'unknown',
  getFileSystemManager: () => ({
    writeFile({ filePath, data, success }: KeptFile & { success: () => void }) {
      platform.files.push({ filePath, data })
      success()
    },
  }),
  shareFileMessage(call: {
    filePath: string
    success: () => void
    fail: (error: { errMsg: string }) => void
  }) {
    platform.shared.push(call.filePath)
    if (platform.sharingFails === null) call.success()
    else call.fail({ errMsg: platform.sharingFails })
  },
  login: async () => ({ code: 'demo-test' }),
}

export const useRouter = () => ({ params: platform.params })
export const useDidShow = (_listener: Listener) => undefined
export const useDidHide = (_listener: Listener) => undefined
export const useShareAppMessage = (): void => undefined
export const useReachBottom = (listener: Listener) => {
  platform.reachBottom = listener
}

export default Taro
