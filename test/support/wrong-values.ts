import type { z } from 'zod'
import { requestExample } from '#bff/http/openapi'
import { exampleOf } from '#bff/http/openapi/examples'
import type { Contract } from '#shared/contracts/contract'
import { checksOf, wrongFor } from './broken-checks'

type Schema = z.core.$ZodType
type Def = z.core.$ZodTypes['_zod']['def']

/** One value inside a body: what may stand there, what stands there, and how another value is put in its place. */
export interface Place {
  schema: Schema
  sample: unknown
  /** As the BFF names it: `items.0.quantity`; empty for the whole body. */
  path: string
  put(value: unknown): unknown
  /** It stands in one form of a union, and a refusal of all forms points at the union. */
  isInUnion?: boolean
  /** Whether a value here would make another form of a union around it, and so be right after all. */
  isRightOtherwise(value: unknown): boolean
}

export interface WrongBody {
  what: string
  /** Where the refusal must point. */
  path: string
  body: unknown
}

/**
 * A valid body with one thing wrong, for everything that can be wrong in it: each type, bound, format, value, key and
 * refinement of each place. @throws for a shape or check it does not know, by its name
 */
export function wrongBodies(contract: Contract): WrongBody[] {
  return placesOf(contract).flatMap((place) =>
    [...wrongValues(place)]
      .filter(({ value }) => !place.isRightOtherwise(value))
      .map(({ what, value, at }) => ({
        what: `${place.path || 'the body'}: ${what}`,
        path: [place.path, place.isInUnion ? '' : at].filter(Boolean).join('.'),
        body: place.put(value),
      })),
  )
}

/** Every place in the body of an operation, each form of each union included. */
export function placesOf(contract: Contract): Place[] {
  const { body: schema } = contract
  if (!schema) return []
  const sample = requestExample(contract)
  return [...walk({ schema, sample, path: '', put: (value) => value, isRightOtherwise: () => false })]
}

const example = (schema: Schema, path: string) =>
  exampleOf(
    schema as z.ZodType,
    'input',
    path.split('.').filter((name) => !/^\d+$/.test(name)),
  )

const defOf = (schema: Schema): Def => (schema as z.core.$ZodTypes)._zod.def

function inside(
  place: Place,
  name: string,
  schema: Schema,
  given: unknown,
  set: (value: unknown) => unknown,
): Place {
  const path = place.path ? `${place.path}.${name}` : name
  return {
    schema,
    path,
    sample: given === undefined || given === null ? example(schema, path) : given,
    put: (value) => place.put(set(value)),
    isRightOtherwise: (value) => place.isRightOtherwise(set(value)),
  }
}

function* walk(place: Place): Generator<Place> {
  const def = defOf(place.schema)
  switch (def.type) {
    case 'object':
      yield place
      for (const [name, field] of Object.entries(def.shape)) {
        const sample = place.sample as Record<string, unknown>
        yield* walk(inside(place, name, field, sample[name], (value) => ({ ...sample, [name]: value })))
      }
      return
    case 'array': {
      yield place
      const [first, ...rest] = place.sample as unknown[]
      yield* walk(inside(place, '0', def.element, first, (value) => [value, ...rest]))
      return
    }
    case 'tuple': {
      yield place
      const sample = place.sample as unknown[]
      for (const [index, item] of def.items.entries())
        yield* walk(inside(place, `${index}`, item, sample[index], (value) => sample.with(index, value)))
      return
    }
    case 'record': {
      yield place
      const sample = place.sample as Record<string, unknown>
      const [name = 'name'] = Object.keys(sample)
      yield* walk(inside(place, name, def.valueType, sample[name], (value) => ({ ...sample, [name]: value })))
      return
    }
    case 'union':
      yield place
      for (const option of def.options) yield* walkOption(place, option, def.options)
      return
    case 'nullable':
      yield* walk({
        ...place,
        schema: def.innerType,
        sample: place.sample ?? example(def.innerType, place.path),
        isRightOtherwise: (value) => value === null || place.isRightOtherwise(value),
      })
      return
    case 'optional':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
      yield* walk({
        ...place,
        schema: def.innerType,
        sample: place.sample ?? example(def.innerType, place.path),
      })
      return
    case 'pipe':
      // What comes in is what a client can get wrong, except where it is changed before it is looked at.
      yield* walk({ ...place, schema: defOf(def.in).type === 'transform' ? def.out : def.in })
      return
    case 'lazy':
      yield* walk({ ...place, schema: def.getter() })
      return
    case 'string':
    case 'number':
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'null':
      yield place
      return
    default:
      throw new Error(
        `${place.path || 'the body'} is a "${def.type}", which test/support/wrong-values.ts cannot get wrong`,
      )
  }
}

