import { z } from 'zod'
import { inviteActs, tiers } from '../domain/enums'
import { limits } from '../domain/limits'
import { defineContract } from './contract'
import { entitlementName } from './gift-rules'

const growth = z.int().min(1).max(limits.pointsMax)
const tierReward = z.int().min(0).max(1_000_000)

/** The programme's numbers that an admin may change, and how far. */
const numbers = {
  adjustmentLimitPoints: z
    .int()
    .min(0)
    .max(limits.pointsMax)
    .describe('一位管理员一次能单独调整的积分，超过要另一位审批；0 表示每次都要审批'),
  pointsPerYuan: z.int().min(1).max(1_000_000).describe('多少积分折合 1 元，用于估算负债'),
  registrationPoints: z.int().min(0).max(100_000).describe('注册送的积分，0 表示不送'),
  registrationLifeDays: z.int().min(1).max(3_650).describe('注册送的积分有效几天'),
  checkInPoints: z.int().min(1).max(10_000).describe('每天签到的积分'),
  checkInWeekExtraPoints: z.int().min(0).max(100_000).describe('每连续签到 7 天另加的积分，0 表示不加'),
  checkInMonthPoints: z.int().min(0).max(100_000).describe('每连续签到 30 天另加的积分，0 表示不加'),
  checkInMonthCards: z.int().min(0).max(10).describe('每连续签到 30 天送几张补签卡，0 表示不送'),
  checkInMonthTierDays: z.int().min(1).max(365).describe('每连续签到 30 天送的等级再保留几天'),
  checkInMonthEntitlementDays: z.int().min(1).max(365).describe('每连续签到 30 天送的兑换资格几天内有效'),
  makeUpPricePoints: z.int().min(1).max(100_000).describe('没有补签卡时，补签一天要多少积分'),
  makeUpMonthLimit: z.int().min(0).max(31).describe('每位会员一个月最多补签几次，0 表示不能补签'),
  makeUpDaysBack: z.int().min(0).max(limits.makeUpDaysBack).describe('最多补几天以前的签到，0 表示不能补签'),
  checkInReminderHour: z.int().min(0).max(23).describe('每天几点起提醒还没签到的会员（业务时区）'),
  spendingRatePercent: z
    .int()
    .min(0)
    .max(limits.percentMax)
    .describe('消费 1 元得多少积分的百分数：100 表示 1 元 1 积分'),
  silverPercent: z.int().min(100).max(limits.percentMax).describe('银卡消费得几倍积分：120 表示 1.2 倍'),
  goldPercent: z.int().min(100).max(limits.percentMax).describe('金卡消费得几倍积分'),
  platinumPercent: z.int().min(100).max(limits.percentMax).describe('铂金消费得几倍积分'),
  diamondPercent: z.int().min(100).max(limits.percentMax).describe('钻石消费得几倍积分'),
  personalPurchaseCapPoints: z.int().min(1).max(limits.pointsMax).describe('个人账户每笔消费最多得几分'),
  merchantPurchaseCapPoints: z.int().min(1).max(limits.pointsMax).describe('商户账户每笔消费最多得几分'),
  headOfficePurchaseCapPoints: z.int().min(1).max(limits.pointsMax).describe('总部账户每笔消费最多得几分'),
  silverGrowth: growth.describe('银卡要多少成长值；一级要比一级高'),
  goldGrowth: growth.describe('金卡要多少成长值'),
  platinumGrowth: growth.describe('铂金要多少成长值'),
  diamondGrowth: growth.describe('钻石要多少成长值'),
  silverRewardPoints: tierReward.describe('第一次升到银卡送的积分，0 表示不送'),
  goldRewardPoints: tierReward.describe('第一次升到金卡送的积分'),
  platinumRewardPoints: tierReward.describe('第一次升到铂金送的积分'),
  diamondRewardPoints: tierReward.describe('第一次升到钻石送的积分'),
  tierGraceDays: z.int().min(1).max(365).describe('成长值不够以后，等级再保留几天'),
  growthPerYuan: z.int().min(0).max(1_000).describe('实付 1 元得多少成长值，0 表示不得'),
  growthPerCheckIn: z.int().min(0).max(10_000).describe('每天签到得多少成长值，0 表示不得'),
  dayCapPoints: z.int().min(0).max(limits.pointsMax).describe('每位会员一天最多获得的积分，0 表示不限'),
  monthCapPoints: z.int().min(0).max(limits.pointsMax).describe('每位会员一个月最多获得的积分，0 表示不限'),
  balanceCeilingPoints: z
    .int()
    .min(1)
    .max(limits.pointsMax)
    .describe('可用积分的上限，到了就不再获得；人工调整不受限'),
  inviterPoints: z.int().min(0).max(100_000).describe('邀请成功，邀请人得多少积分'),
  inviteePoints: z.int().min(0).max(100_000).describe('邀请成功，被邀请人得多少积分'),
  inviteMonthLimit: z.int().min(0).max(1_000).describe('每位会员一个月最多几次邀请有奖励'),
  inviteNetworkLimit: z
    .int()
    .min(0)
    .max(1_000)
    .describe('从同一个网络地址注册的人，30 天里最多几个给邀请人奖励，0 表示不限'),
  minimumBalancePoints: z
    .int()
    .min(0)
    .max(limits.pointsMax)
    .describe('新建礼品没写参与门槛时，兑换前至少要有多少可用积分，0 表示不要求'),
  secondCheckPoints: z
    .int()
    .min(0)
    .max(limits.pointsMax)
    .describe('一张订单从多少积分起要短信验证码，0 表示都不要；要先配置短信服务'),
  reviewReminderDays: z.int().min(1).max(90).describe('订单审核等几天后提醒一次，要早于自动拒绝'),
  reviewRejectDays: z.int().min(2).max(90).describe('订单审核等几天后自动拒绝，积分和库存退回'),
  autoConfirmDays: z.int().min(1).max(90).describe('发货后几天自动确认收货；已经发出的不变'),
  returnLapseDays: z.int().min(1).max(365).describe('同意退换货后几天不寄回就结束；已经同意的不变'),
}

