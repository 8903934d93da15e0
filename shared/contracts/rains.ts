import { z } from 'zod'
import { rainStates, tiers } from '../domain/enums'
import { limits } from '../domain/limits'
import {
  defineContract,
  identifier,
  idParams,
  instant,
  pageOf,
  pageQuery,
  seenVersion,
  text,
} from './contract'
import { pointsExpiry } from './earning-rules'
import { groupName } from './gift-rules'

const somePoints = z.int().min(1).max(limits.pointsMax)

const terms = {
  name: text(30).describe('会员看到的名称'),
  rules: text(1_000).describe('活动规则'),
  startsAt: instant,
  endsAt: instant.describe(`到这一刻为止，最长 ${limits.rainHours} 小时`),
  budgetPoints: somePoints.describe('一共发多少积分；所有红包加起来正好是它'),
  packetCount: z.int().min(1).max(limits.rainPackets),
  minPoints: somePoints.describe('一个红包最少'),
  maxPoints: somePoints.describe('一个红包最多'),
  packetsPerMember: z.int().min(1).max(limits.packetsPerMember).describe('每人最多开几个'),
  tiers: z.array(z.enum(tiers)).max(tiers.length).describe('只给这些等级，空表示所有等级'),
  groups: z.array(groupName).max(limits.groups).describe('只给这些人群，任一即可，空表示所有人'),
  expiry: pointsExpiry.nullable().describe('得到的积分活多久；不写是一年'),
}

export const termsInput = z.strictObject({
  ...terms,
  tiers: terms.tiers.default([]),
  groups: terms.groups.default([]),
  expiry: terms.expiry.default(null),
})

export const adminRain = z.object({
  id: identifier,
  ...terms,
  state: z.enum(rainStates),
  version: z.int(),
  createdAt: instant,
  updatedAt: instant,
})

const oneRain = z.object({ rain: adminRain })

export const createRain = defineContract({
  id: 'admin.rains.create',
  method: 'POST',
  path: '/api/admin/rains',
  actor: 'admin',
  summary: '新建红包雨；先是草稿，公布以后会员才看得到',
  body: termsInput,
  status: 201,
  response: oneRain,
})

export const changeRain = defineContract({
  id: 'admin.rains.change',
  method: 'PUT',
  path: '/api/admin/rains/:id',
  actor: 'admin',
  summary: '改红包雨的草稿；公布了就不能再改',
  params: idParams,
  body: termsInput.extend({ version: seenVersion.describe('改的是哪个版本，别人先改过就拒绝') }),
  status: 200,
  response: oneRain,
  errors: ['resource.conflict', 'rain.invalid_state'],
})

export const announceRain = defineContract({
  id: 'admin.rains.announce',
  method: 'POST',
  path: '/api/admin/rains/:id/announce',
  actor: 'admin',
  summary: '公布红包雨：先把所有红包分好，全部分好才算公布；中断了再公布一次就接着分',
  params: idParams,
  status: 200,
  response: oneRain,
  errors: ['rain.invalid_state', 'resource.conflict'],
})

export const cancelRain = defineContract({
  id: 'admin.rains.cancel',
  method: 'POST',
  path: '/api/admin/rains/:id/cancel',
  actor: 'admin',
  summary: '取消红包雨，正在下的也马上停；已经开的红包不变',
  params: idParams,
  status: 200,
  response: oneRain,
  errors: ['rain.invalid_state'],
})

export const listAdminRains = defineContract({
  id: 'admin.rains.list',
  method: 'GET',
  path: '/api/admin/rains',
  actor: 'admin',
  summary: '红包雨，新建的在前',
  query: pageQuery,
  status: 200,
  response: pageOf(adminRain),
})

export const readAdminRain = defineContract({
  id: 'admin.rains.read',
  method: 'GET',
  path: '/api/admin/rains/:id',
  actor: 'admin',
  summary: '一场红包雨',
  params: idParams,
  status: 200,
  response: oneRain,
})

export const reportRain = defineContract({
  id: 'admin.rains.report',
  method: 'GET',
  path: '/api/admin/rains/:id/report',
  actor: 'admin',
  summary: '一场红包雨发了多少；没开的红包不花预算',
  params: idParams,
  status: 200,
  response: z.object({
    rain: adminRain,
    openedPackets: z.int(),
    leftPackets: z.int(),
    members: z.int().describe('开过红包的会员'),
    openedPoints: z.int().describe('开了的红包里一共有多少积分'),
    givenPoints: z.int().describe('真正给出的积分'),
    cutPoints: z.int().describe('会员自己到了上限、没有给出的'),
    leftPoints: z.int().describe('没开的红包里的积分'),
  }),
})

export const rain = z.object({
  id: identifier,
  name: z.string(),
  rules: z.string(),
  startsAt: instant,
  endsAt: instant,
  state: z.enum(['announced', 'running', 'ended', 'cancelled']),
  packetCount: z.int(),
  budgetPoints: z.int(),
  maxPoints: z.int(),
  packetsPerMember: z.int(),
  leftPercent: z.int().min(0).max(100).describe('还剩百分之几的红包，大约；0 才是一个也没有了'),
  mine: z
    .object({
      openedPackets: z.int(),
      points: z.int().describe('已得的积分'),
      leftPackets: z.int().describe('还能开几个'),
      obstacle: z.string().nullable().describe('为什么不能参加'),
    })
    .nullable()
    .describe('没有登录时为 null'),
})

export const listRains = defineContract({
  id: 'rain.list',
  method: 'GET',
  path: '/api/member/rains',
  actor: 'member-optional',
  summary: '正在下的和快要下的红包雨，早的在前；登录了就只有自己能参加的',
  status: 200,
  response: z.object({
    items: z.array(rain),
    serverTime: instant.describe('以服务器的时间为准'),
  }),
})

export const readRain = defineContract({
  id: 'rain.read',
  method: 'GET',
  path: '/api/member/rains/:id',
  actor: 'member-optional',
  summary: '一场红包雨：什么时候、还剩多少、我开了几个',
  params: idParams,
  status: 200,
  response: z.object({ rain, serverTime: instant }),
})

export const openPacket = defineContract({
  id: 'rain.open-packet',
  method: 'POST',
  path: '/api/member/rains/:id/packets',
  actor: 'member',
  summary: '开一个红包',
  idempotency: 'required',
  params: idParams,
  status: 201,
  response: z.object({
    packet: z.object({
      points: z.int().describe('得到的积分'),
      cuts: z
        .array(z.object({ reason: z.string(), points: z.int() }))
        .describe('红包里有、因为自己的上限没有得到的'),
    }),
    mine: z.object({ openedPackets: z.int(), points: z.int(), leftPackets: z.int() }),
  }),
  errors: [
    'rain.not_started',
    'rain.over',
    'rain.empty',
    'rain.limit_reached',
    'rain.not_eligible',
    'member.blocked',
  ],
})
