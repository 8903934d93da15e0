import { z } from 'zod'
import { alertKinds } from '../domain/enums'
import { defineContract, identifier, instant, pageOf, pageQuery } from './contract'

export const alert = z.object({
  id: identifier,
  kind: z.enum(alertKinds),
  subjectId: identifier.describe('哪件礼品；对账为 ledger；有人猜密码或码时是计数的标识'),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
  isOpen: z.boolean(),
  openedAt: instant,
  closedAt: instant.nullable(),
})

export const listAlerts = defineContract({
  id: 'admin.alerts.list',
  method: 'GET',
  path: '/api/admin/alerts',
  actor: 'admin',
  summary: '告警：库存不足、对账有差异、有人在猜密码或码；新的在前，情况好转后自己关闭',
  query: pageQuery.extend({
    state: z.enum(['open', 'closed']).optional(),
    kind: z.enum(alertKinds).optional(),
  }),
  status: 200,
  response: pageOf(alert),
})
