import { z } from 'zod'
import { limits } from '../domain/limits'
import { defineContract, identifier, instant, pageOf, pageQuery, zonedInstant } from './contract'
import { earningCut, earningShare, purchaseLines } from './earning-rules'

/** A number of the shop's system: printable, so that it can be read out and compared. */
const foreignNumber = z.string().regex(/^[\x21-\x7e]{1,64}$/, '单号用 1 到 64 位可见的英文字符')

const refundLines = z
  .array(z.strictObject({ lineId: foreignNumber, fen: z.int().min(1).max(limits.moneyMaxFen) }))
  .min(1)
  .max(limits.purchaseLines)
  .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, '行标识不能重复')

export const refundStates = ['waiting', 'applied', 'refused'] as const

export const refund = z.object({
  refundNumber: z.string(),
  purchaseNumber: z.string(),
  state: z.enum(refundStates).describe('waiting：消费还没有收到，到了再算；refused：超过了还没退的金额'),
  pointsTakenBack: z.int(),
  receivedAt: instant,
})

export const purchase = z.object({
  purchaseNumber: z.string(),
  clientId: identifier,
  memberId: identifier,
  storeId: identifier.nullable(),
  occurredAt: instant,
  paidFen: z.int(),
  refundedFen: z.int(),
  points: z.int().describe('退款扣回以后还剩的积分'),
  shares: z.array(earningShare),
  cuts: z.array(earningCut).describe('哪些上限让会员少得了积分'),
})

export const recordPurchase = defineContract({
  id: 'open.purchases.record',
  method: 'POST',
  path: '/api/open/purchases',
  actor: 'open',
  summary: '报送一笔消费（权限 purchases）：同一单号只算一次，重复报送给出同样的结果',
  body: z.strictObject({
    purchaseNumber: foreignNumber,
    member: z
      .union([
        z.strictObject({ id: identifier }),
        z.strictObject({ phone: z.string().regex(/^\+?\d{6,20}$/, '手机号有误') }),
      ])
      .describe('会员编号，或绑定的手机号'),
    storeId: identifier.nullable().default(null).describe('积礼里的门店编号'),
    occurredAt: zonedInstant.describe('付款时间；最早 90 天前'),
    lines: purchaseLines,
  }),
  status: 200,
  response: z.object({ purchase, repeated: z.boolean() }),
  errors: ['resource.not_found', 'member.closed', 'purchase.differs'],
})

export const recordRefund = defineContract({
  id: 'open.refunds.record',
  method: 'POST',
  path: '/api/open/refunds',
  actor: 'open',
  summary: '报送一笔退款（权限 purchases）：比消费先到就等着；积分按还剩的金额重算，已花掉的成为欠款',
  body: z.strictObject({
    refundNumber: foreignNumber,
    purchaseNumber: foreignNumber,
    lines: refundLines.nullable().default(null).describe('哪几行退多少分钱；null 表示还没退的全退'),
  }),
  status: 200,
  response: z.object({ refund, purchase: purchase.nullable(), repeated: z.boolean() }),
  errors: ['purchase.refund_differs', 'purchase.refund_exceeds', 'purchase.refund_limit_reached'],
})

export const listPurchases = defineContract({
  id: 'admin.purchases.list',
  method: 'GET',
  path: '/api/admin/purchases',
  actor: 'admin',
  summary: '消费记录，新的在前',
  query: pageQuery.extend({ memberId: identifier.optional() }),
  status: 200,
  response: pageOf(purchase.extend({ refunds: z.array(refund) })),
})

export const listRefunds = defineContract({
  id: 'admin.refunds.list',
  method: 'GET',
  path: '/api/admin/refunds',
  actor: 'admin',
  summary: '等着消费的、被拒绝的退款',
  query: pageQuery.extend({ state: z.enum(refundStates).optional() }),
  status: 200,
  response: pageOf(refund.extend({ clientId: identifier, reason: z.string().nullable() })),
})
