import { z } from 'zod'
import { pictureUrl } from '#shared/contracts/contract'
import { allContracts } from '#shared/contracts/index'

interface Shape {
  type?: string
  const?: unknown
  enum?: unknown[]
  format?: string
  pattern?: string
  maxLength?: number
  minimum?: number
  maximum?: number
  maxItems?: number
  items?: Shape
  prefixItems?: Shape[]
  properties?: Record<string, Shape>
  propertyNames?: Shape
  additionalProperties?: Shape | boolean
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
  $ref?: string
  $defs?: Record<string, Shape>
}

/** Whether what a pattern matches has an end: it is anchored, and repeats nothing without one. */
const hasEnd = (pattern: string): boolean => {
  const bare = pattern.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x')
  return /^\^.*\$$/.test(bare) && !/[*+]|\{\d+,\}/.test(bare)
}

const isNumber = ({ type }: Shape) => type === 'integer' || type === 'number'
const isWithin = (bound: number | undefined) =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER

/** Where a shape takes something of any length or size; nothing when all of it has limits. */
function unboundedIn(shape: Shape, path: string, root: Shape = shape): string[] {
  const inner = (part: Shape, name: string) => unboundedIn(part, `${path}${name}`, root)
  const { $ref, anyOf, oneOf, allOf, items, prefixItems, properties = {} } = shape
  if ($ref) return inner(root.$defs?.[$ref.split('/').at(-1) ?? ''] ?? {}, '')
  const choices = anyOf ?? oneOf
  if (choices) return choices.flatMap((choice) => inner(choice, ''))
  // All parts hold at once: a limit in one of them is enough.
  if (allOf) return allOf.some((part) => inner(part, '').length === 0) ? [] : [path]
  if (shape.enum || 'const' in shape || shape.type === 'boolean' || shape.type === 'null') return []
  if (isNumber(shape)) return isWithin(shape.minimum) && isWithin(shape.maximum) ? [] : [path]
  if (shape.type === 'string') {
    const isBounded = shape.maxLength !== undefined || (shape.pattern !== undefined && hasEnd(shape.pattern))
    return isBounded ? [] : [path]
  }
  if (shape.type === 'array') {
    const isBounded = shape.maxItems !== undefined || (prefixItems !== undefined && !items)
    return [
      ...(isBounded ? [] : [path]),
      ...[...(prefixItems ?? []), ...(items ? [items] : [])].flatMap((part) => inner(part, '[]')),
    ]
  }
  if (shape.type !== 'object') return [`${path} (of any type)`]
  // A record's keys are as many as their names can be.
  const names = shape.propertyNames
  const isOpen = typeof shape.additionalProperties === 'object' && !names?.enum
  return [
    ...(isOpen ? [`${path}{}`] : []),
    ...Object.entries(properties).flatMap(([name, part]) => inner(part, `.${name}`)),
  ]
}

const shapeOf = (schema: z.ZodType, io: 'input' | 'output' = 'input') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Shape

const requests = allContracts.flatMap(({ id, params, query, body }) =>
  Object.entries({ params, query, body }).flatMap(([part, schema]) =>
    schema ? [[`${id} ${part}`, schema] as const] : [],
  ),
)

test.each(requests)('%s takes nothing without a limit', (name, schema) => {
  expect(unboundedIn(shapeOf(schema), name)).toEqual([])
})

test.each([
  ['a text', z.string()],
  ['a text in a list', z.array(z.string()).max(3)],
  ['a list', z.array(z.string().max(3))],
  ['a number', z.int()],
  ['a number without a lower limit', z.int().max(5)],
  ['a coerced number', z.coerce.number().int().min(0)],
  ['a text with an endless pattern', z.string().regex(/^a+$/)],
  ['a text with a pattern that is not anchored', z.string().regex(/^ab/)],
  ['a time with endless digits', z.iso.datetime()],
  ['a record', z.record(z.string().max(3), z.boolean())],
  ['anything', z.unknown()],
  ['one of two', z.union([z.literal(1), z.object({ text: z.string() })])],
  ['something optional, refined and changed', z.string().optional().refine(Boolean).transform(String)],
])('%s without a limit is found', (_what, schema) => {
  expect(unboundedIn(shapeOf(z.object({ inner: schema })), 'body')).not.toEqual([])
})

/** Every field of an answer whose name says that it is an address. */
function addressesIn(shape: Shape, path: string, root: Shape = shape): [string, Shape][] {
  const { $ref, anyOf, oneOf, allOf, items, properties = {} } = shape
  if ($ref && $ref !== '#') return addressesIn(root.$defs?.[$ref.split('/').at(-1) ?? ''] ?? {}, path, root)
  return [
    ...Object.entries(properties).flatMap(([name, part]): [string, Shape][] => [
      ...(/urls?$/i.test(name) ? [[`${path}.${name}`, part] as [string, Shape]] : []),
      ...addressesIn(part, `${path}.${name}`, root),
    ]),
    ...[...(anyOf ?? oneOf ?? allOf ?? []), ...(items ? [items] : [])].flatMap((part) =>
      addressesIn(part, path, root),
    ),
  ]
}

const patternsIn = ({ pattern, anyOf = [], items }: Shape): (string | undefined)[] =>
  items
    ? patternsIn(items)
    : anyOf.length > 0
      ? anyOf.filter(({ type }) => type !== 'null').flatMap(patternsIn)
      : [pattern]

test('every address in an answer is one of ours', () => {
  const addresses = allContracts.flatMap(({ id, response }) => addressesIn(shapeOf(response, 'output'), id))
  expect(addresses.length).toBeGreaterThan(10)
  const foreign = ['https://evil.example/a.webp', '//evil.example/a.webp', 'javascript:alert(1)', 'data:,']
  const open = addresses.filter(([, shape]) =>
    patternsIn(shape).some(
      (pattern) => !pattern || foreign.some((url) => new RegExp(pattern, 'u').test(url)),
    ),
  )
  expect(open.map(([name]) => name)).toEqual([])
  expect(pictureUrl.safeParse('/pictures/cup.webp').success).toBe(true)
})
