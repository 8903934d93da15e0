import type { z } from 'zod'
import type { listMemberEntries, listPointsEntries } from '#shared/contracts/points'
import { monthOf } from '#shared/domain/business-date'
import type { EntryFilter, EntryKind } from '#shared/domain/enums'
import { decodeCursor, toPage } from '../../../kernel/cursors'
import { notFound } from '../../../kernel/errors'
import { firstExpiryOf } from '../first-expiry'
import { HoldModel } from '../hold.model'
import { type JournalEntry, JournalEntryModel } from '../journal-entry.model'
import { type PointsAccount, PointsAccountModel } from '../points-account.model'

type Query = z.output<typeof listPointsEntries.query>
type Page = z.input<typeof listPointsEntries.response>

/** A member's history, newest first. A capture changes nothing a member can see, so it is no row of it. */
export async function listEntries(memberId: string, query: Query): Promise<Page> {
  const openOrderIds = await listOpenOrderIds(memberId)
  const { rows, account } = await readRows(memberId, query, openOrderIds, ({ kind }) => kind !== 'capture')
  const page = toPage(rows, query.limit, (row) => [row.seq])
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((entry) => presentEntry(entry, openOrderIds)),
    months: await readMonths(page.items, account, query),
  }
}

type AdminPage = z.input<typeof listMemberEntries.response>

/** The same with all that an entry says, captures too, for admins. */
export async function listEntriesWithPostings(memberId: string, query: Query): Promise<AdminPage> {
  const openOrderIds = await listOpenOrderIds(memberId)
  const { rows } = await readRows(memberId, query, openOrderIds, () => true)
  const page = toPage(rows, query.limit, (row) => [row.seq])
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

/** The rows of a page and one more, newest first. */
async function readRows(
  memberId: string,
  query: Query,
  openOrderIds: string[],
  isShown: (entry: JournalEntry) => boolean,
): Promise<{ rows: JournalEntry[]; account: PointsAccount }> {
  const cursor = query.cursor ? decodeCursor(query.cursor, ['number'])[0] : Number.MAX_SAFE_INTEGER
  const account = await PointsAccountModel.findById(memberId).lean()
  if (!account) throw notFound('没有这位会员')
  // A cursor may say anything; there is nothing to read past the newest entry.
  const before = Math.min(Math.trunc(cursor), account.seq + 1)
  const count = query.limit + 1
  if (!query.kind && !query.month)
    return { rows: await readByNumber(memberId, before, count, isShown), account }
  const rows: JournalEntry[] = await JournalEntryModel.find({
    memberId,
    seq: { $lt: before },
    ...(query.kind ? filterOf(query.kind, openOrderIds) : { kind: { $ne: 'capture' } }),
    ...(query.month ? { businessDate: { $gte: `${query.month}-01`, $lte: `${query.month}-31` } } : {}),
  })
    .sort(query.month ? { businessDate: -1, seq: -1 } : { seq: -1 })
    .limit(count)
    .lean()
  return { rows, account }
}

/** Reads by number and not by order, so that a page costs the same after a hundred thousand entries on every engine. */
async function readByNumber(
  memberId: string,
  before: number,
  count: number,
  isShown: (entry: JournalEntry) => boolean,
): Promise<JournalEntry[]> {
  const rows: JournalEntry[] = []
  for (let head = before - 1; head > 0 && rows.length < count; head -= count) {
    const window: JournalEntry[] = await JournalEntryModel.find({
      memberId,
      seq: { $gt: head - count, $lte: head },
    }).lean()
    rows.push(...window.filter(isShown).sort((a, b) => b.seq - a.seq))
  }
  return rows.slice(0, count)
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
      return { kind: { $in: ['spend', 'hold', 'adjust', 'claw_back'] }, change: { $lt: 0 } }
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
  expiresOn: firstExpiryOf(entry),
  occurredAt: entry.occurredAt.toISOString(),
  businessDate: entry.businessDate,
})

const isFrozen = (entry: JournalEntry, openOrderIds: string[]) =>
  entry.kind === 'hold' && entry.orderId !== null && openOrderIds.includes(entry.orderId)

/**
 * What came in and went out in each month of a page, as the month's newest entry has it: the account knows that of the
 * newest month, an unfiltered page shows that of each month but its first.
 */
async function readMonths(
  items: readonly JournalEntry[],
  account: PointsAccount,
  query: Query,
): Promise<Page['months']> {
  const newestOf = new Map<string, JournalEntry>()
  for (const entry of items) {
    const month = monthOf(entry.businessDate)
    if (!newestOf.has(month)) newestOf.set(month, entry)
  }
  const isUnfiltered = !query.kind && !query.month
  return Promise.all(
    [...newestOf].map(async ([month, entry], index) => {
      const { gained, used } =
        account.monthTotals.month === month
          ? account.monthTotals
          : isUnfiltered && index > 0
            ? entry.monthTotals
            : await readMonthTotals(entry.memberId, month)
      return { month, gained, used }
    }),
  )
}

async function readMonthTotals(memberId: string, month: string): Promise<JournalEntry['monthTotals']> {
  const newest = await JournalEntryModel.findOne({
    memberId,
    businessDate: { $gte: `${month}-01`, $lte: `${month}-31` },
  })
    .sort({ businessDate: -1, seq: -1 })
    .select('monthTotals')
    .lean()
  return newest?.monthTotals ?? { gained: 0, used: 0 }
}
