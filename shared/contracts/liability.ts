import { z } from 'zod'
import { defineContract, instant, month } from './contract'

export const owed = z.object({
  available: z.int(),
  held: z.int().describe('冻结中的'),
  points: z.int().describe('可用与冻结之和'),
  valueFen: z.int().describe('折合多少分钱，向下取整'),
})

export const readLiability = defineContract({
  id: 'ledger.liability',
  method: 'GET',
  path: '/api/admin/ledger/liability',
  actor: 'admin',
  summary: '积分负债：还没用掉的积分，按到期月份与来源',
  status: 200,
  response: z.object({
    asOf: instant,
    pointsPerYuan: z.int(),
    total: owed,
    byMonth: z.array(owed.extend({ month })).describe('按批次的到期月份；冻结的不会到期，也可能在过去的月份'),
    bySource: z.array(owed.extend({ source: z.string() })),
    debtPoints: z.int().describe('会员欠的积分，不从总数里减'),
    expiredUnposted: z.int().describe('过了期、到期流水还没记的，不算在总数里'),
  }),
})