function* walkOption(place: Place, option: Schema, options: readonly Schema[]): Generator<Place> {
  const others = options.filter((other) => other !== option) as z.ZodType[]
  const isRight = (value: unknown) => others.some((other) => other.safeParse(value).success)
  const own: Place = {
    ...place,
    schema: option,
    sample: example(option, place.path),
    isRightOtherwise: (value) => isRight(value) || place.isRightOtherwise(value),
  }
  const isNamed = 'discriminator' in defOf(place.schema)
  for (const inner of walk(own)) yield isNamed ? inner : { ...inner, path: place.path, isInUnion: true }
}

interface WrongValue {
  what: string
  value: unknown
  /** Where below its place the refusal points. */
  at?: string
}

function* wrongValues(place: Place): Generator<WrongValue> {
  const { schema, sample } = place
  // JSON that is no object or list is refused by the parser, whatever the contract says.
  for (const [type, value] of Object.entries(ofType))
    if (!typesOf(schema).has(type) && (place.path !== '' || type === 'array'))
      yield { what: `is of type ${type}`, value }
  const def = defOf(schema)
  if (def.type === 'object') yield* wrongKeys(def, sample as Record<string, unknown>)
  if (def.type === 'tuple') {
    const items = sample as unknown[]
    yield { what: 'has one too few', value: items.slice(1) }
    yield { what: 'has one too many', value: [...items, items[0]] }
  }
  if (def.type === 'enum' || def.type === 'literal') yield { what: 'is another value', value: otherThan(def) }
  for (const check of checksOf(schema)) yield* wrongFor(check, sample, place.path)
}

const ofType: Record<string, unknown> = {
  object: { $gt: '' },
  array: [[]],
  string: 'x',
  number: 7,
  boolean: true,
  null: null,
}

/** The JSON types that a schema takes, whatever else it asks of them. */
function typesOf(schema: Schema): ReadonlySet<string> {
  const def = defOf(schema)
  switch (def.type) {
    case 'object':
    case 'record':
      return new Set(['object'])
    case 'array':
    case 'tuple':
      return new Set(['array'])
    case 'union':
      return new Set(def.options.flatMap((option) => [...typesOf(option)]))
    case 'enum':
    case 'literal':
      return new Set(valuesOf(def).map((value) => (value === null ? 'null' : typeof value)))
    default:
      return new Set([def.type])
  }
}

const valuesOf = (def: z.core.$ZodEnumDef | z.core.$ZodLiteralDef<z.core.util.Literal>): unknown[] =>
  'entries' in def ? Object.values(def.entries) : def.values

const otherThan = (def: Parameters<typeof valuesOf>[0]): unknown => {
  const [value] = valuesOf(def)
  return typeof value === 'boolean' ? !value : typeof value === 'number' ? -987_654_321 : 'no-such-value'
}

function* wrongKeys(def: z.core.$ZodObjectDef, sample: Record<string, unknown>): Generator<WrongValue> {
  for (const [name, field] of Object.entries(def.shape)) {
    const { [name]: _, ...rest } = sample
    if (!(field as z.ZodType).safeParse(undefined).success)
      yield { what: `lacks ${name}`, value: rest, at: name }
  }
  const isStrict = def.catchall && defOf(def.catchall).type === 'never'
  if (isStrict) yield { what: 'has a key too many', value: { ...sample, 'no-such-key': 1 } }
}
