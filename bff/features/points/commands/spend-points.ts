import type { PointsAccount } from '../points-account.model'
import { drawLots, postInParts } from './draw-lots'
import type { Ledger } from './post-entry'

/**
 * Spends points for good on what is given at once, in the transaction that gives it: no order, no hold, nothing to give
 * back. Soonest-expiring lots first. The key spends once.
 * @throws `points.insufficient`, `points.in_debt`, `member.closed`; a duplicate-key error when the key was used.
 */
export async function spendPoints(
  ledger: Ledger,
  request: { memberId: string; points: number; key: string; title: string },
): Promise<PointsAccount> {
  const { memberId, points, key, title } = request
  const { account, draws } = await drawLots(ledger, memberId, points)
  return postInParts(ledger, account, draws, (lots, drawn) => ({
    key,
    kind: 'spend',
    postings: [
      { account: 'available', points: drawn },
      { account: 'system:redeemed', points: -drawn },
    ],
    lots,
    title,
  }))
}
