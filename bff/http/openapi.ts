import type { Contract } from '#shared/contracts/contract'
import { allContracts } from '#shared/contracts/index'
import { imageTypes } from '#shared/domain/enums'
import { type ErrorCode, errorMessages } from '#shared/domain/error-codes'
import { limits } from '#shared/domain/limits'
import { exampleOf, exampleText } from './openapi/examples'
import { createSchemas, type Schemas } from './openapi/schemas'
import { refusalsByStatus, refusalsOf } from './refusals'
import { isWorthRetrying } from './statuses'

const tags: Record<string, { name: string; description: string }> = {
  member: { name: '会员', description: '小程序用的接口' },
  staff: { name: '店员', description: '门店核销用的接口' },
  admin: { name: '管理', description: '运营后台用的接口' },
  open: { name: '开放接口', description: '商家与合作方的系统调用，每个请求都要签名' },
  wechat: { name: '微信', description: '微信服务器推送过来的' },
  avatars: { name: '图片', description: '不用登录就能看的图片' },
}

/** What an open client sends with each request; docs/open-api.md says how to make them. */
const signatureHeaders = ['X-Jili-Client', 'X-Jili-Timestamp', 'X-Jili-Nonce', 'X-Jili-Signature']

const ref = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })

/** OpenAPI 3.1 of every contract: the same objects that check requests and type the client. */
export function createOpenApi(contracts: readonly Contract[] = allContracts) {
  const schemas = createSchemas()
  const paths: Record<string, Record<string, object>> = {}
  for (const contract of contracts) {
    const path = contract.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operationOf(contract, schemas) }
  }
  return schemas.resolve({
    openapi: '3.1.0',
    info: {
      title: '积礼 Jili',
      version: '1',
      description: '积分换礼品：会员、店员、管理与开放接口。字段只增不减；不认识的字段请忽略。',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: '提供这份文档的服务器' }],
    tags: Object.values(tags),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: '登录时得到的 token' },
        ...Object.fromEntries(
          signatureHeaders.map((header) => [header, { type: 'apiKey', in: 'header', name: header }]),
        ),
      },
      headers: {
        'Retry-After': {
          description: '过多少秒再试',
          schema: { type: 'integer', minimum: 1 },
          example: 1,
        },
      },
      examples: Object.fromEntries(
        [...new Set(contracts.flatMap((contract) => [...refusalsOf(contract)]))].sort().map(errorExample),
      ),
      schemas: { Error: errorSchema },
    },
  })
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'details', 'requestId'],
      properties: {
        code: { type: 'string', description: '不会变，程序按它判断', enum: Object.keys(errorMessages) },
        message: { type: 'string', description: '给人看的中文说明' },
        details: {
          type: 'object',
          description: '程序可用的细节，没有时为空对象',
          additionalProperties: true,
        },
        requestId: { type: 'string', description: '报问题时带上它' },
      },
    },
  },
}

const errorExample = (code: ErrorCode) => [
  code,
  {
    summary: errorMessages[code],
    value: {
      error: { code, message: errorMessages[code], details: {}, requestId: exampleText('Error.requestId') },
    },
  },
]

function operationOf(contract: Contract, schemas: Schemas): object {
  const parameters = [
    ...parametersOf(contract, 'path', schemas),
    ...parametersOf(contract, 'query', schemas),
    ...(contract.idempotency ? [idempotencyHeader(contract.idempotency === 'required')] : []),
  ]
  const content = requestContent(contract, schemas)
  return {
    operationId: contract.id,
    summary: contract.summary,
    tags: [(tags[contract.path.split('/')[2] ?? ''] ?? { name: '其他' }).name],
    security: securityOf(contract),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: !contract.body?.safeParse(undefined).success, content } } : {}),
    responses: responsesOf(contract, schemas),
  }
}

function parametersOf({ params, query }: Contract, where: 'path' | 'query', schemas: Schemas): object[] {
  const schema = where === 'path' ? params : query
  if (!schema) return []
  const { properties = {}, required = [] } = schemas.write(schema, 'input')
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: required.includes(name),
    ...(description ? { description } : {}),
    schema: rest,
    // The examples of a query would be sent by whoever tries it out: they stay empty there.
    ...(where === 'path' ? { example: exampleText(`path.${name}`) } : {}),
  }))
}

const idempotencyHeader = (required: boolean) => ({
  name: 'Idempotency-Key',
  in: 'header',
  required,
  description: '一次操作一个，重试时不变：同样的键只生效一次，并得到同样的回答；保留 7 天',
  schema: { type: 'string', minLength: 1, maxLength: limits.idempotencyKeyCharacters },
  example: exampleText('Idempotency-Key'),
})

const binary = { type: 'string', format: 'binary' } as const
const pictureContent = Object.fromEntries(imageTypes.map((type) => [type, { schema: binary }]))
const form = { schema: { type: 'object', properties: { file: binary } } }
const textContent = (type: string, id: string) => ({
  [type]: { schema: { type: 'string' }, example: exampleText(id) },
})

/** A body that an operation takes. */
export const requestExample = ({ id, body }: Contract): unknown =>
  body && exampleOf(body, 'input', [`${id} request`])

function requestContent(contract: Contract, schemas: Schemas): object | null {
  if (contract.consumes === 'image') return { ...pictureContent, 'multipart/form-data': form }
  if (contract.consumes === 'xml') return textContent('text/xml', `${contract.id} request`)
  if (contract.csvMaxBytes) return textContent('text/csv', `${contract.id} request`)
  if (!contract.body) return null
  const schema = schemas.write(contract.body, 'input')
  return { 'application/json': { schema, example: requestExample(contract) } }
}

function answerContent({ id, produces, response }: Contract, schemas: Schemas): object {
  if (produces === 'image') return pictureContent
  if (produces) return textContent(produces === 'csv' ? 'text/csv' : 'text/plain', id)
  const schema = schemas.write(response, 'output')
  return { 'application/json': { schema, example: exampleOf(response, 'output', [id]) } }
}

function securityOf({ actor }: Contract): Record<string, string[]>[] {
  if (actor === 'public' || actor === 'wechat') return []
  if (actor === 'open') return [Object.fromEntries(signatureHeaders.map((header) => [header, []]))]
  return actor === 'member-optional' ? [{ bearer: [] }, {}] : [{ bearer: [] }]
}

function responsesOf(contract: Contract, schemas: Schemas): Record<string, object> {
  const success =
    contract.status === 204
      ? { description: '成功，没有内容' }
      : { description: '成功', content: answerContent(contract, schemas) }
  return {
    [contract.status]: success,
    ...Object.fromEntries(refusalsByStatus(contract).map(([status, codes]) => [status, refusal(codes)])),
  }
}

const refusal = (codes: ErrorCode[]) => ({
  description: codes.join('、'),
  'x-error-codes': codes,
  ...(codes.some(isWorthRetrying) ? { headers: { 'Retry-After': ref('headers', 'Retry-After') } } : {}),
  content: {
    'application/json': {
      schema: ref('schemas', 'Error'),
      examples: Object.fromEntries(codes.map((code) => [code, ref('examples', code)])),
    },
  },
})
