import type { z } from 'zod'
import type { readCheckIns } from '#shared/contracts/check-ins'
import { addDays, type BusinessDate, daysBetween, monthOf, weekdayOf } from '#shared/domain/business-date'
import type { Services } from '../../../platform/services'
import { readSettings } from '../../settings'
import { CheckInModel } from '../check-in.model'
import { type RewardSettings, rewardPoints, weekDays } from '../rewards'

type Calendar = z.input<typeof readCheckIns.response>

/** A month of check-ins, today's and tomorrow's reward, and the week from Monday to Sunday. */
export async function readCalendar(
  { clock, calendar }: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
  wantedMonth: string | undefined,
): Promise<Calendar> {
  const today = calendar.dateOf(clock.now())
  const month = wantedMonth ?? monthOf(today)
  const monday = addDays(today, 1 - weekdayOf(today))
  const recent = await findBetween(memberId, addDays(monday, -1), today)
  const days = await findBetween(memberId, `${month}-01`, `${month}-31`)
  const settings = await readSettings()
  const recentByDate = new Map(recent.map((day) => [day.businessDate, day]))
  const done = recentByDate.get(today)
  const streakBefore = recentByDate.get(addDays(today, -1))?.streakDays ?? 0
  const streakDays = done?.streakDays ?? streakBefore
  const streakAfterToday = done?.streakDays ?? streakBefore + 1
  const pointsOn = (date: BusinessDate) =>
    recentByDate.get(date)?.points ?? rewardPoints(settings, streakAfterToday + daysBetween(today, date))
  return {
    month,
    days,
    today: { businessDate: today, isCheckedIn: done !== undefined, points: pointsOn(today), streakDays },
    tomorrow: {
      businessDate: addDays(today, 1),
      points: rewardPoints(settings, streakAfterToday + 1),
      streakDays: streakAfterToday + 1,
    },
    nextBonus: nextBonusAfter(settings, today, done?.streakDays ?? streakBefore, done !== undefined),
    week: Array.from({ length: 7 }, (_, index) => {
      const businessDate = addDays(monday, index)
      const state = weekState(businessDate, today, recentByDate.has(businessDate))
      return { businessDate, state, points: state === 'missed' ? 0 : pointsOn(businessDate) }
    }),
  }
}

/** The day that brings more than the usual, when no day is left out from now on; today among them until it is done. */
function nextBonusAfter(
  settings: RewardSettings,
  today: BusinessDate,
  streakDays: number,
  isDone: boolean,
): Calendar['nextBonus'] {
  if (settings.checkInWeekExtraPoints === 0) return null
  const daysLeft = weekDays - (streakDays % weekDays)
  const bonusStreak = streakDays + daysLeft
  return {
    businessDate: addDays(today, daysLeft - (isDone ? 0 : 1)),
    points: rewardPoints(settings, bonusStreak),
    streakDays: bonusStreak,
  }
}

function weekState(
  date: BusinessDate,
  today: BusinessDate,
  isCheckedIn: boolean,
): Calendar['week'][number]['state'] {
  if (isCheckedIn) return 'checked'
  if (date === today) return 'today'
  return date < today ? 'missed' : 'upcoming'
}

async function findBetween(memberId: string, from: BusinessDate, to: BusinessDate) {
  const rows = await CheckInModel.find({ memberId, businessDate: { $gte: from, $lte: to } })
    .sort({ businessDate: 1 })
    .lean()
  return rows.map(({ businessDate, points, streakDays }) => ({ businessDate, points, streakDays }))
}
