import type { BusinessDate } from '#shared/domain/business-date'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { JournalEntry, LotChange } from '../journal-entry.model'
import { type Lot, LotModel } from '../lot.model'
import type { PointsAccount } from '../points-account.model'
import { type EntryDraft, type Ledger, postEntry, readAccount } from './post-entry'

export interface EarnRequest {
  memberId: string
  points: number
  /** What the points came from; earnings of one source and expiry date share a lot. */
  source: string
  expiresOn: BusinessDate
  /** Natural key: the same cause never earns twice. */
  key: string
  title: string
  detail?: string
  /** The rules that made the points, in the words the member reads. */
  rules?: JournalEntry['rules']
  kind?: 'earn' | 'adjust'
}

/**
 * Credits points in the caller's transaction. A debt is paid first; only what is left becomes available.
 * @throws `points.limit_reached` above the ceiling on a balance; a duplicate-key error when the key was used.
 */
export async function earnPoints(ledger: Ledger, request: EarnRequest): Promise<PointsAccount> {
  const account = await readAccount(request.memberId)
  const towardsDebt = Math.min(request.points, -account.debt)
  const towardsAvailable = request.points - towardsDebt
  if (account.available + towardsAvailable > limits.pointsMax) throw new DomainError('points.limit_reached')
  const lots: EntryDraft['lots'] = towardsAvailable > 0 ? [await lotChangeOf(request, towardsAvailable)] : []
  const kind = request.kind ?? 'earn'
  return postEntry(ledger, account, {
    key: request.key,
    kind,
    postings: [
      { account: kind === 'adjust' ? 'system:adjusted' : 'system:issued', points: -request.points },
      { account: 'debt', points: towardsDebt },
      { account: 'available', points: towardsAvailable },
    ],
    lots,
    title: request.title,
    detail: towardsDebt > 0 ? withDebtPaid(request.detail, towardsDebt) : request.detail,
    source: request.source,
    rules: request.rules,
    expiresOn: request.expiresOn,
  })
}

const withDebtPaid = (detail: string | undefined, points: number): string =>
  [detail, `其中 ${points} 积分补了欠款`].filter(Boolean).join('；')

/** A lot whose points came back late lives longer than its key says; what is earned anew lives with it. */
async function lotChangeOf(request: EarnRequest, points: number): Promise<LotChange> {
  const { _id, expiresOn } = await findOrOpenLot(request)
  return { lotId: _id, points, expiresOn }
}

async function findOrOpenLot({
  memberId,
  source,
  expiresOn,
}: EarnRequest): Promise<Pick<Lot, '_id' | 'expiresOn'>> {
  const lotKey = `${source}|${expiresOn}`
  const existing = await LotModel.findOne({ memberId, lotKey }).select('expiresOn').lean()
  if (existing) return existing
  const _id = newId()
  const lot = { _id, memberId, lotKey, source, expiresOn, remaining: 0, isExtended: false }
  await LotModel.insertMany([lot]).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError('lot') : error
  })
  return lot
}
