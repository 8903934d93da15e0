import { inspect } from 'node:util'
import { DomainError, isDomainError } from '#bff/kernel/errors'
import { openSetting, paths, rejectionOf, type Setting } from './setting'

let setting: Setting
beforeEach(async () => {
  setting = await openSetting()
})
afterEach(async () => {
  jest.restoreAllMocks()
  await setting.standIn.stop()
})

test('a code gives the member behind it, with and without unionid', async () => {
  const { wechat, control } = setting
  const both = await wechat.exchangeCode(control.issueCode({ openid: 'o-1', unionid: 'u-1' }))
  expect(both).toEqual({ openid: 'o-1', unionid: 'u-1', sessionKey: expect.stringMatching(/^[\w+/]{22}==$/) })
  const alone = await wechat.exchangeCode(control.issueCode({ openid: 'o-2' }))
  expect(alone).toMatchObject({ openid: 'o-2', unionid: null })
})

test('a demo code always gives the same member and works again', async () => {
  const { wechat } = setting
  const first = await wechat.exchangeCode('demo-lin')
  const second = await wechat.exchangeCode('demo-lin')
  expect(first.openid).toBe('lin')
  expect(second).toMatchObject({ openid: 'lin', unionid: first.unionid })
  expect(second.sessionKey).not.toBe(first.sessionKey)
})

test('a code works once', async () => {
  const { wechat, control } = setting
  const code = control.issueCode({ openid: 'o-1' })
  await wechat.exchangeCode(code)
  await expect(wechat.exchangeCode(code)).rejects.toMatchObject({ code: 'auth.wechat_code_invalid' })
})

test('of many that use one code at once, one gets in', async () => {
  const { wechat, control } = setting
  const code = control.issueCode({ openid: 'o-1' })
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => wechat.exchangeCode(code)))
  const refusals = outcomes
    .filter((outcome) => outcome.status === 'rejected')
    .map((outcome) => outcome.reason)
  expect(refusals).toHaveLength(19)
  expect(refusals.every((reason) => isDomainError(reason, 'auth.wechat_code_invalid'))).toBe(true)
})

test('a code dies after five minutes', async () => {
  const { wechat, control, clock } = setting
  const inTime = control.issueCode({ openid: 'o-1' })
  const late = control.issueCode({ openid: 'o-1' })
  clock.advance(5 * 60_000 - 1)
  await wechat.exchangeCode(inTime)
  clock.advance(1)
  await expect(wechat.exchangeCode(late)).rejects.toMatchObject({ code: 'auth.wechat_code_invalid' })
})

test.each([
  [40029, 'auth.wechat_code_invalid', '微信登录已失效，请再试一次'],
  [40163, 'auth.wechat_code_invalid', '微信登录已失效，请再试一次'],
  [40226, 'auth.wechat_code_invalid', '微信认为这个账号有风险，暂时不能登录'],
  [45011, 'rate.limited', '操作太频繁了，请稍后再试'],
  [-1, 'auth.wechat_unavailable', '微信暂时没有回应，请稍后再试'],
])('errcode %i is told as %s', async (errcode, code, message) => {
  const { wechat, control } = setting
  control.fail({ path: paths.session, errcode })
  const error = await rejectionOf(wechat.exchangeCode('demo-lin'))
  expect(error).toBeInstanceOf(DomainError)
  expect(error).toMatchObject({ code, message })
  expect(control.requestCount(paths.session)).toBe(1)
})

test('too many logins say when to try again', async () => {
  const { wechat, control } = setting
  control.fail({ path: paths.session, errcode: 45011 })
  await expect(wechat.exchangeCode('demo-lin')).rejects.toMatchObject({ retryAfterSeconds: 60 })
})

test('a login that WeChat may have seen is not sent again', async () => {
  const { wechat, control, client } = setting
  control.fail({ path: paths.session, httpStatus: 502 })
  await expect(wechat.exchangeCode('demo-lin')).rejects.toMatchObject({ code: 'auth.wechat_unavailable' })
  control.fail({ path: paths.session, delayMs: 60_000 })
  const impatient = client({ timeoutMs: 500 })
  await expect(impatient.exchangeCode('demo-lin')).rejects.toMatchObject({
    code: 'auth.wechat_unavailable',
    cause: { kind: 'no_answer', message: `WeChat ${paths.session}: TimeoutError` },
  })
  expect(control.requestCount(paths.session)).toBe(2)
})

