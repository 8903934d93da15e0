import { z } from 'zod'
import { carrierCodes, trackingStatuses } from '../domain/carriers'
import { handOvers, orderStates } from '../domain/enums'
import type { ErrorCode } from '../domain/error-codes'
import { limits } from '../domain/limits'
import { defineContract, identifier, idParams, instant, pageOf, pageQuery, pictureUrl } from './contract'
import { parcelInput } from './shipments'

export const orderItem = z.object({
  giftId: identifier,
  skuId: identifier.nullable(),
  name: z.string(),
  skuName: z.string().nullable(),
  thumbnailUrl: pictureUrl.nullable(),
  quantity: z.int(),
  pricePoints: z.int(),
})

export const orderSummary = z.object({
  id: identifier,
  number: z.string().describe('给人看的订单号'),
  state: z.enum(orderStates),
  handOver: z.enum(handOvers),
  items: z.array(orderItem),
  totalPoints: z.int(),
  placedAt: instant,
  pickUpExpiresAt: instant.nullable().describe('到店自取的截止时间'),
})

export const orderDetail = orderSummary.extend({
  address: z
    .object({ name: z.string(), phone: z.string(), region: z.array(z.string()), detail: z.string() })
    .nullable(),
  stores: z.array(z.object({ id: identifier, name: z.string(), address: z.string(), hours: z.string() })),
  shipment: z
    .object({
      carrier: z.string(),
      carrierCode: z.enum(carrierCodes),
      trackingNumber: z.string(),
      shippedAt: instant,
      deliveredAt: instant.nullable().describe('快递签收的时间'),
    })
    .nullable(),
  handedOver: z.object({ staffName: z.string(), storeName: z.string(), redeemedAt: instant }).nullable(),
  autoConfirmsAt: instant.nullable(),
  rejectionReason: z.string().nullable(),
  timeline: z.array(
    z.object({
      state: z.enum(orderStates),
      tracking: z.enum(trackingStatuses).nullable().describe('物流记录的状态；订单自己的步骤为 null'),
      title: z.string(),
      note: z.string().nullable(),
      at: instant,
    }),
  ),
  canCancel: z.boolean(),
  canConfirm: z.boolean(),
  pointsAfter: z
    .object({ available: z.int(), frozen: z.int() })
    .nullable()
    .describe('刚下单时的余额，其余时候为 null'),
})

export const placeOrder = defineContract({
  id: 'order.place',
  method: 'POST',
  path: '/api/member/orders',
  actor: 'member',
  summary: '兑换：一件或几件礼品，要么全成，要么全不成',
  idempotency: 'required',
  body: z.object({
    items: z
      .array(
        z.object({
          giftId: identifier,
          skuId: identifier.optional(),
          quantity: z.int().min(1).max(limits.quantityPerItem),
          expectedPricePoints: z
            .int()
            .min(0)
            .max(limits.pointsMax)
            .optional()
            .describe('会员看到的单价；和现在的不同就不下单'),
        }),
      )
      .min(1)
      .max(limits.orderItems),
    addressId: identifier.optional(),
    storeId: identifier.optional().describe('在哪家门店领；有按门店备货的礼品时要写'),
    fromBasket: z.boolean().optional().describe('从礼品篮下单：换到的从礼品篮里拿走'),
    verificationCode: z
      .string()
      .regex(/^\d{6}$/, '验证码是 6 位数字')
      .optional()
      .describe('积分多的订单要的短信验证码；不算在请求标识的内容里'),
  }),
  status: 201,
  response: z.object({ order: orderDetail }),
  errors: [
    'gift.sold_out',
    'gift.limit_reached',
    'gift.not_on_sale',
    'gift.not_eligible',
    'gift.mixed_hand_over',
    'order.price_changed',
    'order.second_check_required',
    'order.second_check_wrong',
    'order.second_check_expired',
    'points.insufficient',
    'points.in_debt',
    'member.blocked',
    'resource.not_found',
  ],
})

export const sendOrderCode = defineContract({
  id: 'order.send-code',
  method: 'POST',
  path: '/api/member/orders/verification-codes',
  actor: 'member',
  summary: '把下单要的验证码发到绑定的手机号；新的发出后旧的就失效',
  status: 201,
  response: z.object({
    phoneMasked: z.string(),
    expiresAt: instant,
    resendAt: instant.describe('到这个时间才能再发一次'),
  }),
  errors: [
    'member.phone_required',
    'member.phone_too_new',
    'member.blocked',
    'member.closed',
    'sms.not_configured',
    'sms.too_often',
    'sms.number_refused',
    'sms.unavailable',
  ],
})

