import assert from 'node:assert'
import type { EntryKind } from '#shared/domain/enums'
import { newId } from '../../../kernel/ids'
import { assertInTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { hashEntry } from '../entry-hash'
import { type JournalEntry, JournalEntryModel, type Posting } from '../journal-entry.model'
import { LotModel } from '../lot.model'
import { type PointsAccount, PointsAccountModel } from '../points-account.model'

export type Ledger = Pick<Services, 'clock' | 'calendar'>

export interface EntryDraft {
  key: string
  kind: EntryKind
  postings: Posting[]
  lots: JournalEntry['lots']
  title: string
  detail?: string
  orderId?: string
  expiresOn?: string
}

/** Reads a member's account inside the transaction. It exists from registration on. */
export async function readAccount(memberId: string): Promise<PointsAccount> {
  const account = await PointsAccountModel.findById(memberId).lean()
  assert(account, `member ${memberId} has no points account`)
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

  const occurredAt = ledger.clock.now()
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
    title: draft.title,
    detail: draft.detail ?? null,
    orderId: draft.orderId ?? null,
    expiresOn: draft.expiresOn ?? null,
    businessDate: ledger.calendar.dateOf(occurredAt),
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
  }
  assert(next.available >= 0 && next.held >= 0 && next.debt <= 0, 'no account passes zero')

  // Compare and set: had another entry been posted since the account was read, this one would rest on an old balance.
  const { _id, ...balances } = next
  const moved = await PointsAccountModel.updateOne({ _id, seq: account.seq }, { $set: balances })
  if (moved.matchedCount !== 1) throw new StaleReadError('points account')
  // After the account, so that a posting that lost the race ends there and not on the entry's number.
  await JournalEntryModel.insertMany([{ ...body, hash: next.hash }])
  await moveLots(draft.lots)
  return next
}

async function moveLots(changes: EntryDraft['lots']): Promise<void> {
  for (const { lotId, points } of changes) {
    const enough = points < 0 ? { remaining: { $gte: -points } } : {}
    const moved = await LotModel.updateOne({ _id: lotId, ...enough }, { $inc: { remaining: points } })
    if (moved.matchedCount !== 1) throw new StaleReadError('lot')
  }
}
