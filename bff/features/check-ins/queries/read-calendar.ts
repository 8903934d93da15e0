import type { z } from 'zod'
import type { readCheckIns } from '#shared/contracts/check-ins'
import type { Settings } from '#shared/contracts/settings'
import {
  addDays,
  type BusinessDate,
  daysBetween,
  daysInMonth,
  monthOf,
  weekdayOf,
} from '#shared/domain/business-date'
import { milestones } from '#shared/domain/check-ins'
import type { Services } from '../../../platform/services'
import { requireOpenMember } from '../../members'
import { readSettings } from '../../settings'
import { readBook } from '../books'
import { type CheckIn, CheckInModel } from '../check-in.model'
import { findReminder } from '../commands/set-reminder'
import { firstMakeUpDate, makeUpPrice, makeUpsLeft } from '../make-ups'
import { milestonesOn, type OpenDays, rewardPoints, rewardWords } from '../rewards'
import { type Days, dateOfMilestone, openDaysBefore, readDaysAround, streakOn } from '../streaks'

type Calendar = z.input<typeof readCheckIns.response>

/** What is to come is foretold by the rule that gives it. */
interface Outlook {
  settings: Settings
  today: BusinessDate
  isDone: boolean
  streakDays: number
  /** What counts before the next day to come: today, or tomorrow once today is done. */
  openDays: OpenDays
}

/** A month of check-ins, what is to come, what can be made up, and the week from Monday to Sunday. */
export async function readCalendar(
  services: Pick<Services, 'clock' | 'calendar' | 'templates'>,
  memberId: string,
  wantedMonth: string | undefined,
): Promise<Calendar> {
  const { clock, calendar } = services
  const today = calendar.dateOf(clock.now())
  const month = wantedMonth ?? monthOf(today)
  const [member, settings, book, recent, rows] = await Promise.all([
    requireOpenMember(memberId),
    readSettings(),
    readBook(memberId),
    readDaysAround(memberId, today, today),
    readMonth(memberId, month),
  ])
  const isDone = recent.has(today)
  const next = isDone ? addDays(today, 1) : today
  const streakDays = streakOn(recent, today)
  const outlook = { settings, today, isDone, streakDays, openDays: openDaysBefore(recent, next) }
  const left = makeUpsLeft(settings, book, today)
  const first = firstMakeUpDate(settings, today, calendar.dateOf(member.joinedAt))
  return {
    month,
    days: rows.map(({ businessDate, points, streakDays }) => ({ businessDate, points, streakDays })),
    today: { businessDate: today, isCheckedIn: isDone, points: pointsOn(outlook, recent, today), streakDays },
    tomorrow: tomorrowOf(outlook, recent),
    nextBonus: nextBonusOf(outlook),
    week: weekOf(outlook, recent),
    progress: progressOf(outlook),
    milestones: rows.flatMap(({ businessDate, reached = [] }) =>
      reached.map(({ days, reward }) => ({ businessDate, days, reward })),
    ),
    madeUpDates: rows.filter(({ madeUpWith }) => madeUpWith).map(({ businessDate }) => businessDate),
    makeUp: {
      dates: left > 0 ? missedDates(rows, month, first, addDays(today, -1)) : [],
      price: makeUpPrice(settings, book),
      left,
      monthLimit: settings.makeUpMonthLimit,
      daysBack: settings.makeUpDaysBack,
      cards: book.cards,
    },
    reminder: { ...(await findReminder(services, memberId)), hour: settings.checkInReminderHour },
  }
}

const readMonth = (memberId: string, month: string): Promise<CheckIn[]> =>
  CheckInModel.find({ memberId, businessDate: { $gte: `${month}-01`, $lte: `${month}-31` } })
    .sort({ businessDate: 1 })
    .lean()

/** What was earned on a date, or comes on it when no day is left out. */
function pointsOn({ settings, today, isDone, openDays }: Outlook, days: Days, date: BusinessDate): number {
  const daysOn = daysBetween(today, date) - (isDone ? 1 : 0)
  return days.get(date)?.points ?? rewardPoints(settings, milestonesOn(openDays, daysOn))
}

function tomorrowOf(outlook: Outlook, days: Days): Calendar['tomorrow'] {
  const businessDate = addDays(outlook.today, 1)
  const streakDays = outlook.streakDays + (outlook.isDone ? 1 : 2)
  return { businessDate, points: pointsOn(outlook, days, businessDate), streakDays }
}

function weekOf(outlook: Outlook, days: Days): Calendar['week'] {
  const monday = addDays(outlook.today, 1 - weekdayOf(outlook.today))
  return Array.from({ length: 7 }, (_, index) => {
    const businessDate = addDays(monday, index)
    const state = weekState(businessDate, outlook.today, days.has(businessDate))
    return { businessDate, state, points: state === 'missed' ? 0 : pointsOn(outlook, days, businessDate) }
  })
}

function progressOf({ settings, today, isDone, openDays }: Outlook): Calendar['progress'] {
  return milestones.flatMap((days) => {
    const reward = rewardWords(settings, days)
    const doneDays = openDays[days]
    if (reward === null) return []
    return [{ days, doneDays, reward, businessDate: dateOfMilestone(today, isDone, { days, doneDays }) }]
  })
}

/** The day that brings more than the usual, when no day is left out from now on; today among them until it is done. */
function nextBonusOf({ settings, today, isDone, streakDays, openDays }: Outlook): Calendar['nextBonus'] {
  if (settings.checkInWeekExtraPoints === 0) return null
  const daysLeft = 7 - openDays[7]
  return {
    businessDate: dateOfMilestone(today, isDone, { days: 7, doneDays: openDays[7] }),
    points: rewardPoints(settings, milestonesOn(openDays, daysLeft - 1)),
    streakDays: streakDays + daysLeft,
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

/** Days of a month without a check-in, from `first` to `last`. */
function missedDates(
  rows: readonly CheckIn[],
  month: string,
  first: BusinessDate,
  last: BusinessDate,
): BusinessDate[] {
  const done = new Set(rows.map(({ businessDate }) => businessDate))
  return Array.from({ length: daysInMonth(month) }, (_, index) => addDays(`${month}-01`, index)).filter(
    (date) => date >= first && date <= last && !done.has(date),
  )
}
