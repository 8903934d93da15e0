import { randomBytes, randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { startSmsStandIn } from '#bff/local/sms/stand-in'
import { standInAccount, standInAccountSettings } from '#bff/local/wechat/state'
import { createLogger, type LogFields } from '#bff/platform/logging'
import { type BffProcess, startBffProcess } from '#test/support/app'
import { bindPhone } from '#test/support/bind-phone'
import type { Json } from '#test/support/client'
import { testSettings } from '#test/support/environment'
import { createFactories } from '#test/support/factories'
import { openHeaders } from '#test/support/open-client'
import { sendBytes } from '#test/support/raw-http'

/** How a secret may stand in a log: as it is, or as its bytes, written by whatever wrote it. */
function renderings(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const shifted = [0, 1, 2].map((offset) => {
    // Within a longer text base64 begins at any of three places; what its neighbours change is left out.
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    return text.slice(offset === 0 ? 0 : 4, Math.floor(((offset + bytes.length) * 8) / 6) - 1)
  })
  return [
    secret,
    encodeURIComponent(secret),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    [...bytes].join(','),
    [...bytes].join(', '),
    ...shifted,
    ...shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ]
}

const found = (log: string, secrets: readonly string[]): string[] =>
  secrets.filter((secret) => renderings(secret).some((text) => log.includes(text)))

describe('the log of a run', () => {
  const phone = '13512349876'
  const password = `pass-${randomUUID()}`
  const appSecret = 'stand-in-app-secret'
  const lookupKey = randomBytes(32).toString('hex')
  const sealingKey = randomBytes(32).toString('hex')
  const secrets = new Set([phone, password, lookupKey, sealingKey, appSecret, standInAccount.token])
  const lines: string[] = []
  let bff: BffProcess
  let settings: NodeJS.ProcessEnv
  let stopSms: () => Promise<void>

  beforeAll(async () => {
    const sms = await startSmsStandIn({ onMessage: ({ params }) => secrets.add(`${params[0]}`) })
    stopSms = sms.stop
    secrets.add(String(sms.settings.SMS_SECRET_KEY))
    settings = testSettings({
      ...sms.settings,
      ...standInAccountSettings,
      LOG_LEVEL: 'debug',
      CODE_LOOKUP_KEY: lookupKey,
      CODE_SEALING_KEYS: `test:${sealingKey}`,
    })
    bff = await startBffProcess(settings, 'bff/main.ts', (line) => lines.push(JSON.stringify(line)))
  })
  afterAll(async () => {
    await bff.stop()
    await stopSms()
    const connection = await mongoose.createConnection(String(settings.MONGODB_URI)).asPromise()
    await connection.dropDatabase()
    await connection.close()
  })

  /** Every text of an answer that admits somebody, or says who he is. */
  function remember(answer: Json): Json {
    JSON.stringify(answer, (name, value: unknown) => {
      if (
        ['token', 'secret', 'digits', 'qrText', 'code', 'phone'].includes(name) &&
        typeof value === 'string'
      )
        if (value.length >= 6 && !value.includes('.')) secrets.add(value)
      return value
    })
    return answer
  }

  test('has no token, code, phone, key or password, whatever the run does and however it fails', async () => {
    const send: BffProcess['send'] = async (...request) => {
      const answer = await bff.send(...request)
      remember(answer.body)
      return answer
    }
    const make = createFactories(send)
    const member = await make.member()
    secrets.add(`demo-${member.openid}`).add(member.openid)
    remember(await bindPhone(send, member.token, phone))
    const staff = await make.staff()
    const admin = await make.adminToken()
    await make.colleague()
    await send('POST', '/api/admin/admins', {
      token: admin,
      body: { username: 'somebody', password, name: '某', role: 'support' },
    })
    // An order, its code read and spent, and a gift code given out.
    const { order, member: buyer } = await make.order()
    const codes = remember(
      (await send('GET', `/api/member/orders/${order.id}/code`, { token: buyer.token })).body,
    )
    await send('POST', '/api/staff/redemptions', { token: staff.token, body: { code: codes.digits ?? '0' } })
    const giftCode = `GIFT-${randomUUID()}`
    secrets.add(giftCode)
    await make.virtualGift([giftCode])
    await send('POST', '/api/member/orders/verification-codes', { token: buyer.token })
    await send('POST', '/api/member/orders/verification-codes', { token: member.token })
    await failInManyWays(make, { member: member.token, admin })
    const log = lines.join('\n')
    expect(lines.length).toBeGreaterThan(30)
    expect(log).toContain('"msg":"request"')
    expect(found(log, [...secrets])).toEqual([])
    // Codes and tokens were made, or this proves nothing.
    expect(secrets.size).toBeGreaterThan(12)
    expect([...secrets]).toContain(member.token)
  })

  async function failInManyWays(
    make: ReturnType<typeof createFactories>,
    { member, admin }: { member: string; admin: string },
  ): Promise<void> {
    const { send } = bff
    const client = await make.openClient()
    secrets.add(client.secret)
    const signed = { method: 'GET', target: '/x', body: '', timestamp: Date.now(), nonce: randomUUID() }
    const headers = [
      `Authorization: Bearer ${member}`,
      ...Object.entries(openHeaders(client, signed)).map((pair) => pair.join(': ')),
    ]
    const malformed = [
      [`GET /api/member/me?token=${member} HTTP/9.9`, 'Host: x', ...headers],
      [`G\x01T /${member} HTTP/1.1`, ...headers],
      ['GET /api/member/me HTTP/1.1', 'Host: x', ...headers, `Bad Header ${member}: \x01`],
      ['GET /api/member/me HTTP/1.1', 'Host: x', ...headers, `X-Large: ${member}${'a'.repeat(70_000)}`],
      ['POST /api/member/session HTTP/1.1', 'Host: x', ...headers, 'Content-Length: -1'],
      // The second request is malformed while the first is under way.
      ['GET /api/member/me HTTP/1.1', 'Host: x', ...headers, '', `${member} \x01\x02`],
    ]
    for (const head of malformed) await sendBytes(bff.baseUrl, { head, body: Buffer.alloc(0), ending: 'end' })
    const cut = ['POST /api/member/uploads HTTP/1.1', 'Host: x', ...headers, 'Content-Length: 900']
    for (const ending of ['end', 'hang up'] as const)
      await sendBytes(bff.baseUrl, { head: cut, body: Buffer.from(member), ending })
    await send('POST', '/api/admin/session', { body: { username: 'owner', password } })
    await send('POST', '/api/member/session', { body: { code: `wrong-${password}` } })
    await send('POST', '/api/member/orders', {
      token: member,
      body: `{"${password}`,
      headers: { 'content-type': 'application/json' },
    })
    await send('GET', `/api/member/orders/${member}`, { token: member })
    await send('GET', `/api/admin/members?phone=${phone}&q=${password}`, { token: admin })
    // The same name twice, a database that refuses, and a name that is a value.
    const twice = { username: 'somebody', password, name: phone, role: 'support' }
    await send('POST', '/api/admin/admins', { token: admin, body: twice })
    await send('POST', '/api/member/addresses', { token: member, body: { name: phone, phone: `${phone}0` } })
  }
})

describe('a logger', () => {
  const logged = (fields: object): string => {
    const lines: string[] = []
    createLogger('debug', { write: (line) => void lines.push(line) }).error(fields as LogFields, 'test')
    return lines.join('')
  }
  const token = randomBytes(32).toString('base64url')

  test('lets only named fields through', () => {
    const text = logged({ token, headers: { authorization: token }, body: { a: token }, route: '/api' })
    expect(text).not.toContain(token)
    expect(JSON.parse(text)).toMatchObject({ route: '/api', msg: 'test' })
  })

  test.each([
    ['raw bytes', { rawPacket: Buffer.from(token), bytesParsed: 3 }],
    ['a request', { config: { headers: { authorization: token } }, request: { url: token } }],
    ['what it was given', { value: token, keyValue: { token }, command: { args: [token] } }],
    ['another error', { cause: Object.assign(new Error(`not ${token}`), { headers: token }) }],
    ['a name and code made of it', { name: token, code: token }],
  ])('writes no %s that an error carries', (_what, more) => {
    const text = logged({ err: Object.assign(new Error('broken off'), more) })
    expect(found(text, [token])).toEqual([])
    expect(text).toContain('broken off')
  })

  test.each([
    [
      `E11000 duplicate key error collection: jili.members index: phone_1 dup key: { phone: "13512349876" }`,
      '13512349876',
    ],
    [`Cast to Number failed for value "${token}" (type string) at path "points"`, token],
    [`Unexpected token 'x', "${token}" is not valid JSON`, token],
    [`connect ECONNREFUSED mongodb://jili:geheim@10.0.0.1:27017`, 'geheim'],
    [`no such key ${token}`, token],
    ['the code 483920 is wrong', '483920'],
    [`invalid "a\n    at ${token} (/x/y.js:1:1)`, token],
  ])('says %j without its values', (message, secret) => {
    const error = new Error(message)
    const text = logged({ err: error })
    expect(found(text, [secret])).toEqual([])
    expect(text).toContain('logs.test.ts')
  })

  test('still says what happened', () => {
    const error = Object.assign(
      new Error('E11000 duplicate key error collection: jili.members index: phone_1'),
      {
        name: 'MongoServerError',
        code: 11000,
      },
    )
    expect(JSON.parse(logged({ err: error })).err).toMatchObject({
      name: 'MongoServerError',
      code: 11000,
      message: 'E11000 duplicate key error collection: jili.members index: phone_1',
    })
  })
})

test('a secret is found however it is written', () => {
  const secret = randomBytes(32).toString('base64url')
  const bytes = Buffer.from(`Bearer ${secret}\r\nHost: x`)
  const written = [
    `{"token":"${secret}"}`,
    bytes.toString('base64'),
    bytes.subarray(1).toString('base64'),
    bytes.subarray(2).toString('base64url'),
    bytes.toString('hex'),
    JSON.stringify(bytes),
    JSON.stringify({ url: `/?token=${encodeURIComponent(secret)}` }),
  ]
  for (const text of written) expect(found(text, [secret])).toEqual([secret])
  expect(found(JSON.stringify({ requestId: randomUUID() }), [secret])).toEqual([])
})
