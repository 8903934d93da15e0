import {
  extendZodWithOpenApi,
  OpenAPIRegistry,
  OpenApiGeneratorV31,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi'
import { z } from 'zod'
import type { Contract } from '#shared/contracts/contract'
import { allContracts } from '#shared/contracts/index'
import { imageTypes } from '#shared/domain/enums'
import { type ErrorCode, errorMessages } from '#shared/domain/error-codes'
import { statusOf } from './statuses'

extendZodWithOpenApi(z)

const errorBody = z.object({
  error: z.object({
    code: z.enum(Object.keys(errorMessages) as [ErrorCode, ...ErrorCode[]]),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string(),
  }),
})

const tags: Record<string, string> = {
  member: '会员',
  staff: '店员',
  admin: '管理',
  open: '开放接口',
  wechat: '微信',
}

/** What an open client sends with each request; docs/open-api.md says how to make them. */
const signatureHeaders = ['X-Jili-Client', 'X-Jili-Timestamp', 'X-Jili-Nonce', 'X-Jili-Signature']

/** OpenAPI 3.1 of every contract: the same objects that check requests and type the client. */
export function createOpenApi() {
  const registry = new OpenAPIRegistry()
  registry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  for (const header of signatureHeaders)
    registry.registerComponent('securitySchemes', header, { type: 'apiKey', in: 'header', name: header })
  const error = registry.register('Error', errorBody)
  for (const contract of allContracts) registry.registerPath(toRouteConfig(contract, error))
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: { title: '积礼 Jili', version: '1', description: '积分换礼品：会员、店员、管理与开放接口。' },
    tags: Object.values(tags).map((name) => ({ name })),
  })
}

const binary = { type: 'string', format: 'binary' } as const
const pictureContent = Object.fromEntries(imageTypes.map((type) => [type, { schema: binary }]))
const uploadContent = {
  ...pictureContent,
  'multipart/form-data': { schema: { type: 'object', properties: { file: binary } } as const },
}

const consumed = { image: uploadContent, xml: { 'text/xml': { schema: z.string() } } }
const producedTypes = { csv: 'text/csv', text: 'text/plain' } as const

function toRouteConfig(contract: Contract, error: z.ZodType): RouteConfig {
  const key = z.object({
    'Idempotency-Key': contract.idempotency === 'required' ? z.string() : z.string().optional(),
  })
  return {
    operationId: contract.id,
    method: contract.method.toLowerCase() as RouteConfig['method'],
    path: contract.path.replace(/:(\w+)/g, '{$1}'),
    summary: contract.summary,
    tags: [tags[contract.path.split('/')[2] ?? ''] ?? '其他'],
    security: securityOf(contract),
    request: {
      ...(contract.params ? { params: contract.params } : {}),
      ...(contract.query ? { query: contract.query } : {}),
      ...(contract.idempotency ? { headers: key } : {}),
      ...(contract.consumes ? { body: { required: true, content: consumed[contract.consumes] } } : {}),
      ...(contract.body
        ? { body: { required: true, content: { 'application/json': { schema: contract.body } } } }
        : {}),
      ...(contract.csvMaxBytes
        ? { body: { required: true, content: { 'text/csv': { schema: z.string() } } } }
        : {}),
    },
    responses: responsesOf(contract, error),
  }
}

function answerContent({ produces, response }: Contract) {
  if (produces === 'image') return pictureContent
  return { [produces ? producedTypes[produces] : 'application/json']: { schema: response } }
}

function securityOf({ actor }: Contract): Record<string, string[]>[] {
  if (actor === 'public' || actor === 'wechat') return []
  return actor === 'open'
    ? [Object.fromEntries(signatureHeaders.map((header) => [header, []]))]
    : [{ bearer: [] }]
}

const refusalsOfActor = (actor: Contract['actor']): readonly ErrorCode[] => {
  if (actor === 'public') return []
  if (actor === 'wechat') return ['open.signature_invalid']
  if (actor !== 'open') return ['auth.unauthenticated', 'auth.forbidden']
  return [
    'open.signature_invalid',
    'open.timestamp_expired',
    'open.nonce_reused',
    'open.client_disabled',
    'auth.forbidden',
  ]
}

function responsesOf(contract: Contract, error: z.ZodType): RouteConfig['responses'] {
  const codes: ErrorCode[] = [
    ...(contract.errors ?? []),
    ...(contract.csvMaxBytes ? (['request.too_large'] as const) : []),
    'request.invalid',
    'rate.limited',
    'service.failed',
    ...refusalsOfActor(contract.actor),
    ...(contract.params ? (['resource.not_found'] as const) : []),
    ...(contract.idempotency ? (['idempotency.key_reused', 'idempotency.in_progress'] as const) : []),
  ]
  const byStatus = new Map<number, Set<ErrorCode>>()
  for (const code of codes)
    byStatus.set(statusOf(code), (byStatus.get(statusOf(code)) ?? new Set()).add(code))
  const success =
    contract.status === 204
      ? { description: '成功，没有内容' }
      : { description: '成功', content: answerContent(contract) }
  const failures = [...byStatus].map(([status, named]) => [
    status,
    { description: [...named].join('、'), content: { 'application/json': { schema: error } } },
  ])
  return { [contract.status]: success, ...Object.fromEntries(failures) }
}
