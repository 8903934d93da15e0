import { z } from 'zod'
import { accountKinds, tiers } from '../domain/enums'
import { limits } from '../domain/limits'
import {
  avatarUrl,
  businessDate,
  defineContract,
  identifier,
  idParams,
  instant,
  nothing,
  pageOf,
  pageQuery,
  searchText,
} from './contract'
import { groupName } from './gift-rules'
import { profile } from './profile'

export const member = z.object({
  id: identifier,
  nick: z.string(),
  avatarUrl: avatarUrl.nullable(),
  tier: z.enum(tiers),
  inviteCode: z.string(),
  joinedAt: instant,
  isBlocked: z.boolean(),
})

export const signInMember = defineContract({
  id: 'member.sign-in',
  method: 'POST',
  path: '/api/member/session',
  actor: 'public',
  summary: '微信登录；第一次来即注册',
  body: z.object({
    code: z.string().min(1).max(128).describe('wx.login 给的 code'),
    inviteCode: z.string().max(32).optional(),
    deviceId: z.string().min(8).max(64).optional().describe('手机自己的随机标识，只用来防刷邀请'),
    consentVersion: z.string().max(32).optional().describe('同意的隐私协议版本'),
  }),
  status: 200,
  response: z.object({
    token: z.string(),
    expiresAt: instant,
    member,
    isNew: z.boolean(),
    giftedPoints: z.int(),
  }),
  errors: ['auth.wechat_code_invalid', 'auth.wechat_unavailable', 'member.consent_required'],
})

export const signOutMember = defineContract({
  id: 'member.sign-out',
  method: 'DELETE',
  path: '/api/member/session',
  actor: 'member',
  summary: '退出登录',
  status: 204,
  response: nothing,
})

export const readMe = defineContract({
  id: 'member.me',
  method: 'GET',
  path: '/api/member/me',
  actor: 'member',
  summary: '我的资料、等级与积分',
  status: 200,
  response: z.object({
    member,
    profile,
    points: z.object({ available: z.int(), frozen: z.int(), debt: z.int() }),
    unreadMessages: z.int(),
  }),
})

/** What decides which gifts a member may redeem, beside his points. */
const memberStanding = z.object({
  tier: z.enum(tiers),
  groups: z.array(groupName).max(limits.groups).describe('所在的人群'),
  birthday: businessDate.nullable(),
  isPhoneBound: z.boolean(),
  accountKind: z.enum(accountKinds).describe('账户类型，决定每笔消费最多得多少积分'),
  spend: z
    .array(z.strictObject({ date: businessDate, fen: z.int().min(0).max(limits.moneyMaxFen) }))
    .max(limits.spendDays)
    .describe('每个业务日消费了多少分钱'),
})

export const adminMember = member.extend({
  ...memberStanding.shape,
  points: z.object({ available: z.int(), frozen: z.int(), debt: z.int() }),
  blockedReason: z.string().nullable(),
  closedAt: instant.nullable().describe('注销时间'),
})

export const listMembers = defineContract({
  id: 'admin.members.list',
  method: 'GET',
  path: '/api/admin/members',
  actor: 'admin',
  summary: '会员列表，可按昵称或编号找',
  query: pageQuery.extend({ q: searchText.optional() }),
  status: 200,
  response: pageOf(adminMember),
})

export const readMember = defineContract({
  id: 'admin.members.read',
  method: 'GET',
  path: '/api/admin/members/:id',
  actor: 'admin',
  summary: '会员详情',
  params: idParams,
  status: 200,
  response: z.object({ member: adminMember }),
})

export const blockMember = defineContract({
  id: 'admin.members.block',
  method: 'POST',
  path: '/api/admin/members/:id/block',
  actor: 'admin',
  summary: '冻结会员，写明原因',
  params: idParams,
  body: z.object({ reason: z.string().trim().min(2).max(200) }),
  status: 200,
  response: z.object({ member: adminMember }),
})

export const unblockMember = defineContract({
  id: 'admin.members.unblock',
  method: 'POST',
  path: '/api/admin/members/:id/unblock',
  actor: 'admin',
  summary: '解除冻结，写明原因',
  params: idParams,
  body: z.object({ reason: z.string().trim().min(2).max(200) }),
  status: 200,
  response: z.object({ member: adminMember }),
})

export const updateMember = defineContract({
  id: 'admin.members.update',
  method: 'PATCH',
  path: '/api/admin/members/:id',
  actor: 'admin',
  summary: '修改会员的保底等级、人群、生日、手机绑定与消费',
  params: idParams,
  body: memberStanding
    .partial()
    .extend({
      tier: z.enum(tiers).optional().describe('保底等级：成长值只会让它更高；regular 取消保底'),
      tierUntil: businessDate.nullable().optional().describe('保底到哪一天，空表示一直有效'),
    })
    .refine(({ tier, tierUntil }) => !tierUntil || tier, '写了保底日期，也要写等级'),
  status: 200,
  response: z.object({ member: adminMember }),
})
