import { request } from 'node:http'
import { requestExample } from '#bff/http/openapi'
import type { Contract } from '#shared/contracts/contract'
import { allContracts } from '#shared/contracts/index'
import { advanceClock } from '#shared/contracts/test-clock'
import { openScopes } from '#shared/domain/enums'
import { errorMessages } from '#shared/domain/error-codes'
import type { Answer, Json } from '#test/support/client'
import { inParallel } from '#test/support/crowd'
import { findTaken } from '#test/support/find-taken'
import { createOpenClient, type OpenCall } from '#test/support/open-client'
import { placesOf } from '#test/support/wrong-values'
import { refusal, startApi } from './setting'

const api = startApi()
const tokens: Record<string, string> = {}
let callOpen: OpenCall
beforeAll(async () => {
  tokens.member = (await api.make.member()).token
  tokens.staff = (await api.make.staff()).token
  tokens.admin = await api.make.adminToken()
  callOpen = createOpenClient(api.app.baseUrl, await api.make.openClient({ scopes: [...openScopes] }))
})

const needsToken = ({ actor }: Contract) => actor === 'member' || actor === 'staff' || actor === 'admin'
const tokenFor = ({ actor }: Contract): string | undefined =>
  tokens[actor === 'member-optional' ? 'member' : actor]
const unknownPath = ({ path }: Contract) => path.replace(/:\w+/g, 'unknown')
const named = (contracts: readonly Contract[]) =>
  contracts.map((contract) => [contract.id, contract] as const)
const isSignOut = ({ method, path }: Contract) => method === 'DELETE' && path.endsWith('/session')

/** Proves that an answer, if it is a refusal, is one of ours: typed, in Chinese, without a trace of our insides. */
function expectDocumented(answer: Answer<Json>, what: string): void {
  expect({ what, isServerError: answer.status >= 500 }).toEqual({ what, isServerError: false })
  if (answer.status < 400) return
  const { error } = answer.body
  expect({ what, isKnown: error.code in errorMessages }).toEqual({ what, isKnown: true })
  refusal(answer, answer.status, error.code)
  expect(JSON.stringify(answer.body)).not.toMatch(/\.(ts|js):\d+|node_modules|Error:/)
}

const contracts: readonly Contract[] = [...allContracts, advanceClock]
const withBody = contracts.filter(({ body }) => body)
const call = (contract: Contract, body: unknown, headers?: Record<string, string>) =>
  contract.actor === 'open'
    ? callOpen(contract.method, unknownPath(contract), { body, ...(headers ? { headers } : {}) })
    : api.send(contract.method, unknownPath(contract), { token: tokenFor(contract), body, headers })
const send = (contract: Contract, body: unknown) => call(contract, body)

describe('tokens', () => {
  test.each(named(contracts.filter(needsToken)))(
    '%s answers 401 without one and with a dead one',
    async (_id, contract) => {
      const call = (token?: string) =>
        api.send(contract.method, unknownPath(contract), { token, body: undefined })
      refusal(await call(), 401, 'auth.unauthenticated')
      refusal(await call('x'.repeat(43)), 401, 'auth.unauthenticated')
    },
  )

  test.each(named(contracts.filter(needsToken)))(
    '%s answers 403 to those of another kind',
    async (_id, contract) => {
      for (const kind of ['member', 'staff', 'admin'].filter((candidate) => candidate !== contract.actor))
        refusal(
          await api.send(contract.method, unknownPath(contract), { token: tokens[kind] }),
          403,
          'auth.forbidden',
        )
    },
  )
})

describe('what does not exist', () => {
  test.each(named(contracts.filter(({ path }) => path.includes(':id'))))(
    '%s answers 404 for an unknown id',
    async (_id, contract) => {
      const ids = ['unknown', 'x'.repeat(65), '%00', '__proto__']
      for (const id of ids) {
        const path = contract.path.replace(':id', id)
        const sent = contract.csvMaxBytes
          ? { body: 'code\nA1\n', headers: { 'content-type': 'text/csv' } }
          : { body: requestExample(contract) }
        const answer = await api.send(contract.method, path, { token: tokenFor(contract), ...sent })
        refusal(answer, 404, 'resource.not_found')
      }
    },
  )

  test.each([
    '/api',
    '/api/member',
    '/api/member/nothing',
    '/nothing',
    '/api/admin/gifts/1/2/3',
    '//',
    '/..%2f..%2fetc%2fpasswd',
  ])('%s is not found', async (path) => {
    expectDocumented(await api.send('GET', path), path)
  })

  test('another method on a known path is not found', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      refusal(await api.send(method, '/api/member/gifts'), 404, 'resource.not_found')
  })

  test.each(['%', '%E0%A4%A', '%zz', '%C0%AE', '%u0041'])(
    'the malformed path part %s is refused, not failed',
    async (part) => {
      for (const path of [`/api/member/gifts/${part}`, `/docs/${part}`, `/${part}`]) {
        const answer = await sendRaw('GET', path)
        expect([400, 404]).toContain(answer.status)
        expectDocumented(answer, path)
      }
    },
  )
})

