import { z } from 'zod'
import { openClientKinds, openScopes } from '../domain/enums'
import { limits } from '../domain/limits'
import { defineContract, identifier, idParams, instant, text } from './contract'

const scopes = z
  .array(z.enum(openScopes))
  .min(1)
  .max(openScopes.length)
  .refine((all) => new Set(all).size === all.length, '权限不能重复')

export const openClient = z.object({
  id: identifier.describe('签名头 X-Jili-Client 的值'),
  name: z.string(),
  kind: z.enum(openClientKinds),
  scopes: z.array(z.enum(openScopes)),
  isDisabled: z.boolean(),
  secrets: z
    .array(z.object({ createdAt: instant, validUntil: instant.nullable() }))
    .describe('现有密钥，新的在前；密钥本身只在建立和更换时给出一次'),
  createdAt: instant,
})

export const openClientWithSecret = z.object({
  client: openClient,
  secret: z.string().describe('只显示这一次'),
})

export const createOpenClient = defineContract({
  id: 'admin.open-clients.create',
  method: 'POST',
  path: '/api/admin/open-clients',
  actor: 'admin',
  summary: '新建开放接口客户（仅所有者）',
  body: z.object({ name: text(limits.nameCharacters), kind: z.enum(openClientKinds), scopes }),
  status: 201,
  response: openClientWithSecret,
  errors: ['resource.conflict'],
})

export const listOpenClients = defineContract({
  id: 'admin.open-clients.list',
  method: 'GET',
  path: '/api/admin/open-clients',
  actor: 'admin',
  summary: '开放接口客户（仅所有者）',
  status: 200,
  response: z.object({ items: z.array(openClient) }),
})

export const updateOpenClient = defineContract({
  id: 'admin.open-clients.update',
  method: 'PATCH',
  path: '/api/admin/open-clients/:id',
  actor: 'admin',
  summary: '改名、改权限、停用或启用（仅所有者）',
  params: idParams,
  body: z.object({ name: text(limits.nameCharacters), scopes, isDisabled: z.boolean() }).partial(),
  status: 200,
  response: z.object({ client: openClient }),
  errors: ['resource.conflict'],
})

export const rotateOpenClientSecret = defineContract({
  id: 'admin.open-clients.rotate-secret',
  method: 'POST',
  path: '/api/admin/open-clients/:id/rotate-secret',
  actor: 'admin',
  summary: '更换密钥；旧密钥再用一段时间，0 小时即马上作废（仅所有者）',
  params: idParams,
  body: z.object({ overlapHours: z.int().min(0).max(limits.secretOverlapHours).default(24) }),
  status: 200,
  response: openClientWithSecret,
})

export const revokeOldOpenClientSecret = defineContract({
  id: 'admin.open-clients.revoke-old-secret',
  method: 'POST',
  path: '/api/admin/open-clients/:id/revoke-old-secret',
  actor: 'admin',
  summary: '旧密钥马上作废，只留最新的（仅所有者）',
  params: idParams,
  status: 200,
  response: z.object({ client: openClient }),
})
