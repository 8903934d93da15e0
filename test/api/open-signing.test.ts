import { readFileSync } from 'node:fs'
import { OpenClientModel } from '#bff/features/open-clients/open-client.model'
import { tally } from '#test/support/crowd'
import {
  createOpenClient,
  type OpenCallOptions,
  type OpenCredentials,
  openHeaders,
  signOpenRequest,
} from '#test/support/open-client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const path = '/api/open/tracking-events'
const minuteMs = 60_000
const now = () => api.app.app.services.clock.now().getTime()
const nonce = () => crypto.randomUUID()
const tracking = (eventId = nonce()) => ({
  carrier: 'SF',
  trackingNumber: `SF${Math.random().toString().slice(2, 15)}`,
  events: [{ eventId, status: 'collected', description: '已揽收', occurredAt: '2026-01-01T00:00:00Z' }],
})
const call = (credentials: OpenCredentials, options: OpenCallOptions = {}, target = path) =>
  createOpenClient(api.app.baseUrl, credentials, now)('POST', target, { body: tracking(), ...options })

/** Sends what was signed, changed afterwards. */
async function sendTampered(
  credentials: OpenCredentials,
  change: { method?: string; target?: string; body?: string; headers?: Record<string, string> },
) {
  const body = JSON.stringify(tracking())
  const signed = { method: 'POST', target: `${path}?a=1`, body, timestamp: now(), nonce: nonce() }
  const sent = { ...signed, ...change }
  const headers = { ...openHeaders(credentials, signed), ...change.headers }
  return api.send(sent.method, sent.target, { body: sent.body, headers, key: null })
}

