import { Buffer } from 'node:buffer'

type Callbacks = {
  success?: (result: unknown) => void
  fail?: (error: unknown) => void
  complete?: (result: unknown) => void
}

interface RequestOptions extends Callbacks {
  url: string
  method?: string
  data?: unknown
  header?: Record<string, string>
  timeout?: number
  /** `json`, when left out, is parsed; anything else stays text. */
  dataType?: string
}

export interface WxStubOptions {
  /** Where `wx.request` really goes; without it every request fails as on a phone without a network. */
  apiBase?: string
  /** What `wx.login` gives. */
  loginCode: string
  storage: Record<string, unknown>
  navigate: (how: 'push' | 'replace' | 'back', url: string) => void
}

const box = { left: 0, top: 0, right: 100, bottom: 40, width: 100, height: 40, scrollLeft: 0, scrollTop: 0 }
const windowInfo = {
  pixelRatio: 2,
  windowWidth: 390,
  windowHeight: 844,
  screenWidth: 390,
  screenHeight: 844,
  safeArea: {},
}

const settle = (callbacks: Callbacks | undefined, result: unknown, hasFailed = false) => {
  setTimeout(() => {
    if (hasFailed) callbacks?.fail?.(result)
    else callbacks?.success?.(result)
    callbacks?.complete?.(result)
  }, 0)
}

async function request(options: RequestOptions, apiBase: string | undefined): Promise<void> {
  if (apiBase === undefined) {
    settle(options, { errMsg: 'request:fail no network' }, true)
    return
  }
  const { pathname, search } = new URL(options.url)
  try {
    const answer = await fetch(`${apiBase}${pathname}${search}`, {
      method: options.method ?? 'GET',
      headers: options.header,
      body: typeof options.data === 'string' ? options.data : undefined,
      signal: AbortSignal.timeout(options.timeout ?? 60_000),
    })
    const body = await answer.text()
    settle(options, {
      statusCode: answer.status,
      data: body === '' || (options.dataType ?? 'json') !== 'json' ? body : JSON.parse(body),
      header: Object.fromEntries(answer.headers),
      errMsg: 'request:ok',
    })
  } catch (error) {
    settle(options, { errMsg: `request:fail ${String(error)}` }, true)
  }
}

function selectorQuery() {
  const results: unknown[] = []
  const add = (value: unknown) => () => {
    results.push(value)
    return query
  }
  const node = {
    boundingClientRect: add(box),
    scrollOffset: add(box),
    fields: add(box),
    node: add(null),
    context: add({}),
  }
  const query = {
    in: () => query,
    select: () => node,
    selectAll: () => node,
    selectViewport: () => node,
    exec: (done?: (all: unknown[]) => void) => setTimeout(() => done?.(results), 0),
  }
  return query
}

const observer = () => {
  const self = {
    relativeTo: () => self,
    relativeToViewport: () => self,
    observe: () => undefined,
    disconnect: () => undefined,
  }
  return self
}

const storageOf = (stored: Map<string, unknown>) => ({
  getStorageSync: (key: string) => stored.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => void stored.set(key, value),
  removeStorageSync: (key: string) => void stored.delete(key),
  clearStorageSync: () => stored.clear(),
})

const navigationOf = (navigate: WxStubOptions['navigate']) => {
  const to = (how: 'push' | 'replace') => (options: { url: string } & Callbacks) => {
    navigate(how, options.url)
    settle(options, { errMsg: 'ok' })
  }
  return {
    navigateTo: to('push'),
    redirectTo: to('replace'),
    reLaunch: to('replace'),
    switchTab: to('replace'),
    navigateBack: (options?: Callbacks) => {
      navigate('back', '')
      settle(options, { errMsg: 'ok' })
    },
  }
}

const launch = { path: 'pages/home/index', query: {}, scene: 1001 }

/* Taro hands on only what it finds as a key of `wx`: a function that is missing here is missing in the app. */
const acknowledged = [
  'getUpdateManager',
  'hideTabBar',
  'offAppHide',
  'offAppShow',
  'offThemeChange',
  'onAppHide',
  'onAppShow',
  'onError',
  'onNetworkStatusChange',
  'onThemeChange',
  'onUnhandledRejection',
  'pageScrollTo',
  'setClipboardData',
  'setKeepScreenOn',
  'setNavigationBarTitle',
  'setScreenBrightness',
  'shareFileMessage',
  'showTabBar',
  'showToast',
  'stopPullDownRefresh',
  'vibrateShort',
]

const acknowledge = (calls: string[]): Record<string, unknown> =>
  Object.fromEntries(
    acknowledged.map((name) => [
      name,
      (callbacks?: Callbacks) => {
        calls.push(name)
        if (!/^(on|off)[A-Z]/.test(name)) settle(callbacks, {})
      },
    ]),
  )

/** What the mini program asks of the phone. The calls that do nothing here are written down in `calls`. */
export function createWx(options: WxStubOptions, calls: string[]): Record<string, unknown> {
  return {
    ...acknowledge(calls),
    ...storageOf(new Map(Object.entries(options.storage))),
    ...navigationOf(options.navigate),
    request: (wanted: RequestOptions) => {
      void request(wanted, options.apiBase)
      return { abort: () => undefined, onHeadersReceived: () => undefined, onChunkReceived: () => undefined }
    },
    getNetworkType: (callbacks: Callbacks) => settle(callbacks, { networkType: 'wifi' }),
    login: (callbacks: Callbacks) => settle(callbacks, { code: options.loginCode, errMsg: 'login:ok' }),
    getUserCryptoManager: () => ({
      getRandomValues: ({ length, ...callbacks }: { length: number } & Callbacks) =>
        settle(callbacks, {
          randomValues: new Uint8Array(crypto.getRandomValues(new Uint8Array(length))).buffer,
        }),
    }),
    scanCode: (callbacks: Callbacks) => settle(callbacks, { errMsg: 'scanCode:fail cancel' }, true),
    getScreenBrightness: (callbacks: Callbacks) => settle(callbacks, { value: 0.4 }),
    createSelectorQuery: selectorQuery,
    createIntersectionObserver: observer,
    getSystemInfoSync: () => ({ platform: 'devtools', SDKVersion: '3.5.0', ...windowInfo }),
    getWindowInfo: () => windowInfo,
    getAppBaseInfo: () => ({ SDKVersion: '3.5.0', theme: 'light' }),
    getDeviceInfo: () => ({ platform: 'devtools' }),
    env: { USER_DATA_PATH: 'wxfile://usr' },
    getFileSystemManager: () => ({
      writeFile: (file: Callbacks) => settle(file, { errMsg: 'writeFile:ok' }),
    }),
    getAccountInfoSync: () => ({ miniProgram: {} }),
    getLaunchOptionsSync: () => launch,
    getEnterOptionsSync: () => launch,
    canIUse: () => true,
    nextTick: (run: () => void) => setTimeout(run, 0),
    arrayBufferToBase64: (bytes: ArrayBuffer) => Buffer.from(bytes).toString('base64'),
  }
}