/** The tabs of the order list: what the member must do. */
export const orderTabs = ['to_receive', 'to_pick_up', 'completed', 'closed'] as const

export const listOrders = defineContract({
  id: 'order.list',
  method: 'GET',
  path: '/api/member/orders',
  actor: 'member',
  summary: '我的订单，新的在前',
  query: pageQuery.extend({
    state: z.enum(orderStates).optional(),
    tab: z.enum(orderTabs).optional().describe('待收货、待领取、已完成、已关闭'),
  }),
  status: 200,
  response: pageOf(orderSummary),
})

export const readOrder = defineContract({
  id: 'order.read',
  method: 'GET',
  path: '/api/member/orders/:id',
  actor: 'member',
  summary: '订单详情与时间线',
  params: idParams,
  status: 200,
  response: z.object({ order: orderDetail }),
})

export const cancelOrder = defineContract({
  id: 'order.cancel',
  method: 'POST',
  path: '/api/member/orders/:id/cancel',
  actor: 'member',
  summary: '取消订单，积分和库存退回',
  params: idParams,
  status: 200,
  response: z.object({ order: orderDetail }),
  errors: ['order.invalid_state'],
})

export const confirmOrder = defineContract({
  id: 'order.confirm',
  method: 'POST',
  path: '/api/member/orders/:id/confirm',
  actor: 'member',
  summary: '确认收货',
  params: idParams,
  status: 200,
  response: z.object({ order: orderDetail }),
  errors: ['order.invalid_state'],
})

export const readOrderCode = defineContract({
  id: 'order.code',
  method: 'GET',
  path: '/api/member/orders/:id/code',
  actor: 'member',
  summary: '到店出示的兑换码',
  params: idParams,
  status: 200,
  response: z.object({
    digits: z
      .string()
      .regex(/^\d{12}$/)
      .nullable()
      .describe('12 位数字；只许扫码的礼品为 null'),
    qrText: z.string(),
    refreshAt: instant.describe('到这个时间换一个新的二维码'),
    qrValidUntil: instant.describe('没能换新时，这个二维码最晚用到什么时候'),
    expiresAt: instant.describe('到店领取的截止时间'),
  }),
  errors: ['order.invalid_state', 'redemption.code_expired'],
})

export const adminOrder = orderDetail.extend({
  memberId: identifier,
  memberNick: z.string(),
  review: z
    .object({
      reasons: z.array(z.object({ code: z.string(), message: z.string() })),
      remindedAt: instant.nullable().describe('等得太久，提醒过的时间'),
      rejectsAt: instant.nullable().describe('到这个时间还没有审核就自动退回；审核过了为 null'),
    })
    .nullable()
    .describe('为什么要审核；不用审核的为 null'),
})

export const listAdminOrders = defineContract({
  id: 'admin.orders.list',
  method: 'GET',
  path: '/api/admin/orders',
  actor: 'admin',
  summary: '订单列表，新的在前；待审核的是队列，先来的在前',
  query: pageQuery.extend({
    state: z.enum(orderStates).optional(),
    memberId: identifier.optional(),
    giftId: identifier.optional(),
    reminded: z.enum(['true', 'false']).optional().describe('只看等得太久、提醒过的'),
  }),
  status: 200,
  response: pageOf(adminOrder),
})

const adminTransition = <const Id extends string, const Verb extends string, B extends z.ZodType>(
  id: Id,
  verb: Verb,
  summary: string,
  body: B,
  errors: readonly ErrorCode[] = [],
) =>
  defineContract({
    id,
    method: 'POST',
    path: `/api/admin/orders/:id/${verb}`,
    actor: 'admin',
    summary,
    params: idParams,
    body,
    status: 200,
    response: z.object({ order: adminOrder }),
    errors: ['order.invalid_state', ...errors],
  })

export const shipOrder = adminTransition('admin.orders.ship', 'ship', '发货', parcelInput)

export const correctShipment = defineContract({
  id: 'admin.orders.correct-shipment',
  method: 'PATCH',
  path: '/api/admin/orders/:id/shipment',
  actor: 'admin',
  summary: '更正运送中订单的快递公司和运单号',
  params: idParams,
  body: parcelInput,
  status: 200,
  response: z.object({ order: adminOrder }),
  errors: ['order.invalid_state'],
})

export const approveOrder = adminTransition(
  'admin.orders.approve',
  'approve',
  '审核通过',
  z.object({}).optional(),
  ['gift.sold_out'],
)

export const rejectOrder = adminTransition(
  'admin.orders.reject',
  'reject',
  '审核不通过，积分和库存退回',
  z.object({ reason: z.string().trim().min(2).max(limits.reasonCharacters) }),
)
