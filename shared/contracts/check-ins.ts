import { z } from 'zod'
import { businessDate, defineContract, month } from './contract'

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
  }),
})
