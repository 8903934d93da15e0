import { monthOf } from '#shared/domain/business-date'
import type { EntriesPage, PointsEntry } from './points.queries'

export interface EntryMonth {
  month: string
  gained: number
  used: number
  entries: PointsEntry[]
}

/** Pages of entries as months, newest first; a month that spans pages is one month, with the server's sums. */
export function entryMonths(pages: readonly EntriesPage[]): EntryMonth[] {
  const sums = new Map(pages.flatMap((page) => page.months).map((sum) => [sum.month, sum]))
  const months = new Map<string, EntryMonth>()
  for (const entry of pages.flatMap((page) => page.items)) {
    const month = monthOf(entry.businessDate)
    const sum = sums.get(month)
    const group = months.get(month) ?? { month, gained: sum?.gained ?? 0, used: sum?.used ?? 0, entries: [] }
    group.entries.push(entry)
    months.set(month, group)
  }
  return [...months.values()]
}
