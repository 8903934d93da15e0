import { formatClock, formatDay, formatInstant } from '../../platform/format'

/** When something ends, as people say it: what ends at midnight ends with the day before. */
export const formatClosing = (closesAt: string): string =>
  formatClock(closesAt) === '00:00'
    ? formatDay(new Date(new Date(closesAt).getTime() - 1).toISOString())
    : formatInstant(closesAt)
