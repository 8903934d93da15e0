import type { z } from 'zod'
import { requestExample } from '#bff/http/openapi'
import { exampleOf } from '#bff/http/openapi/examples'
import type { Contract } from '#shared/contracts/contract'
import { counterexamples } from './counterexamples'

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
  for (const check of checksOf(schema)) yield* wrongFor(check, sample, place)
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

type Check = z.core.$ZodChecks['_zod']['def'] | z.core.$ZodCustomDef

function checksOf(schema: Schema): Check[] {
  const def = defOf(schema) as Def & { check?: string; checks?: z.core.$ZodCheck<never>[] }
  return [
    ...(def.check ? [def] : []),
    ...(def.checks ?? []).map(({ _zod }) => _zod.def),
  ] as unknown as Check[]
}

function* wrongFor(check: Check, sample: unknown, place: Place): Generator<WrongValue> {
  switch (check.check) {
    case 'min_length':
      if (check.minimum > 0) yield { what: 'is too short', value: ofLength(sample, check.minimum - 1) }
      return
    case 'max_length':
      yield { what: 'is too long', value: ofLength(sample, check.maximum + 1) }
      return
    case 'length_equals':
      yield { what: 'is too short', value: ofLength(sample, check.length - 1) }
      yield { what: 'is too long', value: ofLength(sample, check.length + 1) }
      return
    case 'greater_than':
      yield { what: 'is too small', value: Number(check.value) - 1 }
      return
    case 'less_than':
      yield { what: 'is too large', value: Number(check.value) + 1 }
      return
    case 'number_format':
      yield { what: 'is no whole number', value: 1.5 }
      yield { what: 'is past all numbers', value: 1e300 }
      return
    case 'string_format':
      yield { what: `is no ${check.format}`, value: unlike(check, place) }
      return
    case 'custom': {
      const message = messageOf(check)
      const make = counterexamples[message]
      if (!make)
        throw new Error(`${place.path}: say in test/support/counterexamples.ts what breaks "${message}"`)
      yield { what: `breaks "${message}"`, value: make(sample) }
      return
    }
    // Changes what was sent, and refuses nothing.
    case 'overwrite':
      return
    default:
      throw new Error(
        `${place.path} has a check "${check.check}", which test/support/wrong-values.ts cannot break`,
      )
  }
}

const ofLength = (sample: unknown, length: number): unknown =>
  Array.isArray(sample)
    ? Array.from({ length }, (_, index) => sample[index % sample.length])
    : 'x'.repeat(length)

function unlike(check: z.core.$ZodCheckStringFormatDef, place: Place): string {
  const wrong = ['!', '', '汉字', 'A B', '\u0000'].find((text) => !check.pattern?.test(text))
  if (wrong === undefined)
    throw new Error(`${place.path} takes every text that test/support/wrong-values.ts knows`)
  return wrong
}

const messageOf = ({ error }: z.core.$ZodCustomDef): string => {
  const message = error?.({ code: 'custom', input: undefined, path: [] } as never)
  return typeof message === 'string' ? message : String(message?.message)
}
