import { z } from 'zod'
import { milestones } from '../domain/check-ins'
import { limits } from '../domain/limits'
import { businessDate, defineContract, month } from './contract'

const milestoneDays = z.literal([...milestones]).describe('连续几天')
const rewardWords = z.string().describe('得到什么，如：金卡 30 天、补签卡 1 张')

const reached = z.array(z.object({ days: milestoneDays, reward: rewardWords })).describe('这次达成的连续奖励')

/** What a make-up costs: a card when there is one, else points. */
export const makeUpPrice = z.discriminatedUnion('with', [
  z.strictObject({ with: z.literal('card') }),
  z.strictObject({ with: z.literal('points'), points: z.int().min(1).max(limits.pointsMax) }),
])

export const checkIn = defineContract({
  id: 'check-in.create',
  method: 'POST',
  path: '/api/member/check-ins',
  actor: 'member',
  summary: '今日签到；重复签到给回同样的结果',
  status: 200,
  response: z.object({
    businessDate,
    points: z.int().describe('今天签到得到的积分，含连续奖励'),
    streakDays: z.int(),
    alreadyCheckedIn: z.boolean(),
    balance: z.int().describe('签到后的可用积分'),
    reached,
  }),
  errors: ['member.blocked'],
})

export const readCheckIns = defineContract({
  id: 'check-in.calendar',
  method: 'GET',
  path: '/api/member/check-ins',
  actor: 'member',
  summary: '签到日历与本周',
  query: z.object({ month: month.optional() }),
  status: 200,
  response: z.object({
    month,
    days: z
      .array(z.object({ businessDate, points: z.int(), streakDays: z.int() }))
      .describe('这个月签过到的日子'),
    today: z.object({
      businessDate,
      isCheckedIn: z.boolean(),
      points: z.int().describe('今天已得，或现在签到可得'),
      streakDays: z.int().describe('到今天为止的连续天数；今天没签就是到昨天'),
    }),
    tomorrow: z
      .object({ businessDate, points: z.int(), streakDays: z.int() })
      .describe('今天签到后，明天再签可得'),
    nextBonus: z
      .object({ businessDate, points: z.int(), streakDays: z.int() })
      .nullable()
      .describe('天天签到，下一次有连续奖励的日子；没有连续奖励时为 null'),
    week: z
      .array(
        z.object({
          businessDate,
          state: z.enum(['checked', 'missed', 'today', 'upcoming']),
          points: z.int().describe('已得，或照常签到可得'),
        }),
      )
      .length(7)
      .describe('周一到周日'),
    progress: z
      .array(
        z.object({
          days: milestoneDays,
          doneDays: z.int().describe('已经连续几天；达成过的不再算'),
          businessDate: businessDate.describe('天天签到，哪一天达成'),
          reward: rewardWords,
        }),
      )
      .describe('下一次连续奖励；没有奖励的不列'),
    milestones: z
      .array(z.object({ businessDate, days: milestoneDays, reward: rewardWords }))
      .describe('这个月达成的连续奖励'),
    madeUpDates: z.array(businessDate).describe('这个月里补签的日子'),
    makeUp: z.object({
      dates: z.array(businessDate).describe('这个月里现在可以补签的日子'),
      price: makeUpPrice.describe('现在补签一天的价；有补签卡先用卡'),
      left: z.int().describe('本月还能补签几次'),
      monthLimit: z.int().describe('一个月最多几次，0 表示不能补签'),
      daysBack: z.int().describe('最多补几天以前的'),
      cards: z.int().describe('补签卡张数'),
    }),
    reminder: z.object({
      isOn: z.boolean(),
      hour: z.int().describe('每天几点起提醒'),
      templateId: z.string().nullable().describe('微信订阅消息的模板；空表示只发站内信'),
      wechatLeft: z.int().describe('微信里还能提醒几次，每同意一次加一次'),
    }),
  }),
})

export const makeUpCheckIn = defineContract({
  id: 'check-in.make-up',
  method: 'POST',
  path: '/api/member/check-ins/make-ups',
  actor: 'member',
  summary: '补签过去的一天，用补签卡或积分；不得每日积分，只接上连续天数',
  idempotency: 'required',
  body: z.strictObject({
    businessDate,
    price: makeUpPrice.describe('看到的价；和现在的不一样就不补'),
  }),
  status: 201,
  response: z.object({
    businessDate,
    paid: makeUpPrice,
    points: z.int().describe('因此达成连续奖励得到的积分'),
    streakDays: z.int().describe('补签后，到今天为止的连续天数；今天没签就是到昨天'),
    reached,
    balance: z.int().describe('补签后的可用积分'),
    cards: z.int().describe('还剩几张补签卡'),
    left: z.int().describe('本月还能补签几次'),
  }),
  errors: [
    'check_in.make_up_off',
    'check_in.make_up_not_past',
    'check_in.make_up_before_joining',
    'check_in.make_up_too_old',
    'check_in.make_up_limit',
    'check_in.make_up_price_changed',
    'check_in.already_checked_in',
    'points.insufficient',
    'points.in_debt',
    'member.blocked',
  ],
})

export const setCheckInReminder = defineContract({
  id: 'check-in.reminder',
  method: 'PUT',
  path: '/api/member/check-ins/reminder',
  actor: 'member',
  summary: '开关签到提醒',
  body: z.strictObject({
    isOn: z.boolean(),
    hasConsented: z.boolean().default(false).describe('刚刚在微信里同意了一次订阅消息'),
  }),
  status: 200,
  response: z.object({ isOn: z.boolean(), wechatLeft: z.int() }),
  errors: ['member.closed'],
})
