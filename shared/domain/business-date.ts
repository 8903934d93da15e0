/**
 * Calendar arithmetic on business dates. A business date is a `YYYY-MM-DD` string of the business time zone;
 * which date an instant falls on is decided by the BFF, so nothing here knows of clocks or zones.
 */
export type BusinessDate = string

const dayMs = 86_400_000

const toUtc = (date: BusinessDate): Date => new Date(`${date}T00:00:00Z`)
const fromUtc = (instant: Date): BusinessDate => instant.toISOString().slice(0, 10)

/** The date `days` later (earlier when negative). */
export const addDays = (date: BusinessDate, days: number): BusinessDate =>
  fromUtc(new Date(toUtc(date).getTime() + days * dayMs))

/** The same day `years` later; 29 February becomes 28 February where there is none. */
export function addYears(date: BusinessDate, years: number): BusinessDate {
  const [year = '', month = '', day = ''] = date.split('-')
  const target = `${String(Number(year) + years).padStart(4, '0')}-${month}`
  const lastDay = daysInMonth(target)
  return `${target}-${String(Math.min(Number(day), lastDay)).padStart(2, '0')}`
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number =>
  Math.round((toUtc(to).getTime() - toUtc(from).getTime()) / dayMs)

/** `YYYY-MM` of a date. */
export const monthOf = (date: BusinessDate): string => date.slice(0, 7)

/** Days in a `YYYY-MM` month. */
export function daysInMonth(month: string): number {
  const [year = '', number = ''] = month.split('-')
  return new Date(Date.UTC(Number(year), Number(number), 0)).getUTCDate()
}

/** 1 for Monday to 7 for Sunday. */
export const weekdayOf = (date: BusinessDate): number => toUtc(date).getUTCDay() || 7

/** Whether a text is a date that exists, written as dates are here. */
export function isBusinessDate(text: string): text is BusinessDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const instant = toUtc(text)
  return !Number.isNaN(instant.getTime()) && fromUtc(instant) === text
}
