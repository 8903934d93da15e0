import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { openSetting, paths, type Setting } from './setting'

let setting: Setting
beforeEach(async () => {
  setting = await openSetting()
})
afterEach(() => setting.standIn.stop())

async function call(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') {
  const response = await fetch(setting.standIn.baseUrl + path, { method, body: JSON.stringify(body) })
  const text = await response.text()
  return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : null }
}

const askToken = (more: object = {}) => {
  const { appId, appSecret } = setting.standIn
  return call(paths.token, { grant_type: 'client_credential', appid: appId, secret: appSecret, ...more })
}

const textWith = (token: string) =>
  call(`${paths.text}?access_token=${token}`, { version: 2, openid: 'o-1', scene: 2, content: '你好' })

test('another process can issue codes, ask for failures and read what was sent', async () => {
  const { wechat } = setting
  const { json: login } = await call('/stand-in/codes', { openid: 'o-9', unionid: 'u-9' })
  await expect(wechat.exchangeCode(login.code)).resolves.toMatchObject({ openid: 'o-9', unionid: 'u-9' })
  const { json: phone } = await call('/stand-in/phone-codes', { phone: '13800000009' })
  await expect(wechat.phoneNumberOf(phone.code)).resolves.toBe('13800000009')
  await wechat.sendSubscribeMessage({ openid: 'o-9', templateId: 't', values: { thing1: '好' } })
  const { json: sent } = await call('/stand-in/messages')
  expect(sent.items).toMatchObject([{ openid: 'o-9', templateId: 't', values: { thing1: '好' } }])
})

test('a failure asked for lasts as many requests as was said, or until it is taken back', async () => {
  const { wechat } = setting
  await call('/stand-in/failures', { path: paths.session, errcode: 45011, times: 2 })
  await expect(wechat.exchangeCode('demo-a')).rejects.toMatchObject({ code: 'rate.limited' })
  await expect(wechat.exchangeCode('demo-a')).rejects.toMatchObject({ code: 'rate.limited' })
  await wechat.exchangeCode('demo-a')
  await call('/stand-in/failures', { path: paths.session, httpStatus: 500, times: 5 })
  await call('/stand-in/failures', undefined, 'DELETE')
  await wechat.exchangeCode('demo-a')
})

test('a wrong request to the controls is refused', async () => {
  expect((await call('/stand-in/codes', {})).status).toBe(400)
  expect((await call('/stand-in/failures', { path: paths.session, httpStatus: 200 })).status).toBe(400)
  expect((await call('/stand-in/nothing')).status).toBe(404)
})

test('a token stays the same while it is valid, and overlaps with its successor', async () => {
  const { clock } = setting
  const first = (await askToken()).json
  clock.advance(100_000)
  expect((await askToken()).json).toEqual({ access_token: first.access_token, expires_in: 7_100 })
  clock.advance(7_000_000)
  const second = (await askToken()).json
  expect(second.access_token).not.toBe(first.access_token)
  expect((await textWith(first.access_token)).json.errcode).toBe(0)
  expect((await textWith(second.access_token)).json.errcode).toBe(0)
  clock.advance(100_000)
  expect((await textWith(first.access_token)).json.errcode).toBe(42001)
  expect((await textWith(second.access_token)).json.errcode).toBe(0)
})

test('a forced token ends the one before', async () => {
  const first = (await askToken()).json
  await askToken({ force_refresh: true })
  expect((await textWith(first.access_token)).json.errcode).toBe(42001)
})

test.each([
  ['app id', { appid: 'wx-other' }, 40013],
  ['secret', { secret: 'other' }, 40125],
  ['grant type', { grant_type: 'authorization_code' }, 40002],
])('a token is refused for a wrong %s', async (_what, wrong, errcode) => {
  expect((await askToken(wrong)).json).toMatchObject({ errcode, errmsg: expect.stringContaining('rid: ') })
})

test('a missing and an unknown token are told apart', async () => {
  expect((await textWith('')).json.errcode).toBe(41001)
  expect((await textWith('unknown')).json.errcode).toBe(40001)
})

test('runs as a process of its own and ends when told', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'bff/local/wechat/main.ts', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  try {
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const { baseUrl } = JSON.parse(line)
    const response = await fetch(`${baseUrl}/stand-in/messages`)
    expect(await response.json()).toEqual({ items: [] })
  } finally {
    child.kill('SIGTERM')
  }
  expect(await ended).toEqual([0, null])
})
