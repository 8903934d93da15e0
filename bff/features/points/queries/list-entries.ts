import type { z } from 'zod'
import type { listMemberEntries, listPointsEntries } from '#shared/contracts/points'
import { monthOf } from '#shared/domain/business-date'
import { type EntryFilter, type EntryKind, entryKinds } from '#shared/domain/enums'
import { decodeCursor, toPage } from '../../../kernel/cursors'
import { HoldModel } from '../hold.model'
import { type JournalEntry, JournalEntryModel } from '../journal-entry.model'

type Query = z.output<typeof listPointsEntries.query>
type Page = z.input<typeof listPointsEntries.response>

/** A member's history, newest first. A capture changes nothing a member can see, so it is no row of it. */
export async function listEntries(memberId: string, query: Query): Promise<Page> {
  const openOrderIds = await listOpenOrderIds(memberId)
  const page = await readPage(memberId, query, openOrderIds, { $ne: 'capture' })
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((entry) => presentEntry(entry, openOrderIds)),
    months: await readMonths(memberId, [...new Set(page.items.map((entry) => monthOf(entry.businessDate)))]),
  }
}

type AdminPage = z.input<typeof listMemberEntries.response>

/** The same with all that an entry says, captures too, for admins. */
export async function listEntriesWithPostings(memberId: string, query: Query): Promise<AdminPage> {
  const openOrderIds = await listOpenOrderIds(memberId)
  const page = await readPage(memberId, query, openOrderIds, { $in: entryKinds })
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((entry) => ({
      ...presentEntry(entry, openOrderIds),
      seq: entry.seq,
      key: entry.key,
      source: entry.source,
      reverses: entry.reverses,
      postings: entry.postings,
      lots: entry.lots,
    })),
  }
}

async function readPage(
  memberId: string,
  query: Query,
  openOrderIds: string[],
  allKinds: { $ne: EntryKind } | { $in: readonly EntryKind[] },
) {
  const rows: JournalEntry[] = await JournalEntryModel.find({
    memberId,
    ...(query.kind ? filterOf(query.kind, openOrderIds) : { kind: allKinds }),
    ...(query.month ? { businessDate: { $gte: `${query.month}-01`, $lte: `${query.month}-31` } } : {}),
    ...(query.cursor ? { seq: { $lt: decodeCursor(query.cursor, ['number'])[0] } } : {}),
  })
    .sort(query.month ? { businessDate: -1, seq: -1 } : { seq: -1 })
    .limit(query.limit + 1)
    .lean()
  return toPage(rows, query.limit, (row) => [row.seq])
}

async function listOpenOrderIds(memberId: string): Promise<string[]> {
  const holds = await HoldModel.find({ memberId, state: 'open' }).select('orderId').lean()
  return holds.map(({ orderId }) => orderId)
}

interface EntryCondition {
  kind?: EntryKind | { $in: EntryKind[] }
  change?: { $gte: number } | { $lt: number }
  orderId?: { $in: string[] }
}

function filterOf(filter: EntryFilter, openOrderIds: string[]): EntryCondition {
  switch (filter) {
    case 'earned':
      return { kind: { $in: ['earn', 'adjust'] }, change: { $gte: 0 } }
    case 'used':
      return { kind: { $in: ['hold', 'adjust', 'claw_back'] }, change: { $lt: 0 } }
    case 'returned':
      return { kind: { $in: ['release', 'refund'] } }
    case 'frozen':
      return { kind: 'hold', orderId: { $in: openOrderIds } }
    case 'expired':
      return { kind: 'expire' }
  }
}

const presentEntry = (entry: JournalEntry, openOrderIds: string[]): Page['items'][number] => ({
  id: entry._id,
  kind: entry.kind,
  change: entry.change,
  availableAfter: entry.availableAfter,
  title: entry.title,
  detail: isFrozen(entry, openOrderIds) ? '已冻结，领到后扣除' : entry.detail,
  rules: entry.rules,
  orderId: entry.orderId,
  expiresOn: entry.expiresOn,
  occurredAt: entry.occurredAt.toISOString(),
  businessDate: entry.businessDate,
})

const isFrozen = (entry: JournalEntry, openOrderIds: string[]) =>
  entry.kind === 'hold' && entry.orderId !== null && openOrderIds.includes(entry.orderId)

/** What came in and went out in each month, as the newest entry of the month has it. */
async function readMonths(memberId: string, months: string[]): Promise<Page['months']> {
  const newest = await Promise.all(
    months.map((month) =>
      JournalEntryModel.findOne({ memberId, businessDate: { $gte: `${month}-01`, $lte: `${month}-31` } })
        .sort({ businessDate: -1, seq: -1 })
        .select('monthTotals')
        .lean(),
    ),
  )
  return months.map((month, index) => {
    const { gained, used } = newest[index]?.monthTotals ?? { gained: 0, used: 0 }
    return { month, gained, used }
  })
}
