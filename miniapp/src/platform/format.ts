/** How numbers, dates and codes are written. Business time is UTC+8, computed by arithmetic: weapp has no full Intl. */
const businessOffsetMs = 8 * 3_600_000
const dayMs = 86_400_000

const businessParts = (at: Date) => {
  const shifted = new Date(at.getTime() + businessOffsetMs)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    dayNumber: Math.floor(shifted.getTime() / dayMs),
  }
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value))

/** `12480` → `12,480`. Whole points only. */
export function formatPoints(points: number): string {
  const digits = String(Math.abs(Math.trunc(points))).replace(/\B(?=(\d{3})+$)/g, ',')
  return points < 0 ? `−${digits}` : digits
}

/** `+5`, `−3,600` with a true minus sign, `0`. */
export const formatSignedPoints = (points: number): string =>
  points > 0 ? `+${formatPoints(points)}` : formatPoints(points)

/** Fen to `¥168` or `¥19.90`. */
export function formatYuan(fen: number): string {
  const yuan = formatPoints(Math.floor(fen / 100))
  return fen % 100 === 0 ? `¥${yuan}` : `¥${yuan}.${two(fen % 100)}`
}

/** `2026-11-22` → `11月22日`, with the year when it is not this year. */
export function formatBusinessDate(date: string, now: Date = new Date()): string {
  const [year = '', month = '', day = ''] = date.split('-')
  const short = `${Number(month)}月${Number(day)}日`
  return Number(year) === businessParts(now).year ? short : `${Number(year)}年${short}`
}

/** `1990-01-02` → `1990年1月2日`. */
export function formatFullDate(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return `${Number(year)}年${Number(month)}月${Number(day)}日`
}

/** `2026-01` → `2026年1月`. */
export function formatFullMonth(month: string): string {
  const [year = '', number = ''] = month.split('-')
  return `${Number(year)}年${Number(number)}月`
}

/** The business date of an instant: `2026-01-02`. */
export function businessDateOf(instant: string): string {
  const { year, month, day } = businessParts(new Date(instant))
  return `${year}-${two(month)}-${two(day)}`
}

/** The business date of an instant, as `formatBusinessDate` writes it. */
export function formatDay(instant: string, now: Date = new Date()): string {
  const { year, month, day } = businessParts(new Date(instant))
  return formatBusinessDate(`${year}-${two(month)}-${two(day)}`, now)
}

/** `08:02`, business time. */
export function formatClock(instant: string): string {
  const { hour, minute } = businessParts(new Date(instant))
  return `${two(hour)}:${two(minute)}`
}

/** `今天 08:02`, `昨天 19:41`, `11月20日 12:15`, and with the year for other years. */
export function formatInstant(instant: string, now: Date = new Date()): string {
  const at = businessParts(new Date(instant))
  const daysAgo = businessParts(now).dayNumber - at.dayNumber
  const clock = `${two(at.hour)}:${two(at.minute)}`
  if (daysAgo === 0) return `今天 ${clock}`
  if (daysAgo === 1) return `昨天 ${clock}`
  return `${formatDay(instant, now)} ${clock}`
}

/** `2026-11` → `11月`, `2025-11` → `2025年11月`. */
export function formatMonth(month: string, now: Date = new Date()): string {
  const [year = '', number = ''] = month.split('-')
  const short = `${Number(number)}月`
  return Number(year) === businessParts(now).year ? short : `${Number(year)}年${short}`
}

/** `482109375564` → `4821 0937 5564`; works while it is being typed. */
export const formatDigits = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ')

/** Hour of the business day, 0 to 23. */
export const businessHour = (now: Date = new Date()): number => businessParts(now).hour
