import { createMemoryCache, openSetting, paths, type Setting } from './setting'

let setting: Setting
beforeEach(async () => {
  setting = await openSetting()
})
afterEach(() => setting.standIn.stop())

const text = { openid: 'o-1', text: '你好', scene: 'comment' } as const
const minuteMs = 60_000

test('a hundred callers without a token are one request for it', async () => {
  const { wechat, control } = setting
  await Promise.all(Array.from({ length: 100 }, () => wechat.checkText(text)))
  expect(control.requestCount(paths.token)).toBe(1)
  expect(control.requestCount(paths.text)).toBe(100)
})

test('processes share the token through the cache', async () => {
  const { client, control } = setting
  const tokenCache = createMemoryCache()
  await client({ tokenCache }).checkText(text)
  await client({ tokenCache }).checkText(text)
  expect(control.requestCount(paths.token)).toBe(1)
  expect(tokenCache.ttlsSeconds).toEqual([7_200 - 240])
})

test('a cache that is down or holds rubbish costs requests, not answers', async () => {
  const { client, control } = setting
  const down = { get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('down')) }
  const withoutCache = client({ tokenCache: down })
  await expect(withoutCache.checkText(text)).resolves.toBe('pass')
  await expect(withoutCache.checkText(text)).resolves.toBe('pass')
  expect(control.requestCount(paths.token)).toBe(1)
  const rubbish = { get: async () => '{"token":', set: async () => undefined }
  await expect(client({ tokenCache: rubbish }).checkText(text)).resolves.toBe('pass')
})

test('the token is renewed before it expires', async () => {
  const { wechat, control, clock } = setting
  await wechat.checkText(text)
  clock.advance(115 * minuteMs)
  await wechat.checkText(text)
  expect(control.requestCount(paths.token)).toBe(1)
  clock.advance(minuteMs + 1)
  await wechat.checkText(text)
  expect(control.requestCount(paths.token)).toBe(2)
  expect(control.requestCount(paths.text)).toBe(3)
})

test('a renewal that fails leaves the old token in use until it ends', async () => {
  const { wechat, control, clock } = setting
  await wechat.checkText(text)
  clock.advance(117 * minuteMs)
  control.fail({ path: paths.token, httpStatus: 503, times: 4 })
  await expect(wechat.checkText(text)).resolves.toBe('pass')
  clock.advance(3 * minuteMs)
  await expect(wechat.checkText(text)).rejects.toMatchObject({ code: 'auth.wechat_unavailable' })
})

test.each([40001, 42001])('errcode %i renews the token and repeats the request', async (errcode) => {
  const { wechat, control } = setting
  await wechat.checkText(text)
  control.fail({ path: paths.text, errcode })
  await expect(wechat.checkText(text)).resolves.toBe('pass')
  expect(control.requestCount(paths.token)).toBe(2)
  expect(control.requestCount(paths.text)).toBe(3)
})

test('a token that ended early is replaced once for all its callers, and in the cache', async () => {
  const { client, control } = setting
  const tokenCache = createMemoryCache()
  const [first, second] = [client({ tokenCache }), client({ tokenCache })]
  await Promise.all([first.checkText(text), second.checkText(text)])
  const asked = control.requestCount(paths.token)
  control.expireAccessTokens()
  await Promise.all(Array.from({ length: 50 }, () => first.checkText(text)))
  await second.checkText(text)
  expect(control.requestCount(paths.token)).toBe(asked + 1)
})

test('a token of another WeChat left in the cache is replaced', async () => {
  const { client, control } = setting
  const stranger = await openSetting()
  const tokenCache = createMemoryCache()
  await stranger.client({ tokenCache }).checkText(text)
  await stranger.standIn.stop()
  await expect(client({ tokenCache }).checkText(text)).resolves.toBe('pass')
  expect(control.requestCount(paths.text)).toBe(2)
})

test('a token refused again after renewal is given up', async () => {
  const { wechat, control } = setting
  control.fail({ path: paths.text, errcode: 42001, times: 10 })
  await expect(wechat.checkText(text)).rejects.toMatchObject({ code: 'auth.wechat_unavailable' })
  expect(control.requestCount(paths.text)).toBe(2)
})

test('asking for a token is repeated once after a failure', async () => {
  const { wechat, control } = setting
  control.fail({ path: paths.token, errcode: -1 })
  await expect(wechat.checkText(text)).resolves.toBe('pass')
  expect(control.requestCount(paths.token)).toBe(2)
})

test('a failed request for a token is not remembered', async () => {
  const { wechat, control } = setting
  control.fail({ path: paths.token, httpStatus: 500, times: 2 })
  await expect(wechat.checkText(text)).rejects.toMatchObject({ code: 'auth.wechat_unavailable' })
  await expect(wechat.checkText(text)).resolves.toBe('pass')
})