test('the example of the documentation has the signature it says', () => {
  const text = readFileSync('docs/open-api.md', 'utf8').split('## Example')[1] ?? ''
  const [secret = '', body = '', signed = '', signature = ''] = [
    ...text.matchAll(/```\w*\n([^`]*)\n```/g),
  ].map(([, block = '']) => block)
  const [method = '', target = '', timestamp = '', nonceLine = ''] = signed.split('\n')
  const request = { method, target, body, timestamp: Number(timestamp), nonce: nonceLine }
  expect(signature).toMatch(/^[0-9a-f]{64}$/)
  expect(signOpenRequest(secret, request)).toBe(signature)
})

describe('a signature', () => {
  let credentials: OpenCredentials
  beforeAll(async () => {
    credentials = await api.make.openClient()
  })

  test('that is right lets the request in', async () => {
    expect(success(await call(credentials))).toEqual({ added: 1, repeated: 0 })
    success(await call(credentials, {}, `${path}?a=%E4%B8%AD&b=1`))
    success(await sendTampered(credentials, {}))
  })

  test('with another secret is refused, as is one of a client that does not exist', async () => {
    refusal(await call({ ...credentials, secret: 'wrong' }), 401, 'open.signature_invalid')
    const other = await api.make.openClient()
    refusal(await call({ ...credentials, secret: other.secret }), 401, 'open.signature_invalid')
    refusal(await call({ ...credentials, clientId: '0'.repeat(32) }), 401, 'open.signature_invalid')
  })

  test.each([
    ['body', { body: JSON.stringify(tracking()) }],
    ['body’s spelling', { body: ` ${JSON.stringify(tracking())}` }],
    ['query', { target: `${path}?a=2` }],
    ['query left out', { target: path }],
    ['path', { target: `${path}/?a=1` }],
    ['timestamp', { headers: { 'X-Jili-Timestamp': String(Date.now() + 1) } }],
    ['nonce', { headers: { 'X-Jili-Nonce': 'another-nonce-of-mine' } }],
    ['content type, which leaves the body unread', { headers: { 'content-type': 'text/plain' } }],
  ])('does not fit another %s', async (_what, change) => {
    refusal(await sendTampered(credentials, change), 401, 'open.signature_invalid')
  })

  test.each([
    ['X-Jili-Client', ''],
    ['X-Jili-Client', '{"$ne":""}'],
    ['X-Jili-Timestamp', ''],
    ['X-Jili-Timestamp', '1e12'],
    ['X-Jili-Timestamp', '1767608400'],
    ['X-Jili-Nonce', 'short'],
    ['X-Jili-Nonce', 'x'.repeat(65)],
    ['X-Jili-Signature', ''],
    ['X-Jili-Signature', 'A'.repeat(64)],
  ])('is refused with the header %s: %j, which is named', async (header, value) => {
    const { details } = refusal(
      await sendTampered(credentials, { headers: { [header]: value } }),
      401,
      'open.signature_invalid',
    )
    expect(details).toEqual({ header })
  })

  test('is needed: a bearer token does not do, nor does a signature where a token is asked', async () => {
    const token = await api.make.adminToken()
    refusal(await api.send('POST', path, { token, body: tracking() }), 401, 'open.signature_invalid')
    const open = createOpenClient(api.app.baseUrl, credentials, now)
    refusal(await open('GET', '/api/admin/carriers'), 401, 'auth.unauthenticated')
  })

  test('of a body that is malformed is refused as such', async () => {
    refusal(await call(credentials, { body: '{"carrier":' }), 400, 'request.invalid')
    refusal(await call(credentials, { body: { carrier: 'SF' } }), 400, 'request.invalid')
    refusal(
      await call(credentials, { body: { ...tracking(), padding: 'x'.repeat(300_000) } }),
      413,
      'request.too_large',
    )
  })
})

describe('the timestamp', () => {
  test('may be up to 5 minutes off, either way', async () => {
    const credentials = await api.make.openClient()
    for (const offMs of [4.9 * minuteMs, -4.9 * minuteMs])
      success(await call(credentials, { timestamp: Math.round(now() + offMs) }))
    for (const offMs of [5.1 * minuteMs, -5.1 * minuteMs]) {
      const answer = await call(credentials, { timestamp: Math.round(now() + offMs) })
      const { details } = refusal(answer, 401, 'open.timestamp_expired')
      expect(Math.abs(Date.parse(details.serverTime) - now())).toBeLessThan(minuteMs)
    }
  })
})

describe('a nonce', () => {
  test('works once per client', async () => {
    const [one, other] = [await api.make.openClient(), await api.make.openClient()]
    const used = nonce()
    success(await call(one, { nonce: used }))
    refusal(await call(one, { nonce: used }), 409, 'open.nonce_reused')
    success(await call(other, { nonce: used }))
  })

  test('that comes 20 times at once is accepted once', async () => {
    const credentials = await api.make.openClient()
    const used = nonce()
    const options = { nonce: used, timestamp: now(), body: tracking() }
    const answers = await Promise.all(Array.from({ length: 20 }, () => call(credentials, options)))
    expect(tally(answers)).toEqual({ '200': 1, 'open.nonce_reused': 19 })
  })

  test('is not used up by who cannot sign', async () => {
    const credentials = await api.make.openClient()
    const used = nonce()
    refusal(await call({ ...credentials, secret: 'guess' }, { nonce: used }), 401, 'open.signature_invalid')
    refusal(
      await call(credentials, { nonce: used, timestamp: now() - 10 * minuteMs }),
      401,
      'open.timestamp_expired',
    )
    success(await call(credentials, { nonce: used }))
  })
})

describe('a client', () => {
  const asOwner = (method: string, clientId: string, verb: string, body?: object) =>
    api.make.admin(method, `/api/admin/open-clients/${clientId}${verb}`, body)

  test('that is disabled is told so, and works again when it is enabled', async () => {
    const credentials = await api.make.openClient()
    await asOwner('PATCH', credentials.clientId, '', { isDisabled: true })
    refusal(await call(credentials), 403, 'open.client_disabled')
    refusal(await call({ ...credentials, secret: 'guess' }), 401, 'open.signature_invalid')
    await asOwner('PATCH', credentials.clientId, '', { isDisabled: false })
    success(await call(credentials))
  })

  test('without the scope is refused, though it signed well', async () => {
    const credentials = await api.make.openClient()
    await OpenClientModel.updateOne({ _id: credentials.clientId }, { $set: { scopes: [] } })
    refusal(await call(credentials), 403, 'auth.forbidden')
  })

  test('has an old secret beside the new one as long as was said', async () => {
    const old = await api.make.openClient()
    const { secret, client } = await asOwner('POST', old.clientId, '/rotate-secret', { overlapHours: 2 })
    expect(client.secrets).toHaveLength(2)
    success(await call(old))
    success(await call({ ...old, secret }))
    await api.advance(2 * 60 * minuteMs + 1)
    refusal(await call(old), 401, 'open.signature_invalid')
    success(await call({ ...old, secret }))
  })

  test('loses old secrets when they are revoked, at a third one, or without overlap', async () => {
    const first = await api.make.openClient()
    const rotate = async (overlapHours?: number) =>
      (await asOwner('POST', first.clientId, '/rotate-secret', { overlapHours })).secret as string
    const second = { ...first, secret: await rotate() }
    const third = { ...first, secret: await rotate() }
    refusal(await call(first), 401, 'open.signature_invalid')
    success(await call(second))
    const { client } = await asOwner('POST', first.clientId, '/revoke-old-secret')
    expect(client.secrets).toMatchObject([{ validUntil: null }])
    refusal(await call(second), 401, 'open.signature_invalid')
    success(await call(third))
    const fourth = { ...first, secret: await rotate(0) }
    refusal(await call(third), 401, 'open.signature_invalid')
    success(await call(fourth))
  })

  test('rotated five times at once has one newest secret and works with it', async () => {
    const client = await api.make.openClient()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        asOwner('POST', client.clientId, '/rotate-secret', { overlapHours: 1 }),
      ),
    )
    const results = await Promise.all(answers.map(({ secret }) => call({ ...client, secret })))
    expect(tally(results)).toEqual({ '200': 2, 'open.signature_invalid': 3 })
  })

  test('is listed without secrets, which no log entry has either', async () => {
    const credentials = await api.make.openClient({ name: '一家快递' })
    const { secret } = await asOwner('POST', credentials.clientId, '/rotate-secret', {})
    const listed = await api.make.admin('GET', '/api/admin/open-clients')
    expect(listed.items.find(({ id }: { id: string }) => id === credentials.clientId)).toMatchObject({
      name: '一家快递',
      kind: 'courier',
      scopes: ['tracking'],
      isDisabled: false,
    })
    const audit = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${credentials.clientId}`)
    expect(audit.items.map(({ operation }: { operation: string }) => operation)).toEqual([
      'admin.open-clients.rotate-secret',
      'admin.open-clients.create',
    ])
    for (const hidden of [secret, credentials.secret, 'sealed'])
      expect(JSON.stringify([listed, audit])).not.toContain(hidden)
  })

  test('has a name of its own and scopes that exist', async () => {
    const token = await api.make.adminToken()
    const create = (body: object) => api.send('POST', '/api/admin/open-clients', { token, body })
    const input = { name: '同名快递', kind: 'courier', scopes: ['tracking'] }
    success(await create(input), 201)
    refusal(await create(input), 409, 'resource.conflict')
    for (const wrong of [
      { scopes: [] },
      { scopes: ['everything'] },
      { scopes: ['tracking', 'tracking'] },
      { kind: 'bank' },
    ])
      refusal(await create({ ...input, name: '另一家', ...wrong }), 400, 'request.invalid')
  })
})
