import { z } from 'zod'
import { afterSaleKinds, afterSaleStates, resolutions } from '../domain/enums'
import { limits } from '../domain/limits'
import { defineContract, identifier, idParams, instant, pageOf, pageQuery, text } from './contract'
import { orderItem } from './orders'

const parcel = z.object({
  carrier: text(30),
  trackingNumber: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9-]{4,40}$/, '运单号只含字母、数字和连字符'),
})
const reason = z.string().trim().min(2)

export const afterSaleSummary = z.object({
  id: identifier,
  orderId: identifier,
  orderNumber: z.string(),
  kind: z.enum(afterSaleKinds),
  state: z.enum(afterSaleStates),
  items: z.array(orderItem).describe('quantity 为申请售后的件数'),
  requestedAt: instant,
})

export const afterSaleDetail = afterSaleSummary.extend({
  reason: z.string(),
  photoIds: z.array(identifier),
  resolution: z.enum(resolutions).nullable(),
  refundedPoints: z.int().describe('退回的积分'),
  decisionNote: z.string().nullable().describe('审核说明，或不通过的原因'),
  returnParcel: parcel.nullable().describe('会员寄回的包裹'),
  returnDueAt: instant.nullable().describe('最晚什么时候寄出；过了还没填运单号，申请就结束'),
  replacementParcel: parcel.nullable().describe('换新寄出的包裹'),
  timeline: z.array(
    z.object({ state: z.enum(afterSaleStates), title: z.string(), note: z.string().nullable(), at: instant }),
  ),
  canWithdraw: z.boolean(),
  canSendBack: z.boolean().describe('现在可以填寄回的运单号'),
})

export const listAfterSaleOptions = defineContract({
  id: 'after-sale.options',
  method: 'GET',
  path: '/api/member/orders/:id/after-sale-options',
  actor: 'member',
  summary: '这张订单现在能申请哪些售后，不能的说明原因；以及最近一次申请',
  params: idParams,
  status: 200,
  response: z.object({
    options: z.array(
      z.object({
        kind: z.enum(afterSaleKinds),
        isAllowed: z.boolean(),
        reason: z.string().nullable().describe('不能申请的原因'),
        until: instant.nullable().describe('可以申请到什么时候；没有期限为 null'),
      }),
    ),
    latest: afterSaleSummary.nullable(),
  }),
})

export const requestAfterSale = defineContract({
  id: 'after-sale.request',
  method: 'POST',
  path: '/api/member/after-sales',
  actor: 'member',
  summary: '申请售后：取消、退货、换货、破损、丢失；一张订单同时只有一个申请',
  idempotency: 'required',
  body: z.object({
    orderId: identifier,
    kind: z.enum(afterSaleKinds),
    reason: reason.max(limits.afterSaleReasonCharacters),
    photoIds: z
      .array(identifier)
      .max(limits.photosPerAfterSale)
      .default([])
      .describe('先上传，再填这里；破损（券码用不了也算）至少一张'),
    items: z
      .array(
        z.object({
          giftId: identifier,
          skuId: identifier.optional(),
          quantity: z.int().min(1).max(limits.quantityPerItem),
        }),
      )
      .min(1)
      .max(limits.orderItems)
      .optional()
      .describe('不填为整张订单里还没有退过的'),
  }),
  status: 201,
  response: z.object({ afterSale: afterSaleDetail }),
  errors: ['after_sale.not_allowed', 'resource.not_found'],
})

export const listAfterSales = defineContract({
  id: 'after-sale.list',
  method: 'GET',
  path: '/api/member/after-sales',
  actor: 'member',
  summary: '我的售后申请，新的在前',
  query: pageQuery.extend({ orderId: identifier.optional() }),
  status: 200,
  response: pageOf(afterSaleSummary),
})

export const readAfterSale = defineContract({
  id: 'after-sale.read',
  method: 'GET',
  path: '/api/member/after-sales/:id',
  actor: 'member',
  summary: '售后详情与进度',
  params: idParams,
  status: 200,
  response: z.object({ afterSale: afterSaleDetail }),
})

