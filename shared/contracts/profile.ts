import { z } from 'zod'
import { messageTopics } from '../domain/enums'
import { limits } from '../domain/limits'
import {
  avatarUrl,
  businessDate,
  defineContract,
  identifier,
  idParams,
  image,
  instant,
  nothing,
  text,
} from './contract'

/** What only the member sees of himself. */
export const profile = z.object({
  birthday: businessDate.nullable().describe('只能填一次，之后由客服修改'),
  phoneMasked: z.string().nullable().describe('绑定的手机号，打码；没有绑定为 null'),
  consent: z.object({ version: z.string(), givenAt: instant }).nullable().describe('同意过的隐私政策'),
  mutedTopics: z.array(z.enum(messageTopics)).describe('不想收到的消息类别；订单消息总会发'),
})

export const updateProfile = defineContract({
  id: 'member.update-profile',
  method: 'POST',
  path: '/api/member/me/profile',
  actor: 'member',
  summary: '改我的资料，只改写了的项；生日只能填一次',
  body: z
    .strictObject({
      nick: text(limits.nickCharacters)
        .refine((nick) => !/[\p{Cc}\p{Cf}]/u.test(nick), '昵称里有看不见的字符')
        .optional(),
      avatarUploadId: identifier.nullable().optional().describe('先上传图片，再填这里；null 为不用头像'),
      birthday: businessDate.optional(),
      mutedTopics: z.array(z.enum(messageTopics)).max(messageTopics.length).optional(),
    })
    .refine((changes) => Object.keys(changes).length > 0, '至少写一项要改的'),
  status: 200,
  response: z.object({ profile, nick: z.string(), avatarUrl: avatarUrl.nullable() }),
  errors: [
    'member.nick_refused',
    'member.birthday_set',
    'member.closed',
    'resource.not_found',
    'auth.wechat_unavailable',
  ],
})

export const bindPhone = defineContract({
  id: 'member.bind-phone',
  method: 'POST',
  path: '/api/member/me/phone',
  actor: 'member',
  summary: '用微信的手机号按钮绑定手机号；一个号只能绑定一个账号',
  body: z.object({ code: z.string().min(1).max(128).describe('getPhoneNumber 给的 code') }),
  status: 200,
  response: z.object({ profile }),
  errors: ['member.phone_taken', 'member.closed', 'auth.wechat_code_invalid', 'auth.wechat_unavailable'],
})

export const withdrawConsent = defineContract({
  id: 'member.withdraw-consent',
  method: 'DELETE',
  path: '/api/member/me/consent',
  actor: 'member',
  summary: '撤回对隐私政策的同意：所有设备退出登录，再登录要重新同意',
  status: 204,
  response: nothing,
  errors: ['member.closed'],
})

const closingObstacle = z.object({
  code: z.enum(['orders_under_way', 'debt', 'blocked']),
  message: z.string(),
})

export const readClosing = defineContract({
  id: 'member.closing',
  method: 'GET',
  path: '/api/member/me/closing',
  actor: 'member',
  summary: '注销账号会失去什么；不能注销的说明原因',
  status: 200,
  response: z.object({ obstacles: z.array(closingObstacle), availablePoints: z.int() }),
})

export const closeMe = defineContract({
  id: 'member.close',
  method: 'POST',
  path: '/api/member/me/close',
  actor: 'member',
  summary: '注销账号：个人信息删除，积分作废，不能恢复',
  idempotency: 'required',
  body: z.object({ isUnderstood: z.literal(true).describe('知道积分作废、不能恢复') }),
  status: 200,
  response: z.object({ forfeitedPoints: z.int() }),
  errors: ['member.cannot_close', 'points.in_debt'],
})

export const readAvatar = defineContract({
  id: 'avatar.read',
  method: 'GET',
  path: '/api/avatars/:id',
  actor: 'public',
  summary: '会员的头像',
  params: idParams,
  produces: 'image',
  status: 200,
  response: image,
})
