import { hashEntry } from '#bff/features/points/entry-hash'
import type { JournalEntry } from '#bff/features/points/journal-entry.model'
import type { PointsAccount } from '#bff/features/points/points-account.model'
import { newId } from '#bff/kernel/ids'
import { monthOf } from '#shared/domain/business-date'
import { type RawDatabase, type Session, stale } from './raw-database'

/** What is particular to an entry; numbers, balances, totals and hashes follow from the account. */
export type RawEntry = Pick<
  JournalEntry,
  | 'key'
  | 'kind'
  | 'postings'
  | 'lots'
  | 'title'
  | 'source'
  | 'rules'
  | 'orderId'
  | 'expiresOn'
  | 'businessDate'
  | 'occurredAt'
>

/** The entry that comes next on an account, and the account after it. */
export function nextEntry(
  account: PointsAccount,
  raw: RawEntry,
): { entry: JournalEntry; account: PointsAccount } {
  const sumOf = (name: string) =>
    raw.postings.reduce((sum, posting) => sum + (posting.account === name ? posting.points : 0), 0)
  const change = sumOf('available')
  const month = monthOf(raw.businessDate)
  const before = account.monthTotals.month === month ? account.monthTotals : { gained: 0, used: 0 }
  const gain = raw.kind === 'earn' || raw.kind === 'adjust' ? Math.max(0, change) : 0
  const totals = { gained: before.gained + gain, used: before.used + gain - change }
  const unhashed: Omit<JournalEntry, 'hash'> = {
    _id: newId(),
    memberId: account._id,
    seq: account.seq + 1,
    change,
    availableAfter: account.available + change,
    monthTotals: totals,
    detail: null,
    reverses: null,
    previousHash: account.hash,
    ...raw,
  }
  const entry = { ...unhashed, hash: hashEntry(unhashed) }
  return {
    entry,
    account: {
      _id: account._id,
      available: entry.availableAfter,
      held: account.held + sumOf('held'),
      debt: account.debt,
      seq: entry.seq,
      hash: entry.hash,
      newestAt: raw.occurredAt,
      monthTotals: { month, ...totals },
    },
  }
}

/** Posts one entry: the account by compare-and-set, and the journal. */
export async function postRawEntry(
  database: RawDatabase,
  session: Session,
  memberId: string,
  raw: RawEntry,
): Promise<void> {
  const account = await database.collection('points_accounts').findOne({ _id: memberId }, { session })
  if (!account) throw new Error(`no account of ${memberId}`)
  const next = nextEntry(account, raw)
  const { _id, ...balances } = next.account
  const moved = await database
    .collection('points_accounts')
    .updateOne({ _id, seq: account.seq }, { $set: balances }, { session })
  if (moved.matchedCount !== 1) throw stale()
  await database.collection('journal_entries').insertOne(next.entry, { session })
}
