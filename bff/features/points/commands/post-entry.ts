import assert from 'node:assert'
import { monthOf } from '#shared/domain/business-date'
import type { EntryKind } from '#shared/domain/enums'
import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { hashEntry } from '../entry-hash'
import { type JournalEntry, JournalEntryModel, type LotChange, type Posting } from '../journal-entry.model'
import { LotModel } from '../lot.model'
import { type PointsAccount, PointsAccountModel } from '../points-account.model'

export type Ledger = Pick<Services, 'clock' | 'calendar'>

export interface EntryDraft {
  key: string
  kind: EntryKind
  postings: Posting[]
  lots: LotChange[]
  title: string
  detail?: string
  source?: string
  rules?: JournalEntry['rules']
  orderId?: string
  reverses?: string
  expiresOn?: string
}

/** Reads a member's account inside the transaction. It exists from registration on. @throws `member.closed` */
export async function readAccount(memberId: string): Promise<PointsAccount> {
  const account = await PointsAccountModel.findById(memberId).lean()
  assert(account, `member ${memberId} has no points account`)
  if (account.closedAt) throw new DomainError('member.closed')
  return account
}

/**
 * Posts one balanced entry to a member's journal and moves the cached balances and lots with it; the only
 * place that changes any of them. Returns the account as it is afterwards.
 */
export async function postEntry(
  ledger: Ledger,
  account: PointsAccount,
  draft: EntryDraft,
): Promise<PointsAccount> {
  assertInTransaction()
  const postings = draft.postings.filter(({ points }) => points !== 0)
  const sumOf = (name: Posting['account']) =>
    postings.reduce((sum, { account: posted, points }) => sum + (posted === name ? points : 0), 0)
  const change = sumOf('available')
  const lotsChange = draft.lots.reduce((sum, { points }) => sum + points, 0)
  assert(postings.reduce((sum, { points }) => sum + points, 0) === 0, 'an entry must balance')
  assert(
    postings.every(({ points }) => Number.isSafeInteger(points)),
    'points are whole numbers',
  )
  assert(lotsChange === change, 'available points move together with their lots')

  const occurredAt = new Date(Math.max(ledger.clock.now().getTime(), account.newestAt?.getTime() ?? 0))
  const businessDate = ledger.calendar.dateOf(occurredAt)
  const monthTotals = addToMonth(account.monthTotals, monthOf(businessDate), draft.kind, change)
  const body: Omit<JournalEntry, 'hash'> = {
    _id: newId(),
    memberId: account._id,
    seq: account.seq + 1,
    key: draft.key,
    kind: draft.kind,
    postings,
    lots: draft.lots,
    change,
    availableAfter: account.available + change,
    monthTotals: { gained: monthTotals.gained, used: monthTotals.used },
    title: draft.title,
    detail: draft.detail ?? null,
    source: draft.source ?? null,
    rules: draft.rules ?? [],
    orderId: draft.orderId ?? null,
    reverses: draft.reverses ?? null,
    expiresOn: draft.expiresOn ?? null,
    businessDate,
    occurredAt,
    previousHash: account.hash,
  }
  const next: PointsAccount = {
    _id: account._id,
    available: body.availableAfter,
    held: account.held + sumOf('held'),
    debt: account.debt + sumOf('debt'),
    seq: body.seq,
    hash: hashEntry(body),
    newestAt: occurredAt,
    monthTotals,
  }
  assert(next.available >= 0 && next.held >= 0 && next.debt <= 0, 'no account passes zero')

  // Compare and set: had another entry been posted since the account was read, this one would rest on an old balance.
  const { _id, ...balances } = next
  const moved = await PointsAccountModel.updateOne({ _id, seq: account.seq }, { $set: balances })
  if (moved.matchedCount !== 1) throw new StaleReadError('points account')
  // After the account, so that a posting that lost the race ends there and not on the entry's number.
  await insertWhole(JournalEntryModel, [{ ...body, hash: next.hash }])
  await moveLots(draft.lots)
  return next
}

async function moveLots(changes: readonly LotChange[]): Promise<void> {
  if (changes.length === 0) return
  const moved = await LotModel.bulkWrite(
    changes.map(({ lotId, points }) => ({
      updateOne: {
        filter: points < 0 ? { _id: lotId, remaining: { $gte: -points } } : { _id: lotId },
        update: { $inc: { remaining: points } },
      },
    })),
  )
  if (moved.matchedCount !== changes.length) throw new StaleReadError('lots')
}

type MonthTotals = PointsAccount['monthTotals']

/**
 * Totals of a month after one more change. Earnings and upward adjustments are gains; everything else counts as
 * used, so that points given back are taken off what was used.
 */
export function addToMonth(totals: MonthTotals, month: string, kind: EntryKind, change: number): MonthTotals {
  const before = totals.month === month ? totals : { gained: 0, used: 0 }
  const gain = (kind === 'earn' || kind === 'adjust') && change > 0 ? change : 0
  return { month, gained: before.gained + gain, used: before.used + gain - change }
}
