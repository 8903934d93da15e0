import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { type JsonSchema, toJsonSchema } from '#bff/http/openapi/schemas'
import { createHttpServer } from '#bff/http/server'
import { createLogger } from '#bff/platform/logging'
import { anyone, route } from '#bff/platform/route'
import type { Services } from '#bff/platform/services'
import type { Contract } from '#shared/contracts/contract'
import { allContracts } from '#shared/contracts/index'
import { advanceClock } from '#shared/contracts/test-clock'
import { createClient } from '#test/support/client'
import { findTaken } from '#test/support/find-taken'
import { placesOf, wrongBodies } from '#test/support/wrong-values'

// What proves that bodies are checked must fail when they are not: every operation stands here without its check.
const withBody = [...allContracts, advanceClock].filter(({ body }) => body)
const named = withBody.map((contract) => [contract.id, contract] as const)
const pathOf = ({ path }: Contract) => path.replace(/:\w+/g, 'unknown')

const server = createHttpServer({
  routes: withBody.map((contract) =>
    route(
      { ...contract, actor: 'public', params: undefined, idempotency: undefined, body: z.any(), status: 200 },
      anyone,
      async () => ({}),
    ),
  ),
  services: { rateLimits: { count: async () => undefined } } as unknown as Services,
  logger: createLogger('silent'),
  health: { isMongoReady: async () => true, isRedisReady: () => true, isStopping: () => false },
  h5Dir: undefined,
  picturesDir: undefined,
  trustedProxies: 0,
  checkResponses: false,
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve())))
afterAll(() => new Promise((resolve) => server.close(resolve)))

test.each(named)('the proof fails for every wrong body of %s', async (_id, contract) => {
  const send = createClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const taken = await findTaken(contract, (body) => send(contract.method, pathOf(contract), { body }))
  expect(taken.length).toBeGreaterThan(0)
  expect(taken).toEqual(wrongBodies(contract).map(({ what }) => what))
})

test.each(named)('the proof leaves out no field of %s', (_id, contract) => {
  const { $defs = {}, ...written } = toJsonSchema(contract.body as z.ZodType, 'input')
  const places = new Set(placesOf(contract).map(({ path }) => path.replace(/\.\d+/g, '')))
  expect([...fieldsIn(written, '', $defs)].filter((field) => !places.has(field))).toEqual([])
})

/** The fields of a body as the OpenAPI document has them, which is written without the walk of the proof. */
function* fieldsIn(schema: JsonSchema, path: string, models: Record<string, JsonSchema>): Generator<string> {
  const { $ref, properties = {}, items, prefixItems = [], anyOf = [], oneOf = [] } = schema
  if ($ref) yield* fieldsIn(models[$ref.slice('#/$defs/'.length)] ?? {}, path, models)
  for (const [name, field] of Object.entries(properties)) {
    const inner = path ? `${path}.${name}` : name
    yield inner
    // A plain union is refused as a whole, so its fields are not told apart.
    if (!field.anyOf || field.anyOf.some(({ type }) => type === 'null')) yield* fieldsIn(field, inner, models)
  }
  for (const part of [...prefixItems, ...anyOf, ...oneOf, ...(items ? [items] : [])])
    yield* fieldsIn(part, path, models)
}

const bodyOf = (body: z.ZodType): Contract => ({ ...advanceClock, body })
const whats = (shape: z.ZodType) =>
  wrongBodies(bodyOf(z.strictObject({ name: shape }))).map(({ what }) => what)

test.each<[string, z.ZodType, string]>([
  ['string', z.string().max(3), 'name: is too long'],
  ['string with a format', z.iso.date(), 'name: is no date'],
  ['number', z.number().max(3), 'name: is too large'],
  ['int', z.int(), 'name: is no whole number'],
  ['boolean', z.boolean(), 'name: is of type number'],
  ['enum', z.enum(['a', 'b']), 'name: is another value'],
  ['literal', z.literal([7, 30]), 'name: is another value'],
  ['null', z.null(), 'name: is of type string'],
  ['array', z.array(z.int()).max(2), 'name.0: is of type string'],
  ['tuple', z.tuple([z.int(), z.boolean()]), 'name.1: is of type string'],
  ['record', z.record(z.enum(['a']), z.int()), 'name.a: is of type string'],
  ['object', z.object({ nick: z.string() }), 'name: lacks nick'],
  ['strict object', z.strictObject({ nick: z.string() }), 'name: has a key too many'],
  ['union', z.union([z.int(), z.boolean()]), 'name: is of type string'],
  [
    'discriminated union',
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), n: z.int() }),
      z.object({ kind: z.literal('b') }),
    ]),
    'name.n: is no whole number',
  ],
  ['optional', z.int().optional(), 'name: is of type null'],
  ['nullable', z.int().nullable(), 'name: is of type string'],
  ['nested wrappers', z.int().nullable().optional().default(null).readonly(), 'name: is of type string'],
  ['nonoptional', z.int().optional().nonoptional(), 'name: is of type string'],
  ['prefault', z.int().prefault(1), 'name: is of type string'],
  ['pipe', z.string().transform(Number).pipe(z.int()), 'name: is of type number'],
  ['preprocess', z.preprocess((value) => value, z.int()), 'name: is of type string'],
  ['lazy', z.lazy(() => z.int()), 'name: is of type string'],
  ['refinement', z.int().refine((n) => n !== 0, '调整数不能是 0'), 'name: breaks "调整数不能是 0"'],
])('a wrong value is known for: %s', (_shape, schema, what) => {
  expect(whats(schema)).toContain(what)
})

test.each<[string, z.ZodType]>([
  ['any', z.any()],
  ['unknown', z.unknown()],
  ['intersection', z.intersection(z.object({}), z.object({}))],
  ['catch', z.string().catch('')],
  ['never', z.never()],
])('a shape that it cannot get wrong fails the proof by its name: %s', (shape, schema) => {
  expect(() => whats(schema)).toThrow(`name is a "${shape}"`)
})

test('a refinement that nothing is known to break fails the proof by its message', () => {
  expect(() => whats(z.int().refine((n) => n !== 13, '不能是 13'))).toThrow('what breaks "不能是 13"')
})

test('a check that it cannot break fails the proof by its name', () => {
  expect(() => whats(z.int().multipleOf(2))).toThrow('name has a check "multiple_of"')
})
