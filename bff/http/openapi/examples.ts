import type { z } from 'zod'
import { exampleValues } from './example-values'
import { type Direction, type JsonSchema, toJsonSchema } from './schemas'

/**
 * An example of a schema, made from its shape and from the values that fields of a name usually have. `path` says what
 * it stands in: a value may be given for any ending of it (`Order.state`, `state`), and the longest is taken.
 * @throws when nobody has said what a text looks like, so that no new field stays without an example.
 */
export function exampleOf(schema: z.ZodType, io: Direction, path: readonly string[]): unknown {
  const { $defs = {}, ...written } = toJsonSchema(schema, io)
  return build(written, path, $defs)
}

/** The example of what no schema describes: a file, a header. */
export function exampleText(name: string): string {
  const value = exampleValues[name]
  if (typeof value !== 'string') throw new Error(missing(name))
  return value
}

const missing = (name: string) => `say in bff/http/openapi/example-values/ what "${name}" looks like`

type Models = Record<string, JsonSchema>

function build(schema: JsonSchema, path: readonly string[], models: Models): unknown {
  const given = findValue(path, schema)
  if (given !== undefined) return given
  if (schema.$ref) {
    const name = schema.$ref.slice('#/$defs/'.length)
    return build(models[name] ?? {}, [...path, name], models)
  }
  if (schema.const !== undefined) return schema.const
  const [first] = schema.anyOf ?? schema.oneOf ?? schema.enum ?? []
  if (schema.enum) return schema.default ?? first
  if (first !== undefined) return build(first as JsonSchema, path, models)
  switch ([schema.type].flat()[0]) {
    case 'object':
      return buildObject(schema, path, models)
    case 'array':
      return buildArray(schema, path, models)
    case 'integer':
    case 'number':
      return schema.default ?? numberOf(schema)
    case 'boolean':
      return schema.default ?? false
    case 'null':
      return null
    default:
      return textOf(schema, path)
  }
}

function numberOf({ minimum = 1, maximum }: JsonSchema): number {
  const number = Math.max(minimum, 1)
  return maximum === undefined ? number : Math.min(number, maximum)
}

function buildObject(schema: JsonSchema, path: readonly string[], models: Models): object {
  const { properties = {}, additionalProperties, propertyNames } = schema
  if (propertyNames && typeof additionalProperties === 'object') {
    const names = (propertyNames.enum ?? []) as string[]
    return Object.fromEntries(
      names.map((name) => [name, build(additionalProperties, [...path, name], models)]),
    )
  }
  return Object.fromEntries(
    Object.entries(properties).map(([name, field]) => [name, build(field, [...path, name], models)]),
  )
}

function buildArray(
  { items, prefixItems, minItems = 1 }: JsonSchema,
  path: readonly string[],
  models: Models,
) {
  if (prefixItems) return prefixItems.map((item) => build(item, path, models))
  return items ? Array.from({ length: Math.max(1, minItems) }, () => build(items, path, models)) : []
}

function textOf({ format, type }: JsonSchema, path: readonly string[]): unknown {
  if (format === 'date-time') return exampleValues['date-time']
  if (format === 'date') return exampleValues.date
  // Anything may stand where nothing is said, as in the details of an alert.
  if (type === undefined) return {}
  if (/(^i|I)ds?$/.test(path.at(-1) ?? '')) return exampleValues.id
  // A list is named, not what is in it.
  const list = exampleValues[path.at(-1) ?? '']
  if (Array.isArray(list)) return list[0]
  throw new Error(missing(path.slice(-2).join('.')))
}

/** The value of the longest ending of the path that has one of the schema's shape. */
function findValue(path: readonly string[], schema: JsonSchema): unknown {
  for (let start = 0; start < path.length; start += 1) {
    const value = exampleValues[path.slice(start).join('.')]
    if (value !== undefined && isOfShape(value, schema)) return value
  }
  return undefined
}

function isOfShape(value: unknown, { $ref, properties, type, anyOf, oneOf }: JsonSchema): boolean {
  if (value === null || anyOf || oneOf) return true
  if ([type].flat()[0] === 'array') return Array.isArray(value)
  const isModel = $ref !== undefined || properties !== undefined || type === 'object'
  return isModel ? typeof value === 'object' && !Array.isArray(value) : typeof value !== 'object' || !type
}
