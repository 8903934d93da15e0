import { z } from 'zod'
import { invitationStates, inviteActs } from '../domain/enums'
import { defineContract, identifier, image, instant, pageOf, pageQuery } from './contract'

export const invitation = z.object({
  nick: z.string().describe('打码的昵称'),
  state: z.enum(invitationStates).describe('joined：还差一步；rewarded：已奖励；void：不算邀请'),
  joinedAt: instant,
  points: z.int().describe('邀请人得到的积分'),
  reason: z.string().nullable().describe('为什么没有奖励'),
})

export const readInvitations = defineContract({
  id: 'member.invitations',
  method: 'GET',
  path: '/api/member/invitations',
  actor: 'member',
  summary: '我的邀请码、规则和邀请到的人，新的在前',
  query: pageQuery,
  status: 200,
  response: pageOf(invitation).extend({
    inviteCode: z.string(),
    act: z.enum(inviteActs).describe('被邀请的人做到哪一步才奖励'),
    inviterPoints: z.int(),
    inviteePoints: z.int(),
    monthLimit: z.int(),
    rewardedThisMonth: z.int(),
  }),
})

export const readInvitationCode = defineContract({
  id: 'member.invitations.code',
  method: 'GET',
  path: '/api/member/invitations/mini-program-code',
  actor: 'member',
  summary: '带邀请码的小程序码，用在海报上',
  produces: 'image',
  status: 200,
  response: image,
  errors: ['auth.wechat_unavailable'],
})

export const listAdminInvitations = defineContract({
  id: 'admin.invitations.list',
  method: 'GET',
  path: '/api/admin/invitations',
  actor: 'admin',
  summary: '谁邀请了谁、给了多少、为什么没给，新的在前',
  query: pageQuery.extend({
    inviterId: identifier.optional(),
    state: z.enum(invitationStates).optional(),
  }),
  status: 200,
  response: pageOf(
    invitation.omit({ nick: true, points: true }).extend({
      inviterId: z.string().describe('邀请码无效时为空'),
      inviterNick: z.string(),
      inviteeId: z.string(),
      inviteeNick: z.string(),
      inviterPoints: z.int(),
      inviteePoints: z.int(),
      rewardedAt: instant.nullable(),
      network: z.string().nullable().describe('注册时网络的代号：代号一样就是同一个网络'),
    }),
  ),
})
