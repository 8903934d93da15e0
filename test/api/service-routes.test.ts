import { allContracts } from '#shared/contracts/index'
import { startApi, success } from './setting'

const api = startApi()
const get = (path: string, headers?: Record<string, string>) => api.send('GET', path, { headers })

test('/healthz is alive, /readyz names its services', async () => {
  expect(success(await get('/healthz'))).toEqual({ status: 'alive' })
  expect(success(await get('/readyz'))).toEqual({ status: 'ready', mongodb: true, redis: true })
})

test('/metrics times requests by route, never by path, and counts retries', async () => {
  const { id } = await api.make.gift()
  success(await get(`/api/member/gifts/${id}`))
  const { body, headers } = await get('/metrics')
  expect(headers.get('content-type')).toMatch(/^text\/plain/)
  expect(body).toMatch(
    /jili_http_request_seconds_count\{method="GET",route="\/api\/member\/gifts\/:id",status="200"\} \d+/,
  )
  expect(body).toMatch(/^jili_transaction_retries_total \d+$/m)
  expect(body).toMatch(/^process_cpu_seconds_total /m)
  expect(body).not.toContain(id)
})

describe('/openapi.json', () => {
  test('is OpenAPI 3.1 and has every operation with its id, parameters and statuses', async () => {
    const document = success(await get('/openapi.json'))
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) })
    for (const contract of allContracts) {
      const path = contract.path.replace(/:(\w+)/g, '{$1}')
      const operation = document.paths[path]?.[contract.method.toLowerCase()]
      expect({ path, operationId: operation?.operationId }).toEqual({ path, operationId: contract.id })
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining([String(contract.status), '400']),
      )
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const parameters: { in: string; name: string; required: boolean }[] = operation.parameters ?? []
      expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(
        inPath,
      )
      const signed = ['X-Jili-Client', 'X-Jili-Timestamp', 'X-Jili-Nonce', 'X-Jili-Signature']
      const schemes = contract.actor === 'open' ? signed : ['bearer']
      const asksNothing = contract.actor === 'public' || contract.actor === 'wechat'
      const asked = contract.actor === 'member-optional' ? [schemes, []] : [schemes]
      expect(operation.security.map(Object.keys)).toEqual(asksNothing ? [] : asked)
      expect(Object.keys(document.components.securitySchemes)).toEqual(expect.arrayContaining(schemes))
      const key = parameters.find(({ name }) => name === 'Idempotency-Key')
      expect(key?.required === true).toBe(contract.idempotency === 'required')
    }
  })

  test('refers only to what it holds, and names no operation twice', async () => {
    const document = success(await get('/openapi.json'))
    const text = JSON.stringify(document)
    for (const [, reference = ''] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = reference
        .split('/')
        .reduce<unknown>((node, name) => (node as Record<string, unknown> | undefined)?.[name], document)
      expect({ reference, isThere: found !== undefined }).toEqual({ reference, isThere: true })
    }
    const ids = [...text.matchAll(/"operationId":"([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids).toHaveLength(allContracts.length)
  })
})

describe('/docs', () => {
  test('loads everything it names from here', async () => {
    const page = await get('/docs')
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    const assets = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
    expect(assets).toHaveLength(4)
    for (const path of assets) {
      expect(path.startsWith('/docs/')).toBe(true)
      const asset = await get(path)
      expect({ path, status: asset.status }).toEqual({ path, status: 200 })
      const type = { css: /css/, js: /javascript/, png: /^image\/png/ }[path.split('.').at(-1) ?? '']
      expect(asset.headers.get('content-type')).toMatch(type ?? /of a kind the page does not load/)
      expect(String(asset.body).length).toBeGreaterThan(50)
    }
  })

  test('serves nothing else of its package', async () => {
    for (const path of [
      '/docs/package.json',
      '/docs/../package.json',
      '/docs/%2e%2e/package.json',
      '/docs/index.html',
    ])
      expect((await get(path)).status).toBe(404)
  })
})

test('every answer has a request id; a sane one of the client is kept', async () => {
  const given = 'phone-1234-abcd'
  const kept = await get('/api/member/me', { 'x-request-id': given })
  expect([kept.headers.get('x-request-id'), kept.body.error.requestId]).toEqual([given, given])
  const replaced = await get('/api/member/me', { 'x-request-id': 'x y<script>' })
  expect(replaced.body.error.requestId).toMatch(/^[0-9a-f]{32}$/)
})

test('answers carry the headers that keep browsers careful', async () => {
  const { headers } = await get('/api/member/gift-categories')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(headers.get('x-powered-by')).toBeNull()
})
