import { z } from 'zod'
import { daysBetween } from '../domain/business-date'
import { accounts, entryFilters, entryKinds } from '../domain/enums'
import { businessDate, defineContract, identifier, instant, month, pageOf, pageQuery } from './contract'

export const pointsSummary = z.object({
  available: z.int().describe('现在能用的积分'),
  frozen: z.int().describe('冻结的积分'),
  debt: z.int().describe('欠的积分，以后获得的先补'),
  expiringSoon: z
    .array(z.object({ points: z.int(), expiresOn: businessDate, expiresAt: instant }))
    .describe('30 天内到期，近的在前'),
})

export const pointsEntry = z.object({
  id: identifier,
  kind: z.enum(entryKinds),
  change: z.int().describe('可用积分的增减'),
  availableAfter: z.int(),
  title: z.string(),
  detail: z.string().nullable().describe('原因、状态等补充'),
  rules: z.array(z.object({ id: z.string(), title: z.string() })).describe('产生这笔积分的规则'),
  orderId: identifier.nullable(),
  expiresOn: businessDate.nullable().describe('这笔积分最早的到期日'),
  occurredAt: instant,
  businessDate,
})

export const ledgerDifference = z.object({
  memberId: z.string().nullable(),
  check: z.string(),
  expected: z.union([z.number(), z.string()]),
  actual: z.union([z.number(), z.string()]),
})

export const readPoints = defineContract({
  id: 'points.read',
  method: 'GET',
  path: '/api/member/points',
  actor: 'member',
  summary: '积分余额与即将到期',
  status: 200,
  response: pointsSummary,
})

const entriesQuery = pageQuery.extend({ kind: z.enum(entryFilters).optional(), month: month.optional() })

export const listPointsEntries = defineContract({
  id: 'points.entries',
  method: 'GET',
  path: '/api/member/points/entries',
  actor: 'member',
  summary: '积分明细，新的在前',
  query: entriesQuery,
  status: 200,
  response: pageOf(pointsEntry).extend({
    months: z
      .array(z.object({ month, gained: z.int(), used: z.int() }))
      .describe('本页涉及的月份的收支合计，used 为正数'),
  }),
})

export const downloadStatement = defineContract({
  id: 'points.statement',
  method: 'GET',
  path: '/api/member/points/statements/:month',
  actor: 'member',
  summary: '一个月的积分对账单（CSV），旧的在前',
  params: z.object({ month: z.string().max(20) }),
  produces: 'csv',
  status: 200,
  response: z.string(),
})

export const readMemberPoints = defineContract({
  id: 'points.read-member',
  method: 'GET',
  path: '/api/admin/members/:id/points',
  actor: 'admin',
  summary: '一位会员的积分',
  params: z.object({ id: identifier }),
  status: 200,
  response: pointsSummary,
})

export const listMemberEntries = defineContract({
  id: 'points.member-entries',
  method: 'GET',
  path: '/api/admin/members/:id/points-entries',
  actor: 'admin',
  summary: '一位会员的积分流水，带分录和批次，新的在前',
  params: z.object({ id: identifier }),
  query: entriesQuery,
  status: 200,
  response: pageOf(
    pointsEntry.extend({
      seq: z.int(),
      key: z.string(),
      source: z.string().nullable(),
      reverses: identifier.nullable().describe('收回的是哪一笔'),
      postings: z.array(z.object({ account: z.enum(accounts), points: z.int() })),
      lots: z.array(z.object({ lotId: identifier, points: z.int(), expiresOn: businessDate })),
    }),
  ),
})

export const exportEntries = defineContract({
  id: 'ledger.export',
  method: 'GET',
  path: '/api/admin/ledger/entries.csv',
  actor: 'admin',
  summary: '一段业务日期里的全部流水（CSV），最多 366 天',
  query: z
    .object({ from: businessDate, to: businessDate })
    .refine(({ from, to }) => from <= to && daysBetween(from, to) < 366, '日期范围要从早到晚，最多 366 天'),
  produces: 'csv',
  status: 200,
  response: z.string(),
})

export const verifyLedger = defineContract({
  id: 'ledger.verify',
  method: 'GET',
  path: '/api/admin/ledger/verification',
  actor: 'admin',
  summary: '全账核对',
  query: z.object({
    mode: z.enum(['whole', 'recent']).default('whole').describe('recent 只核对上次之后的新流水'),
    memberId: identifier.optional(),
  }),
  status: 200,
  response: z.object({
    ok: z.boolean(),
    checkedMembers: z.int(),
    checkedEntries: z.int().describe('读过的流水条数'),
    accounts: z.record(z.enum(accounts), z.int()).describe('各账户合计，加起来是 0'),
    differences: z.array(ledgerDifference),
  }),
})

export const listVerifications = defineContract({
  id: 'ledger.verifications',
  method: 'GET',
  path: '/api/admin/ledger/verifications',
  actor: 'admin',
  summary: '每夜核对的结果，新的在前',
  query: pageQuery,
  status: 200,
  response: pageOf(
    z.object({
      id: identifier,
      startedAt: instant,
      durationMs: z.int(),
      ok: z.boolean(),
      checkedMembers: z.int(),
      checkedEntries: z.int(),
      differences: z.array(ledgerDifference),
    }),
  ),
})
