import { readdirSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { checkAnswers, undocumentedAnswers } from '#bff/http/check-answers'
import { createOpenApi } from '#bff/http/openapi'
import { exampleOf } from '#bff/http/openapi/examples'
import { refusalsOf } from '#bff/http/refusals'
import { type Contract, defineContract } from '#shared/contracts/contract'
import { allContracts } from '#shared/contracts/index'
import { placesOf } from '#test/support/wrong-values'
import { lintOpenApi, type OpenApiDocument } from '../../../scripts/lint-openapi'

const mockUsed = new Set<string>()
jest.mock('#bff/http/openapi/example-values/index', () => {
  const { exampleValues } = jest.requireActual('#bff/http/openapi/example-values/index')
  return {
    exampleValues: new Proxy(exampleValues, {
      get: (values, name: string) => {
        if (values[name] !== undefined) mockUsed.add(name)
        return values[name]
      },
    }),
  }
})

// biome-ignore lint/suspicious/noExplicitAny: a test states the parts of the document it needs and fails without them
type Any = any
const document: Any = createOpenApi()
const operations = new Map<string, Any>(
  Object.values<Any>(document.paths)
    .flatMap((path) => Object.values<Any>(path))
    .map((operation) => [operation.operationId, operation]),
)
const operationOf = ({ id }: Contract): Any => operations.get(id)
const named = (contracts: readonly Contract[]) =>
  contracts.map((contract) => [contract.id, contract] as const)
const copy = (): OpenApiDocument & Any => JSON.parse(JSON.stringify(document))

const sample = (response: z.ZodType): Contract =>
  defineContract({
    id: 'sample.read',
    method: 'GET',
    path: '/api/member/sample',
    actor: 'member',
    summary: '样例',
    status: 200,
    response,
  })

test('every contract of the product is in the document, and nothing of the tests and the demo', async () => {
  const notPublished = ['demo', 'test-clock']
  const files = readdirSync('shared/contracts').map((file) => basename(file, '.ts'))
  const modules = await Promise.all(
    files
      .filter((file) => ![...notPublished, 'index'].includes(file))
      .map((file) => import(`#shared/contracts/${file}`)),
  )
  const ids = modules
    .flatMap((module) => Object.values<Any>(module))
    .filter((value) => value && typeof value === 'object' && 'method' in value && 'response' in value)
    .map(({ id }) => id)
  expect([...operations.keys()].sort()).toEqual([...new Set(ids)].sort())
})

describe('the linter', () => {
  test('finds nothing in the document', async () => {
    expect(await lintOpenApi(document)).toEqual([])
  })

  test('finds an example that its schema refuses', async () => {
    const wrong = copy()
    wrong.paths['/api/member/orders'].post.requestBody.content['application/json'].example.items = []
    expect(await lintOpenApi(wrong)).toEqual([expect.stringContaining('no-invalid-media-type-examples')])
  })

  test('finds an operation that a client cannot call', async () => {
    const wrong = copy()
    delete wrong.paths['/api/member/orders/{id}'].get.parameters
    expect(await lintOpenApi(wrong)).toEqual([expect.stringContaining('path-parameters-defined')])
  })

  test('asks for the name of a new model, alone or in a list', async () => {
    const thing = z.object({ id: z.string(), name: z.string(), reason: z.string() })
    for (const response of [
      z.object({ thing }),
      z.object({ thing: thing.nullable() }),
      z.object({ thing: z.array(thing) }),
    ]) {
      const faults = await lintOpenApi(createOpenApi([sample(response)]))
      expect(faults.filter((fault) => fault.includes('models.ts'))).toEqual([
        expect.stringContaining('"thing" in the answer of sample.read has no name'),
      ])
    }
  })
})

describe('examples', () => {
  const json = allContracts.filter(({ status, produces }) => status !== 204 && !produces)
  test.each(named(allContracts.filter(({ body }) => body)))(
    '%s takes the body of its example',
    (_id, contract) => {
      const { example } = operationOf(contract).requestBody.content['application/json']
      expect(contract.body?.safeParse(example).error).toBeUndefined()
    },
  )

  test.each(named(json))('%s may answer what its example says', (id, { response, status }) => {
    const { example } = operations.get(id).responses[status].content['application/json']
    expect(response.safeParse(example).error).toBeUndefined()
  })

  test('a new text without one stops the document, and says where to write it', () => {
    const contract = sample(z.object({ flavour: z.string() }))
    expect(() => createOpenApi([contract])).toThrow(
      'say in bff/http/openapi/example-values/ what "sample.read.flavour" looks like',
    )
  })

  test('no value is left over from a field that is gone', () => {
    // The other forms of a union are in no document, but in the bodies that tests make.
    for (const contract of allContracts) placesOf(contract)
    const { exampleValues } = jest.requireActual('#bff/http/openapi/example-values/index')
    expect(Object.keys(exampleValues).filter((name) => !mockUsed.has(name))).toEqual([])
  })

  test('every kind of schema has one', () => {
    const kinds = z.object({
      name: z.string().nullable(),
      count: z.int().min(3),
      rate: z.number().max(0.5),
      isOn: z.boolean(),
      at: z.iso.datetime(),
      on: z.iso.date(),
      one: z.literal('a'),
      some: z.enum(['x', 'y']),
      pair: z.tuple([z.int(), z.boolean()]),
      sums: z.record(z.enum(['a', 'b']), z.int()),
      either: z.union([z.int(), z.string()]),
      list: z.array(z.object({ giftId: z.string() })).min(2),
      anything: z.unknown(),
      none: z.null(),
      giftIds: z.array(z.string()),
    })
    const example = exampleOf(kinds, 'output', ['sample'])
    expect(kinds.safeParse(example).error).toBeUndefined()
    expect(example).toMatchObject({ count: 3, sums: { a: 1, b: 1 }, list: [{}, {}] })
  })
})

describe('the document says what the server does', () => {
  test('values of a literal with several are an enum', () => {
    expect(document.components.schemas.CheckInProgress.properties.days).toMatchObject({
      enum: [7, 30],
      type: 'integer',
    })
  })

  test.each(named(allContracts.filter(({ actor }) => actor === 'member-optional')))(
    '%s needs no token',
    (_id, contract) => {
      expect(operationOf(contract).security).toEqual([{ bearer: [] }, {}])
    },
  )

  test.each(named(allContracts))('%s lists its refusals as data, and when to try again', (_id, contract) => {
    const refused = Object.entries<Any>(operationOf(contract).responses).filter(
      ([status]) => Number(status) >= 400,
    )
    const listed = refused.flatMap(([, response]) => response['x-error-codes'])
    expect(listed.sort()).toEqual([...refusalsOf(contract)].sort())
    for (const [status, { headers, description, 'x-error-codes': codes, content }] of refused) {
      const isWorthRetrying = ['429', '503'].includes(status) || codes.includes('idempotency.in_progress')
      expect({ status, header: Boolean(headers?.['Retry-After']) }).toEqual({
        status,
        header: isWorthRetrying,
      })
      expect(description).toBe(codes.join('、'))
      expect(Object.keys(content['application/json'].examples)).toEqual(codes)
    }
  })

  test('a model that a default makes different has one name a direction', () => {
    const { EarningConditions, EarningConditionsInput } = document.components.schemas
    expect(EarningConditionsInput.required).toBeUndefined()
    expect(EarningConditions.required).toContain('weekdays')
  })
})

describe('an answer that the document does not know', () => {
  const contract = sample(z.null())
  const answer = async (ctx: { status: number; body: unknown; 'Retry-After'?: string }): Promise<Any> => {
    const router: Any = { match: () => ({ pathAndMethod: [{ name: contract.id }] }) }
    const seen: Any = { state: {}, response: { get: () => ctx['Retry-After'] ?? '' }, ...ctx }
    await checkAnswers(router, [contract])(seen, async () => undefined)
    return { status: seen.status, slips: undocumentedAnswers.splice(0) }
  }
  const error = (code: string) => ({ error: { code } })

  test('passes when it is listed', async () => {
    expect(await answer({ status: 200, body: null })).toEqual({ status: 200, slips: [] })
    expect(await answer({ status: 401, body: error('auth.unauthenticated') })).toEqual({
      status: 401,
      slips: [],
    })
    const busy = { status: 503, body: error('service.busy'), 'Retry-After': '1' }
    expect(await answer(busy)).toEqual({ status: 503, slips: [] })
  })

  test.each([
    ['another success', { status: 201, body: null }, 'answers 201'],
    ['another code', { status: 409, body: error('gift.sold_out') }, '409 gift.sold_out: add the code'],
    ['no code', { status: 400, body: 'Bad Request' }, 'without a code'],
    ['no time to wait', { status: 503, body: error('service.busy') }, 'without Retry-After'],
  ])('is a failure with %s', async (_what, given, slip) => {
    expect(await answer(given)).toEqual({ status: 500, slips: [expect.stringContaining(slip)] })
  })
})