/** Past what `fetch` would mend before it sends. */
function sendRaw(method: string, path: string): Promise<Answer<Json>> {
  const { hostname, port } = new URL(api.app.baseUrl)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const body: Json = JSON.parse(Buffer.concat(chunks).toString())
        resolve({ status: response.statusCode ?? 0, body, headers: new Headers() })
      })
    })
    sent.on('error', reject).end()
  })
}

describe('bodies', () => {
  test.each(named(withBody))('%s refuses what is no object of its fields', async (_id, contract) => {
    const takesNothing = contract.body?.safeParse({}).success === true
    for (const body of ['{', '{"a":', 'null', '[]', '[{}]', '"text"', '1', 'true', '', '{}{}', '\u0000']) {
      const answer = await call(contract, body, { 'content-type': 'application/json' })
      const isTaken = body === '' && takesNothing
      expectDocumented(answer, body)
      if (!isTaken) expect({ body, status: answer.status }).toEqual({ body, status: 400 })
    }
  })

  test.each(named(withBody))('%s refuses each thing that can be wrong in its body', async (_id, contract) => {
    expect(await findTaken(contract, (body) => send(contract, body))).toEqual([])
  })

  test.each(named(withBody))('%s refuses 1 MB', async (_id, contract) => {
    const padded = { ...(requestExample(contract) as object), padding: 'x'.repeat(1_048_576) }
    refusal(await send(contract, padded), 413, 'request.too_large')
  })

  test.each(named(withBody))('%s survives hostile texts in every field', async (_id, contract) => {
    const hostile = ['\u0000', '\ud800', '\u202e倒', 'x'.repeat(20_000), '__proto__']
    const cases = placesOf(contract).flatMap(({ path, put }) =>
      hostile.map((text) => ({
        what: `${path} ${text.slice(0, 20)}`,
        body: path === '' ? { [text]: text } : put(text),
      })),
    )
    await inParallel(cases, 4, async ({ what, body }) => expectDocumented(await send(contract, body), what))
  })

  // What is valid beside a prototype is done, and closing the account would end the session of the tests that follow.
  const harmless = withBody.filter(({ id }) => id !== 'member.close')
  test.each(named(harmless))('%s lets no prototype in', async (_id, contract) => {
    const json = JSON.stringify(requestExample(contract))
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const separator = json === '{}' ? '' : ','
      const body = `{"${key}":{"role":"owner","isAdmin":true}${separator}${json.slice(1)}`
      expectDocumented(await send(contract, body), key)
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  test('a body of another type than JSON is no body', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=gbk-9',
    ]) {
      const answer = await api.send('POST', '/api/member/session', {
        body: 'code=demo-1',
        headers: { 'content-type': type },
      })
      expectDocumented(answer, type)
      expect([400, 413]).toContain(answer.status)
    }
  })
})

describe('queries', () => {
  const withQuery = contracts.filter(({ query }) => query)
  const paged = withQuery.filter(({ query }) => query && 'cursor' in query.shape)
  const get = (contract: Contract, query: string) =>
    api.send('GET', `${unknownPath(contract)}?${query}`, { token: tokenFor(contract) })
  const cursor = (json: string) => Buffer.from(json).toString('base64url')

  test.each(named(paged))('%s refuses cursors and page sizes that are none', async (_id, contract) => {
    const wrong = [
      'garbage',
      '%00',
      'x'.repeat(201),
      'x'.repeat(8_000),
      cursor('[]'),
      cursor('null'),
      cursor('{}'),
      cursor('[{"$gt":""}]'),
    ]
    for (const text of wrong.map((value) => `cursor=${value}`).concat('cursor=a&cursor=b'))
      refusal(await get(contract, text), 400, 'request.invalid')
    for (const limit of ['0', '-1', '101', '1e9', '1.5', 'NaN', 'all', ''])
      refusal(await get(contract, `limit=${limit}`), 400, 'request.invalid')
  })

  test.each(named(paged))('%s survives cursors that look like its own', async (_id, contract) => {
    const keys = [
      '["x"]',
      '[1]',
      '[-1]',
      '[1e308]',
      '[1e999]',
      '["\\u0000"]',
      '[1,"x"]',
      '["x","x"]',
      '["9999-99-99","x"]',
      '[1e308,"\\u0000"]',
    ]
    for (const key of keys) expectDocumented(await get(contract, `cursor=${cursor(key)}`), key)
  })

  test.each(named(withQuery))('%s survives hostile texts in every parameter', async (_id, contract) => {
    const hostile = ['%00', 'a%00b', '%F0%9F%8E%81', '(((', '%5C', '__proto__', '%E0%A4%A']
    const cases = Object.keys(contract.query?.shape ?? {}).flatMap((name) =>
      hostile.map((text) => `${name}=${text}`),
    )
    for (const query of [...cases, '__proto__=1', 'constructor=1', '&&&', '=', 'a[b]=c'])
      expectDocumented(await get(contract, query), query)
  })
})

test('operations without a body take any, and none', async () => {
  const bodiless = contracts.filter(
    (contract) => contract.method === 'POST' && !contract.body && !isSignOut(contract),
  )
  for (const contract of bodiless)
    for (const body of [undefined, '{}', '[]', '{"a":1}'])
      expectDocumented(await send(contract, body), contract.id)
})
