import { z } from 'zod'
import { nameModels } from './models'

nameModels()

/** What is read of a JSON Schema here; zod writes the rest. */
export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  items?: JsonSchema | false
  prefixItems?: JsonSchema[]
  minItems?: number
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  default?: unknown
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  format?: string
  description?: string
  $defs?: Record<string, JsonSchema>
}

/** What a client may send, or what it gets: a default makes a field optional in the first and certain in the second. */
export type Direction = 'input' | 'output'

/** A zod schema as JSON Schema, its named models under `$defs`. */
export function toJsonSchema(schema: z.ZodType, io: Direction): JsonSchema {
  const { $schema: _, ...written } = z.toJSONSchema(schema, { io, override: tidy })
  return written as JsonSchema
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>

const tidy: Override = ({ zodSchema, jsonSchema }) => {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.enum?.every(Number.isInteger)) jsonSchema.type = 'integer'
  // Fields may be added to what we answer; only a strict object promises that there are no others.
  const { def } = zodSchema._zod
  if (def.type === 'object' && !def.catchall) delete jsonSchema.additionalProperties
}

export interface Schemas {
  /** A schema for the document; its models are kept for `resolve`. */
  write(schema: z.ZodType, io: Direction): JsonSchema
  /** The document with every model it names among its components. */
  resolve<D extends { components: { schemas: object } }>(document: D): D
}

/** Collects the models of a document. A model that differs by direction is two: `Name` and `NameInput`. */
export function createSchemas(): Schemas {
  const models = { input: new Map<string, JsonSchema>(), output: new Map<string, JsonSchema>() }
  return {
    write(schema, io) {
      const { $defs = {}, ...written } = toJsonSchema(schema, io)
      for (const [name, model] of Object.entries($defs)) models[io].set(name, model)
      return pointTo(written, (name) => `${io}/${name}`)
    },
    resolve(document) {
      const twofold = findTwofold(models)
      const nameOf = (path: string) => {
        const [io, name = ''] = path.split('/')
        return `#/components/schemas/${io === 'input' && twofold.has(name) ? `${name}Input` : name}`
      }
      const schemas: Record<string, JsonSchema> = {}
      for (const io of ['input', 'output'] as const)
        for (const [name, model] of models[io]) {
          const { id: _, ...rest } = pointTo(model, (other) => `${io}/${other}`) as JsonSchema & {
            id?: string
          }
          schemas[nameOf(`${io}/${name}`).slice('#/components/schemas/'.length)] = rest
        }
      const ordered = Object.fromEntries(
        Object.entries(schemas).sort(([one], [other]) => (one < other ? -1 : 1)),
      )
      const { components } = document
      const whole = {
        ...document,
        components: { ...components, schemas: { ...components.schemas, ...ordered } },
      }
      return pointTo(whole, nameOf)
    },
  }
}

const reference = /^#\/\$defs\/(.+)$/

/** A copy whose references to models are renamed. */
function pointTo<T>(value: T, rename: (name: string) => string): T {
  return JSON.parse(JSON.stringify(value), (key, part: unknown) => {
    const name = key === '$ref' && typeof part === 'string' ? reference.exec(part)?.[1] : undefined
    if (name === undefined) return part
    const renamed = rename(name)
    return renamed.startsWith('#') ? renamed : `#/$defs/${renamed}`
  })
}

/** The models that are not the same in both directions, by themselves or by a model in them. */
function findTwofold({ input, output }: Record<Direction, Map<string, JsonSchema>>): ReadonlySet<string> {
  const shared = [...input.keys()].filter((name) => output.has(name))
  const text = (models: Map<string, JsonSchema>, name: string) => JSON.stringify(models.get(name))
  const twofold = new Set(shared.filter((name) => text(input, name) !== text(output, name)))
  const holdsOne = (name: string) =>
    [...twofold].some((one) => text(input, name).includes(`"#/$defs/${one}"`))
  for (;;) {
    const more = shared.filter((name) => !twofold.has(name) && holdsOne(name))
    if (more.length === 0) return twofold
    for (const name of more) twofold.add(name)
  }
}
