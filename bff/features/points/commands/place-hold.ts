import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { HoldModel } from '../hold.model'
import { type PointsAccount, PointsAccountModel } from '../points-account.model'
import { drawLots, postInParts } from './draw-lots'
import type { Ledger } from './post-entry'

/**
 * Freezes an order's points in the order's transaction: available goes down, held goes up.
 * An order of no points has no hold, but still writes to the account, so that it cannot pass a closing unseen.
 * @throws `points.insufficient`, `points.in_debt`, `member.closed`.
 */
export async function placeHold(
  ledger: Ledger,
  request: { memberId: string; orderId: string; points: number; title: string },
): Promise<PointsAccount> {
  const { memberId, orderId, points, title } = request
  const { account, draws } = await drawLots(ledger, memberId, points)
  if (points === 0) {
    await PointsAccountModel.updateOne({ _id: memberId }, { $inc: { freeOrders: 1 } })
    return account
  }
  await insertWhole(HoldModel, [
    {
      _id: newId(),
      memberId,
      orderId,
      points,
      draws: draws.map(({ lotId, points: drawn }) => ({ lotId, points: -drawn })),
      refunded: 0,
      state: 'open',
      placedAt: ledger.clock.now(),
    },
  ])
  return postInParts(ledger, account, draws, (lots, drawn) => ({
    key: `hold:${orderId}`,
    kind: 'hold',
    postings: [
      { account: 'available', points: drawn },
      { account: 'held', points: -drawn },
    ],
    lots,
    title,
    orderId,
  }))
}
