import { addYears } from '#shared/domain/business-date'
import type { PointsAccount } from '../points-account.model'
import { clawBack } from './claw-back'
import { drawLots, postInParts } from './draw-lots'
import { earnPoints } from './earn-points'
import type { Ledger } from './post-entry'

export interface Adjustment {
  memberId: string
  adjustmentId: string
  change: number
  reason: string
  /** An earning that is taken back: what of it is used already becomes a debt. */
  reversesEntryId?: string | null
}

/**
 * Posts a correction by hand, with a reason the member sees, in the caller's transaction. Points that come in pay a
 * debt first.
 * @throws `points.insufficient`, `points.in_debt` when more is taken than is available; of a reversal what
 *   `clawBack` throws.
 */
export async function adjustPoints(ledger: Ledger, adjustment: Adjustment): Promise<PointsAccount> {
  const { memberId, adjustmentId, change, reason, reversesEntryId } = adjustment
  const key = `adjust:${adjustmentId}`
  if (reversesEntryId) {
    const taken = { memberId, entryId: reversesEntryId, points: -change }
    return clawBack(ledger, { ...taken, key, title: '积分收回', detail: reason })
  }
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
