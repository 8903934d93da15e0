import { z } from 'zod'
import { tiers } from '../domain/enums'
import { businessDate, defineContract, idParams } from './contract'

export const growthDay = z.object({ date: businessDate, value: z.int() })

const standing = z.object({
  tier: z.enum(tiers),
  growth: z.int().describe('最近 365 天的成长值'),
  floor: z
    .object({ tier: z.enum(tiers), until: businessDate.nullable().describe('空表示一直有效') })
    .nullable()
    .describe('人工给的保底等级'),
  lent: z
    .object({ tier: z.enum(tiers), until: businessDate })
    .nullable()
    .describe('连续签到送的等级，到期自动结束，与成长值和人工保底互不影响'),
  keptUntil: businessDate.nullable().describe('成长值不够时，等级保留到哪一天'),
  nextFalloff: growthDay.nullable().describe('最早的成长值哪一天起不再计入，有多少'),
  recent: z.array(growthDay).describe('最近有成长值的几天，新的在前'),
})

export const readTier = defineContract({
  id: 'member.tier',
  method: 'GET',
  path: '/api/member/tier',
  actor: 'member',
  summary: '我的等级、成长值与各等级的权益',
  status: 200,
  response: standing.extend({
    next: z
      .object({ tier: z.enum(tiers), missing: z.int() })
      .nullable()
      .describe('下一级，还差多少成长值'),
    tiers: z.array(
      z.object({
        tier: z.enum(tiers),
        threshold: z.int().describe('要多少成长值'),
        pointsPercent: z.int().describe('消费得几倍积分：120 表示 1.2 倍'),
        rewardPoints: z.int().describe('第一次升到时送的积分'),
        isRewarded: z.boolean().describe('升级礼已经给过'),
        exclusiveGifts: z.int().describe('在架礼品里，这一级能换的会员专属礼品有几件'),
        pricedGifts: z.int().describe('在架礼品里，这一级有会员价的有几件'),
      }),
    ),
    earning: z.object({ perYuan: z.int(), perCheckIn: z.int() }).describe('消费 1 元、签到 1 次得多少成长值'),
  }),
})

export const adminTier = standing.extend({
  rewardedTiers: z.array(z.enum(tiers)).describe('给过升级礼的等级'),
})

export const readMemberTier = defineContract({
  id: 'admin.members.tier',
  method: 'GET',
  path: '/api/admin/members/:id/tier',
  actor: 'admin',
  summary: '会员的成长值、保底等级与宽限',
  params: idParams,
  status: 200,
  response: z.object({ tier: adminTier }),
})
