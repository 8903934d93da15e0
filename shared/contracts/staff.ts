import { z } from 'zod'
import { defineContract, identifier, idParams, instant, pageOf, pageQuery, text } from './contract'
import { orderItem } from './orders'
import { store } from './stores'

export const staffMember = z.object({ id: identifier, name: z.string(), store })

export const redemptionOrder = z.object({
  id: identifier,
  number: z.string(),
  state: z.enum(['to_pick_up', 'completed']),
  items: z.array(orderItem),
  redeemedAt: instant.nullable(),
})

const maskedMember = z.object({ masked: z.string().describe('打码后的会员，例如 小* · 尾号 3307') })

const code = z.string().min(8).max(300).describe('12 位数字（空格随意），或二维码里的文字')

export const signInStaff = defineContract({
  id: 'staff.sign-in',
  method: 'POST',
  path: '/api/staff/session',
  actor: 'public',
  summary: '店员登录：管理员绑定过门店的微信',
  body: z.object({ code: z.string().min(1).max(128) }),
  status: 200,
  response: z.object({ token: z.string(), expiresAt: instant, staff: staffMember }),
  errors: ['auth.staff_not_bound', 'auth.wechat_code_invalid', 'auth.wechat_unavailable'],
})

export const signOutStaff = defineContract({
  id: 'staff.sign-out',
  method: 'DELETE',
  path: '/api/staff/session',
  actor: 'staff',
  summary: '退出店员台',
  status: 204,
  response: z.null(),
})

export const readStaffMe = defineContract({
  id: 'staff.me',
  method: 'GET',
  path: '/api/staff/me',
  actor: 'staff',
  summary: '我是谁、在哪家店',
  status: 200,
  response: z.object({ staff: staffMember, handedOverToday: z.int() }),
})

const redemptionErrors = [
  'redemption.code_invalid',
  'redemption.code_expired',
  'redemption.already_used',
  'redemption.wrong_store',
  'redemption.digits_disabled',
  'order.invalid_state',
] as const

export const lookUpRedemption = defineContract({
  id: 'redemption.look-up',
  method: 'POST',
  path: '/api/staff/redemptions/lookup',
  actor: 'staff',
  summary: '看这个码能不能领、领什么，不改变任何东西',
  body: z.object({ code }),
  status: 200,
  response: z.object({ order: redemptionOrder, member: maskedMember }),
  errors: redemptionErrors,
})

export const redeem = defineContract({
  id: 'redemption.create',
  method: 'POST',
  path: '/api/staff/redemptions',
  actor: 'staff',
  summary: '交付礼品，一码只能用一次',
  idempotency: 'required',
  body: z.object({ code }),
  status: 200,
  response: z.object({ order: redemptionOrder, member: maskedMember }),
  errors: redemptionErrors,
})

export const listRedemptions = defineContract({
  id: 'redemption.list',
  method: 'GET',
  path: '/api/staff/redemptions',
  actor: 'staff',
  summary: '本店今天交付的，新的在前',
  query: pageQuery,
  status: 200,
  response: pageOf(z.object({ order: redemptionOrder, member: maskedMember, staffName: z.string() })).extend({
    total: z.int(),
  }),
})

export const adminStaff = z.object({
  id: identifier,
  name: z.string(),
  openid: z.string(),
  storeId: identifier,
  isActive: z.boolean(),
})

export const createStaff = defineContract({
  id: 'admin.staff.create',
  method: 'POST',
  path: '/api/admin/staff',
  actor: 'admin',
  summary: '把一个微信绑定为门店的店员',
  body: z.object({ name: text(20), openid: text(64), storeId: identifier }),
  status: 201,
  response: z.object({ staff: adminStaff }),
  errors: ['resource.conflict', 'resource.not_found'],
})

export const updateStaff = defineContract({
  id: 'admin.staff.update',
  method: 'PATCH',
  path: '/api/admin/staff/:id',
  actor: 'admin',
  summary: '调店、改名或停用；停用立刻生效',
  params: idParams,
  body: z.object({
    name: text(20).optional(),
    storeId: identifier.optional(),
    isActive: z.boolean().optional(),
  }),
  status: 200,
  response: z.object({ staff: adminStaff }),
})

export const listStaff = defineContract({
  id: 'admin.staff.list',
  method: 'GET',
  path: '/api/admin/staff',
  actor: 'admin',
  summary: '店员列表',
  query: pageQuery,
  status: 200,
  response: pageOf(adminStaff),
})
