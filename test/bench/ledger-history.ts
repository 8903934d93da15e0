import type mongoose from 'mongoose'
import type { JournalEntry } from '#bff/features/points/journal-entry.model'
import type { Lot } from '#bff/features/points/lot.model'
import type { PointsAccount } from '#bff/features/points/points-account.model'
import { newId } from '#bff/kernel/ids'
import { addYears } from '#shared/domain/business-date'
import { nextEntry } from './floor/raw-entry'
import { businessDateOf } from './floor/raw-order'

const batchSize = 2_000
const spacingMs = 60_000

/**
 * Gives a member `count` more entries, written directly: small purchases a minute apart that end now, chained,
 * balanced, with their lot, totals and account, so that the ledger's verification accepts them.
 */
export async function appendEntries(
  database: mongoose.Connection,
  memberId: string,
  count: number,
): Promise<void> {
  const accounts = database.collection<PointsAccount>('points_accounts')
  const start = await accounts.findOne({ _id: memberId })
  if (!start) throw new Error(`no account of ${memberId}`)
  const now = Date.now()
  const lot = await openLot(database, memberId, businessDateOf(new Date(now)), count)
  let account = start
  for (let written = 0; written < count; ) {
    const batch: JournalEntry[] = []
    for (; batch.length < batchSize && written < count; written += 1) {
      // Never before the entry it follows, which is of today already.
      const occurredAt = new Date(
        Math.max(account.newestAt?.getTime() ?? 0, now - (count - written) * spacingMs),
      )
      const next = nextEntry(account, purchaseOf(`purchase:${newId()}`, lot, occurredAt))
      batch.push(next.entry)
      account = next.account
    }
    await database.collection<JournalEntry>('journal_entries').insertMany(batch, { ordered: false })
  }
  const { _id, ...balances } = account
  await accounts.updateOne({ _id }, { $set: balances })
}

async function openLot(
  database: mongoose.Connection,
  memberId: string,
  today: string,
  points: number,
): Promise<Lot> {
  const expiresOn = addYears(today, 1)
  const lot = {
    _id: newId(),
    memberId,
    lotKey: `purchase|${expiresOn}|${newId()}`,
    source: 'purchase',
    expiresOn,
    remaining: points,
    isExtended: false,
  }
  await database.collection<Lot>('lots').insertOne(lot)
  return lot
}

const purchaseOf = (key: string, { _id, expiresOn }: Lot, occurredAt: Date) => ({
  key,
  kind: 'earn' as const,
  postings: [
    { account: 'system:issued' as const, points: -1 },
    { account: 'available' as const, points: 1 },
  ],
  lots: [{ lotId: _id, points: 1, expiresOn }],
  title: '消费得积分',
  source: 'purchase',
  rules: [{ id: 'purchase.base', title: '每 1 元 1 积分' }],
  orderId: null,
  expiresOn,
  businessDate: businessDateOf(occurredAt),
  occurredAt,
})