test('a login that never left is sent once more', async () => {
  const { wechat, control } = setting
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  const connections = jest.spyOn(globalThis, 'fetch')
  connections.mockRejectedValueOnce(new TypeError('fetch failed', { cause: refused }))
  await expect(wechat.exchangeCode('demo-lin')).resolves.toMatchObject({ openid: 'lin' })
  expect(connections).toHaveBeenCalledTimes(2)
  expect(control.requestCount(paths.session)).toBe(1)
})

test('without WeChat a login is refused after two attempts', async () => {
  const { wechat, standIn } = setting
  await standIn.stop()
  const connections = jest.spyOn(globalThis, 'fetch')
  await expect(wechat.exchangeCode('demo-lin')).rejects.toMatchObject({
    code: 'auth.wechat_unavailable',
    cause: { kind: 'not_sent' },
  })
  expect(connections).toHaveBeenCalledTimes(2)
})

test.each([
  ['a page instead of JSON', '<html>'],
  ['no openid', '{"session_key":"a"}'],
  ['a list', '[]'],
])('an answer with %s counts as no answer', async (_what, body) => {
  const { wechat } = setting
  jest.spyOn(globalThis, 'fetch').mockResolvedValueOnce(new Response(body))
  await expect(wechat.exchangeCode('demo-lin')).rejects.toMatchObject({ code: 'auth.wechat_unavailable' })
})

test('an answer with a status of failure does not count, whatever it says', async () => {
  const { wechat } = setting
  const response = new Response('{"openid":"o-1","session_key":"a"}', { status: 500 })
  jest.spyOn(globalThis, 'fetch').mockResolvedValueOnce(response)
  await expect(wechat.exchangeCode('demo-lin')).rejects.toMatchObject({ code: 'auth.wechat_unavailable' })
})

test.each([
  ['app id', { appId: 'wx-other' }, 40013],
  ['app secret', { appSecret: 'wrong-secret' }, 40125],
])('a wrong %s is a bug of the settings, not the fault of a member', async (_what, wrong, errcode) => {
  const error = await rejectionOf(setting.client(wrong).exchangeCode('demo-lin'))
  expect(error).not.toBeInstanceOf(DomainError)
  expect(error).toMatchObject({ errcode })
})

test('no error holds the app secret, the code or a session_key', async () => {
  const { client, standIn } = setting
  const appSecret = 'f00dcafe-app-secret'
  const code = 'a-code-of-someone'
  const texts = [
    `{"errcode":40125,"errmsg":"invalid appsecret ${appSecret} for ${code}"}`,
    `{"errcode":40029,"errmsg":"invalid code ${code}"}`,
    '{"session_key":"c2Vzc2lvbi1rZXk=","openid":7}',
    'not JSON c2Vzc2lvbi1rZXk=',
  ]
  const fetching = jest.spyOn(globalThis, 'fetch')
  for (const text of texts) fetching.mockResolvedValueOnce(new Response(text))
  const clients = [...texts.map(() => client({ appSecret })), client({ appSecret, timeoutMs: 1 })]
  const errors: unknown[] = []
  for (const each of clients) errors.push(await rejectionOf(each.exchangeCode(code)))
  await standIn.stop()
  errors.push(await rejectionOf(client({ appSecret }).exchangeCode(code)))
  for (const error of errors) {
    const everything = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error)
    expect(everything).not.toContain(appSecret)
    expect(everything).not.toContain(code)
    expect(everything).not.toContain('c2Vzc2lvbi1rZXk=')
  }
})

test('a base URL that is none stops the start', () => {
  expect(() => setting.client({ baseUrl: 'api.weixin.qq.com' })).toThrow('Invalid URL')
})

test('a base URL may have a path of its own', async () => {
  const { client, standIn } = setting
  const fetching = jest.spyOn(globalThis, 'fetch').mockResolvedValueOnce(new Response('{"errcode":40029}'))
  await rejectionOf(client({ baseUrl: `${standIn.baseUrl}/gateway/` }).exchangeCode('demo-lin'))
  expect(String(fetching.mock.calls[0]?.[0])).toMatch(`${standIn.baseUrl}/gateway/sns/jscode2session?`)
})