/** What is chosen from a list. */
const choices = {
  inviteAct: z.enum(inviteActs).describe('被邀请的人做到哪一步才奖励：注册、签到、消费'),
  checkInMonthTier: z.enum(tiers).describe('每连续签到 30 天送的保底等级，regular 表示不送'),
  checkInMonthEntitlement: entitlementName
    .or(z.literal(''))
    .describe('每连续签到 30 天送的兑换资格的名字，空表示不送'),
}

/** What a brand may change of the looks. */
const looks = {
  accentColor: z
    .string()
    .regex(/^#[0-9A-Fa-f]{6}$/, '颜色写成 #1F6B4F 这样')
    .toUpperCase()
    .describe('主色；压在上面的字和深色模式由小程序按对比度算'),
}

export const settings = z.object({ ...numbers, ...choices, ...looks })
export type Settings = z.output<typeof settings>

export const readSettings = defineContract({
  id: 'admin.settings.read',
  method: 'GET',
  path: '/api/admin/settings',
  actor: 'admin',
  summary: '可以调整的数字与外观',
  status: 200,
  response: z.object({ settings }),
})

export const updateSettings = defineContract({
  id: 'admin.settings.update',
  method: 'PATCH',
  path: '/api/admin/settings',
  actor: 'admin',
  summary: '改数字或外观，只写要改的（仅所有者）',
  body: z
    .strictObject({ ...numbers, ...choices, ...looks })
    .partial()
    .refine((changes) => Object.keys(changes).length > 0, '至少写一项要改的'),
  status: 200,
  response: z.object({ settings }),
  errors: ['sms.not_configured'],
})

export const readBrand = defineContract({
  id: 'brand.read',
  method: 'GET',
  path: '/api/member/brand',
  actor: 'public',
  summary: '品牌外观，小程序打开时读',
  status: 200,
  response: z.object({ brand: z.object(looks) }),
})
