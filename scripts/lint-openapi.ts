import { createConfig, lintFromString } from '@redocly/openapi-core'

/** What is wrong with an OpenAPI document, a line each: Redocly's strict rules, examples against schemas, and names. */
export async function lintOpenApi(document: OpenApiDocument): Promise<string[]> {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: false },
      'no-invalid-parameter-examples': 'error',
      'no-invalid-schema-examples': 'error',
    },
  })
  const problems = await lintFromString({
    source: JSON.stringify(document),
    config,
    absoluteRef: 'openapi.json',
  })
  return [
    ...problems.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`),
    ...findNameless(document).map(
      (place) =>
        `${place} has no name: give it one in bff/http/openapi/models.ts, so that generated clients read well`,
    ),
  ]
}

interface Schema {
  $ref?: string
  properties?: Record<string, Schema>
  items?: Schema | false
  anyOf?: Schema[]
}

interface Content {
  content?: Record<string, { schema?: unknown; example?: unknown }>
}

/** What is read of a document here. */
export interface OpenApiDocument {
  paths: Record<string, Record<string, object>>
}

interface Operation {
  operationId: string
  responses: Record<string, Content>
}

/** Smaller ones are as clear written out. */
const namedFrom = 3

/** The models among the fields of an answer, or in the list it gives, that are written out in place of being named. */
function findNameless({ paths }: OpenApiDocument): string[] {
  const operations = Object.values(paths).flatMap((path) => Object.values(path) as Operation[])
  return operations.flatMap(({ operationId, responses }) =>
    Object.values(responses).flatMap(({ content }) => {
      const schema = content?.['application/json']?.schema as Schema | undefined
      return Object.entries(schema?.properties ?? {})
        .filter(([, field]) => modelsOf(field).some((model) => Object.keys(model).length >= namedFrom))
        .map(([name]) => `"${name}" in the answer of ${operationId}`)
    }),
  )
}

function modelsOf({ $ref, properties, items, anyOf = [] }: Schema): Record<string, Schema>[] {
  if ($ref) return []
  if (properties) return [properties]
  return [...anyOf, ...(items ? [items] : [])].flatMap(modelsOf)
}
