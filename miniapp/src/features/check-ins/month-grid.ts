import { addDays, type BusinessDate, daysInMonth, weekdayOf } from '#shared/domain/business-date'
import type { CheckIns } from './check-in.queries'

export interface GridDay {
  businessDate: BusinessDate
  day: number
  state: 'checked' | 'missed' | 'today' | 'upcoming'
  points: number
  /** Brings more than a usual day. */
  isBonus: boolean
  /** Was missed, and can be made up now. */
  canMakeUp: boolean
  isMadeUp: boolean
}

/** A month as rows from Monday to Sunday; null where another month begins or ends. */
export function monthGrid(calendar: CheckIns, joinedOn: BusinessDate): (GridDay | null)[] {
  const { month, days, today, progress, milestones, madeUpDates, makeUp } = calendar
  const first: BusinessDate = `${month}-01`
  const checked = new Map(days.map((day) => [day.businessDate, day]))
  const before = Array.from({ length: weekdayOf(first) - 1 }, () => null)
  const own = Array.from({ length: daysInMonth(month) }, (_, index): GridDay => {
    const businessDate = addDays(first, index)
    const done = checked.get(businessDate)
    const isToday = businessDate === today.businessDate
    const isMissed = businessDate < today.businessDate && businessDate >= joinedOn
    return {
      businessDate,
      day: index + 1,
      state: done ? 'checked' : isToday ? 'today' : isMissed ? 'missed' : 'upcoming',
      points: done?.points ?? (isToday ? today.points : 0),
      isBonus: (done ? milestones : progress).some((step) => step.businessDate === businessDate),
      canMakeUp: makeUp.dates.includes(businessDate),
      isMadeUp: madeUpDates.includes(businessDate),
    }
  })
  const after = Array.from({ length: (7 - ((before.length + own.length) % 7)) % 7 }, () => null)
  return [...before, ...own, ...after]
}

/** The month so many months later. */
export function monthAfter(month: string, months: number): string {
  const [year = '', number = ''] = month.split('-')
  const count = Number(year) * 12 + Number(number) - 1 + months
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}
