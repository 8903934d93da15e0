import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { createHttpServer } from '#bff/http/server'
import { createLogger } from '#bff/platform/logging'
import { anyone, type Route, route } from '#bff/platform/route'
import type { Services } from '#bff/platform/services'
import { defineContract } from '#shared/contracts/contract'
import { sendBytes } from '#test/support/raw-http'

const common = {
  method: 'POST',
  actor: 'public',
  summary: '测试',
  status: 200,
  response: z.number(),
} as const
const routes: Route[] = [
  route(
    defineContract({ ...common, id: 'test.json', path: '/json', body: z.object({ a: z.number() }) }),
    anyone,
    async ({ body }) => body.a,
  ),
  route(
    defineContract({ ...common, id: 'test.csv', path: '/csv', csvMaxBytes: 1_000 }),
    anyone,
    async ({ csv }) => csv.length,
  ),
  route(
    defineContract({ ...common, id: 'test.image', path: '/image', consumes: 'image' }),
    anyone,
    async ({ upload }) => upload.length,
  ),
  route(
    defineContract({ ...common, id: 'test.xml', path: '/xml', consumes: 'xml' }),
    anyone,
    async ({ upload }) => upload.length,
  ),
]
// Of all services these routes reach the rate limits alone.
const services = { rateLimits: { count: async () => undefined } } as unknown as Services

let baseUrl: string
const server = createHttpServer({
  routes,
  services,
  logger: createLogger('silent'),
  health: { isMongoReady: async () => true, isRedisReady: () => true, isStopping: () => false },
  h5Dir: undefined,
  picturesDir: undefined,
  trustedProxies: 0,
  checkResponses: true,
  requestTimeoutMs: 200,
})
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

const kinds = [
  ['json', 'application/json', '{"a":'],
  ['csv', 'text/csv', 'code\n'],
  ['image', 'image/png', 'abc'],
  [
    'image',
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n',
  ],
  ['xml', 'text/xml', '<xml>'],
] as const

// Each fails after 30 s if the server waits on.
test.each(kinds)('a body for /%s as %s that stalls is answered 408 and cut', async (path, type, part) => {
  const head = [`POST /${path} HTTP/1.1`, 'Host: x', `Content-Type: ${type}`]
  const sized = await sendBytes(baseUrl, { head: [...head, 'Content-Length: 500'], body: Buffer.from(part) })
  expect(sized.status).toBe(408)
  const chunk = Buffer.from(`${part.length.toString(16)}\r\n${part}\r\n`)
  const chunked = await sendBytes(baseUrl, { head: [...head, 'Transfer-Encoding: chunked'], body: chunk })
  expect(chunked.status).toBe(408)
})

test('a body in time is taken', async () => {
  const answer = await fetch(`${baseUrl}/json`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"a":7}',
  })
  expect(await answer.json()).toBe(7)
})

test('a connection that cannot be accepted ends nothing', () => {
  expect(() =>
    server.emit('error', Object.assign(new Error('too many files'), { code: 'EMFILE' })),
  ).not.toThrow()
})
