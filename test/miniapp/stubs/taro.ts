/** The platform, small: storage in memory, a request that each test answers, and calls that are written down. */
type Listener = () => void

export interface SentRequest {
  url: string
  method: string
  data: unknown
  header: Record<string, string>
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
  params: {} as Record<string, string>,
  /** As a new phone. */
  reset(): void {
    storage.clear()
    platform.requests = []
    platform.opened = []
    platform.answer = noAnswer
    platform.params = {}
  },
}

const Taro = {
  getStorageSync: (name: string) => storage.get(name) ?? '',
  setStorageSync: (name: string, value: unknown) => void storage.set(name, value),
  removeStorageSync: (name: string) => void storage.delete(name),
  async request(options: SentRequest): Promise<Answer> {
    platform.requests.push(options)
    return platform.answer(options)
  },
  navigateTo: async ({ url }: { url: string }) => void platform.opened.push(url),
  switchTab: async ({ url }: { url: string }) => void platform.opened.push(url),
  navigateBack: async () => void platform.opened.push('back'),
  getCurrentPages: () => [{}, {}],
  setNavigationBarTitle: async () => undefined,
  vibrateShort: async () => undefined,
  setClipboardData: async () => undefined,
  pxTransform: (px: number) => `${px}px`,
  login: async () => ({ code: 'demo-test' }),
}

export const useRouter = () => ({ params: platform.params })
export const useDidShow = (_listener: Listener) => undefined
export const useDidHide = (_listener: Listener) => undefined
export const useReachBottom = (_listener: Listener) => undefined

export default Taro
