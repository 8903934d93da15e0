import { z } from 'zod'
import { limits } from '../domain/limits'
import { businessDate, defineContract, identifier, idParams, instant, pageOf, pageQuery } from './contract'
import { entitlementName } from './gift-rules'

/** A right to one piece of a gift that asks for it, used up once. */
export const entitlement = z.object({
  id: identifier,
  name: z.string(),
  reason: z.string(),
  grantedAt: instant,
  expiresOn: businessDate.nullable().describe('最后可用的业务日期'),
  usedBy: z.object({ orderId: identifier, usedAt: instant }).nullable(),
})

export const grantEntitlements = defineContract({
  id: 'admin.entitlements.grant',
  method: 'POST',
  path: '/api/admin/members/:id/entitlements',
  actor: 'admin',
  summary: '给会员发兑换资格',
  idempotency: 'required',
  params: idParams,
  body: z.object({
    name: entitlementName,
    quantity: z.int().min(1).max(limits.entitlementsPerGrant).default(1),
    expiresOn: businessDate.nullable().optional(),
    reason: z.string().trim().min(2).max(limits.reasonCharacters),
  }),
  status: 201,
  response: z.object({ entitlements: z.array(entitlement) }),
})

export const listEntitlements = defineContract({
  id: 'admin.entitlements.list',
  method: 'GET',
  path: '/api/admin/members/:id/entitlements',
  actor: 'admin',
  summary: '会员的兑换资格，新的在前',
  params: idParams,
  query: pageQuery,
  status: 200,
  response: pageOf(entitlement),
})
