import { addYears } from '#shared/domain/business-date'
import { DomainError } from '../../../kernel/errors'
import type { PointsAccount } from '../points-account.model'
import { drawLots, postInParts } from './draw-lots'
import { earnPoints } from './earn-points'
import type { Ledger } from './post-entry'

/** What one admin may adjust alone. */
const singleAdminLimitPoints = 10_000

/**
 * Corrects a member's points by hand, with a reason the member sees, in the caller's transaction.
 * @throws `points.insufficient` when more is taken than is available; `points.limit_reached` above what one
 *   admin may adjust.
 */
export async function adjustPoints(
  ledger: Ledger,
  request: { memberId: string; adjustmentId: string; change: number; reason: string },
): Promise<PointsAccount> {
  const { memberId, adjustmentId, change, reason } = request
  if (Math.abs(change) > singleAdminLimitPoints) {
    throw new DomainError('points.limit_reached', {
      message: `一个人一次最多调整 ${singleAdminLimitPoints} 积分`,
      details: { limit: singleAdminLimitPoints },
    })
  }
  const key = `adjust:${adjustmentId}`
  if (change > 0) {
    const expiresOn = addYears(ledger.calendar.dateOf(ledger.clock.now()), 1)
    return earnPoints(ledger, {
      memberId,
      points: change,
      source: 'adjustment',
      expiresOn,
      key,
      title: '积分调整',
      detail: reason,
      kind: 'adjust',
    })
  }
  const { account, draws } = await drawLots(ledger, memberId, -change)
  return postInParts(ledger, account, draws, (lots, drawn) => ({
    key,
    kind: 'adjust',
    postings: [
      { account: 'available', points: drawn },
      { account: 'system:adjusted', points: -drawn },
    ],
    lots,
    title: '积分调整',
    detail: reason,
  }))
}
