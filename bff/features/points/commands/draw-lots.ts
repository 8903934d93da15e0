import { DomainError } from '../../../kernel/errors'
import { StaleReadError } from '../../../platform/mongo/transaction'
import { LotModel } from '../lot.model'
import type { PointsAccount } from '../points-account.model'
import { type Ledger, postEntry, readAccount } from './post-entry'

export interface Draw {
  account: PointsAccount
  draws: { lotId: string; points: number }[]
}

/**
 * Chooses the lots that pay `points`, soonest-expiring first, after posting the expiry of lots past their
 * date, so that what has expired can never be spent whether or not the nightly job has run.
 * @throws `points.in_debt`, `points.insufficient` with what is missing.
 */
export async function drawLots(ledger: Ledger, memberId: string, points: number): Promise<Draw> {
  const account = await expireLots(ledger, memberId)
  if (account.debt < 0) throw new DomainError('points.in_debt', { details: { debt: -account.debt } })
  if (account.available < points) {
    throw new DomainError('points.insufficient', {
      message: `还差 ${points - account.available} 积分`,
      details: { required: points, available: account.available },
    })
  }
  const draws: Draw['draws'] = []
  let missing = points
  const lots = LotModel.find({ memberId, remaining: { $gt: 0 } })
    .sort({ expiresOn: 1, _id: 1 })
    .limit(1_000)
    .lean()
  for (const lot of missing > 0 ? await lots : []) {
    if (missing === 0) break
    const taken = Math.min(missing, lot.remaining)
    draws.push({ lotId: lot._id, points: taken })
    missing -= taken
  }
  if (missing > 0) throw new StaleReadError('lots do not add up to the available points')
  return { account, draws }
}

/**
 * Posts the expiry of every lot past its date, in the caller's transaction; does nothing when there is none.
 * @returns the account afterwards.
 */
export async function expireLots(ledger: Ledger, memberId: string): Promise<PointsAccount> {
  const account = await readAccount(memberId)
  const today = ledger.calendar.dateOf(ledger.clock.now())
  const expired = await LotModel.find({ memberId, remaining: { $gt: 0 }, expiresOn: { $lt: today } })
    .sort({ expiresOn: 1, _id: 1 })
    .limit(1_000)
    .lean()
  const points = expired.reduce((sum, lot) => sum + lot.remaining, 0)
  if (points === 0) return account
  return postEntry(ledger, account, {
    key: `expire:${today}:${account.seq + 1}`,
    kind: 'expire',
    postings: [
      { account: 'available', points: -points },
      { account: 'system:expired', points },
    ],
    lots: expired.map((lot) => ({ lotId: lot._id, points: -lot.remaining })),
    title: '积分到期',
  })
}
