import assert from 'node:assert'
import { DomainError } from '../../../kernel/errors'
import { StaleReadError } from '../../../platform/mongo/transaction'
import { type Hold, HoldModel } from '../hold.model'
import type { PointsAccount } from '../points-account.model'
import { creditLots } from './credit-lots'
import { type Ledger, postEntry, readAccount } from './post-entry'

interface Settlement {
  memberId: string
  orderId: string
  title: string
}

/**
 * Ends a hold by spending it, in the transaction of its order's transition: held goes down, available and the
 * history stay as they are. The hold's state is compared and set, so it ends once, whoever races whom.
 * @throws `order.invalid_state` when it has ended.
 */
export async function captureHold(ledger: Ledger, settlement: Settlement): Promise<void> {
  const hold = await endHold(settlement, 'captured')
  if (!hold) return
  await postEntry(ledger, await readAccount(settlement.memberId), {
    key: `capture:${settlement.orderId}`,
    kind: 'capture',
    postings: [
      { account: 'held', points: -hold.points },
      { account: 'system:redeemed', points: hold.points },
    ],
    lots: [],
    title: settlement.title,
    orderId: settlement.orderId,
  })
}

/**
 * Ends a hold by giving its points back to the lots they came from, in the transaction of its order's transition.
 * A debt is paid first. A lot past its date lives 7 days more, once.
 * @throws `order.invalid_state` when it has ended.
 */
export async function releaseHold(ledger: Ledger, settlement: Settlement): Promise<PointsAccount> {
  const hold = await endHold(settlement, 'released')
  if (!hold) return readAccount(settlement.memberId)
  return creditLots(ledger, settlement.memberId, hold.draws, {
    key: `release:${settlement.orderId}`,
    kind: 'release',
    from: 'held',
    title: settlement.title,
    orderId: settlement.orderId,
  })
}

/**
 * Gives points of a captured hold back to the lots they came from, the last drawn first, in the caller's
 * transaction. One refund id refunds once; all refunds together never give back more than was taken.
 * @throws `points.limit_reached` for more than is left to refund; a duplicate-key error when the id was used.
 */
export async function refundHold(
  ledger: Ledger,
  request: Settlement & { refundId: string; points: number },
): Promise<PointsAccount> {
  const { memberId, orderId, refundId, points, title } = request
  const hold = await HoldModel.findOne({ memberId, orderId, state: 'captured' }).lean()
  const left = hold ? hold.points - hold.refunded : 0
  if (!hold || points > left) {
    throw new DomainError('points.limit_reached', {
      message: `最多还能退回 ${left} 积分`,
      details: { limit: left },
    })
  }
  const taken = await HoldModel.updateOne(
    { _id: hold._id, state: 'captured', refunded: hold.refunded },
    { $inc: { refunded: points } },
  )
  if (taken.matchedCount !== 1) throw new StaleReadError('hold')
  return creditLots(ledger, memberId, drawsToRefund(hold, points), {
    key: `refund:${orderId}:${refundId}`,
    kind: 'refund',
    from: 'system:redeemed',
    title,
    orderId,
  })
}

/** The draws that `points` go back to: from the end, past what was refunded before; soonest-expiring first again. */
function drawsToRefund(hold: Hold, points: number): { lotId: string; points: number }[] {
  const refunds: { lotId: string; points: number }[] = []
  let skipped = hold.refunded
  let missing = points
  for (const { lotId, points: drawn } of [...hold.draws].reverse()) {
    const open = drawn - Math.min(skipped, drawn)
    skipped -= drawn - open
    const back = Math.min(open, missing)
    missing -= back
    if (back > 0) refunds.unshift({ lotId, points: back })
  }
  assert(missing === 0, 'what is left to refund lies in the draws')
  return refunds
}

async function endHold(
  { memberId, orderId }: Settlement,
  state: 'captured' | 'released',
): Promise<Pick<Hold, 'points' | 'draws'> | null> {
  const hold = await HoldModel.findOne({ memberId, orderId }).lean()
  if (!hold) return null
  if (hold.state !== 'open') throw new DomainError('order.invalid_state', { details: { state: hold.state } })
  const ended = await HoldModel.updateOne({ _id: hold._id, state: 'open' }, { $set: { state } })
  if (ended.matchedCount !== 1) throw new StaleReadError(`hold of order ${orderId}`)
  return { points: hold.points, draws: hold.draws.map(({ lotId, points }) => ({ lotId, points })) }
}
