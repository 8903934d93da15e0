import { DateTime } from 'luxon'
import type { BusinessDate } from '#shared/domain/business-date'

/** Business dates of one time zone, whatever zone the server or a phone is in. */
export interface BusinessCalendar {
  timeZone: string
  /** The business date an instant falls on. */
  dateOf(instant: Date): BusinessDate
  /** The first instant of a business date. */
  startOf(date: BusinessDate): Date
  /** The last millisecond of a business date. */
  endOf(date: BusinessDate): Date
  /** First instant of a `YYYY-MM` month and of the month after it. */
  monthRange(month: string): { from: Date; before: Date }
}

export function createBusinessCalendar(timeZone: string): BusinessCalendar {
  const starts = new Map<BusinessDate, DateTime>()
  const start = (date: BusinessDate) => {
    const known = starts.get(date) ?? DateTime.fromISO(date, { zone: timeZone }).startOf('day')
    if (starts.size > 1_000) starts.clear()
    starts.set(date, known)
    return known
  }
  if (!start('2026-01-01').isValid) throw new Error(`unknown time zone: ${timeZone}`)
  // Nearly every instant asked for is of the same day as the one before, and a time zone is slow to ask.
  let day = { date: '', from: 0, before: 0 }
  return {
    timeZone,
    dateOf: (instant) => {
      const at = instant.getTime()
      if (at < day.from || at >= day.before) {
        const midnight = DateTime.fromMillis(at, { zone: timeZone }).startOf('day')
        const before = midnight.plus({ days: 1 }).startOf('day').toMillis()
        day = { date: midnight.toFormat('yyyy-MM-dd'), from: midnight.toMillis(), before }
      }
      return day.date
    },
    startOf: (date) => start(date).toJSDate(),
    endOf: (date) => start(date).endOf('day').toJSDate(),
    monthRange: (month) => {
      const from = start(`${month}-01`)
      return { from: from.toJSDate(), before: from.plus({ months: 1 }).toJSDate() }
    },
  }
}