export const withdrawAfterSale = defineContract({
  id: 'after-sale.withdraw',
  method: 'POST',
  path: '/api/member/after-sales/:id/withdraw',
  actor: 'member',
  summary: '撤销申请；已经寄回的不能撤销',
  params: idParams,
  status: 200,
  response: z.object({ afterSale: afterSaleDetail }),
  errors: ['after_sale.invalid_state'],
})

export const sendBack = defineContract({
  id: 'after-sale.send-back',
  method: 'POST',
  path: '/api/member/after-sales/:id/return-parcel',
  actor: 'member',
  summary: '填寄回的快递和运单号',
  params: idParams,
  body: parcel,
  status: 200,
  response: z.object({ afterSale: afterSaleDetail }),
  errors: ['after_sale.invalid_state'],
})

export const adminAfterSale = afterSaleDetail.extend({ memberId: identifier, memberNick: z.string() })

export const listAdminAfterSales = defineContract({
  id: 'admin.after-sales.list',
  method: 'GET',
  path: '/api/admin/after-sales',
  actor: 'admin',
  summary: '售后申请，新的在前',
  query: pageQuery.extend({
    state: z.enum(afterSaleStates).optional(),
    kind: z.enum(afterSaleKinds).optional(),
    memberId: identifier.optional(),
    orderId: identifier.optional(),
  }),
  status: 200,
  response: pageOf(adminAfterSale),
})

export const readAdminAfterSale = defineContract({
  id: 'admin.after-sales.read',
  method: 'GET',
  path: '/api/admin/after-sales/:id',
  actor: 'admin',
  summary: '售后详情',
  params: idParams,
  status: 200,
  response: z.object({ afterSale: adminAfterSale }),
})

const note = text(limits.reasonCharacters).optional().describe('给会员看的说明')
const settling = z.object({
  restock: z.boolean().default(false).describe('礼品是否回到库存，卡券不能；发货前取消的总是回到库存'),
  parcel: parcel.optional().describe('换新寄出的包裹；快递订单换新时必填'),
  note,
})

const settlingErrors = [
  'after_sale.invalid_state',
  'after_sale.not_allowed',
  'order.invalid_state',
  'points.limit_reached',
  'gift.sold_out',
  'member.closed',
] as const

export const approveAfterSale = defineContract({
  id: 'admin.after-sales.approve',
  method: 'POST',
  path: '/api/admin/after-sales/:id/approve',
  actor: 'admin',
  summary: '同意：取消、破损、丢失马上处理；退货、换货等会员寄回',
  idempotency: 'required',
  params: idParams,
  body: settling.extend({
    resolution: z.enum(resolutions),
    points: z.int().min(1).max(limits.pointsMax).optional().describe('部分退回的积分，只用于 refund_partial'),
  }),
  status: 200,
  response: z.object({ afterSale: adminAfterSale }),
  errors: settlingErrors,
})

export const receiveAfterSale = defineContract({
  id: 'admin.after-sales.receive',
  method: 'POST',
  path: '/api/admin/after-sales/:id/receive',
  actor: 'admin',
  summary: '收到寄回的礼品：退积分，或寄出换新的',
  idempotency: 'required',
  params: idParams,
  body: settling.extend({
    resolution: z.enum(['refund', 'replace']).optional().describe('与同意时不同才填，比如没有货可换'),
  }),
  status: 200,
  response: z.object({ afterSale: adminAfterSale }),
  errors: settlingErrors,
})

export const rejectAfterSale = defineContract({
  id: 'admin.after-sales.reject',
  method: 'POST',
  path: '/api/admin/after-sales/:id/reject',
  actor: 'admin',
  summary: '不同意，写明原因',
  params: idParams,
  body: z.object({ reason: reason.max(limits.reasonCharacters) }),
  status: 200,
  response: z.object({ afterSale: adminAfterSale }),
  errors: ['after_sale.invalid_state'],
})
