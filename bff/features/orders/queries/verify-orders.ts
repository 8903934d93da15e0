import { listTaken } from '../../gifts'
import { type Difference, listOpenHolds, listRefundedHolds } from '../../points'
import { OrderModel } from '../order.model'
import { givesBack, openStates } from '../orders.states'

/** Proves that each open order has its open hold of the same points, and no hold is open without its order. */
export async function verifyHolds(): Promise<Difference[]> {
  const holds = new Map((await listOpenHolds()).map((hold) => [hold.orderId, hold]))
  const differences: Difference[] = []
  const orders = OrderModel.find({ state: { $in: [...openStates] } })
    .select('memberId totalPoints')
    .lean()
  for await (const { _id, memberId, totalPoints } of orders.cursor({ batchSize: 500 })) {
    const held = holds.get(_id)?.points ?? 0
    if (held !== totalPoints) {
      differences.push({ memberId, check: `hold of open order ${_id}`, expected: totalPoints, actual: held })
    }
    holds.delete(_id)
  }
  for (const { memberId, orderId, points } of holds.values()) {
    differences.push({
      memberId,
      check: `open hold without open order ${orderId}`,
      expected: 0,
      actual: points,
    })
  }
  return differences
}

/** Pieces of an item that are out of its pool: those ordered and those sent in their place, less those that came back. */
const piecesOut = {
  $subtract: [
    { $add: ['$items.quantity', { $ifNull: ['$items.replacedPieces', 0] }] },
    { $ifNull: ['$items.restockedPieces', 0] },
  ],
}

/** Proves that the points each order says were given back are what its captured hold gave back. */
export async function verifyRefunds(): Promise<Difference[]> {
  const holds = new Map((await listRefundedHolds()).map((hold) => [hold.orderId, hold]))
  const orders = await OrderModel.find({ refundedPoints: { $gt: 0 } })
    .select('memberId refundedPoints')
    .lean()
  const differences: Difference[] = []
  const compare = (memberId: string, orderId: string, expected: number, actual: number) => {
    if (expected !== actual)
      differences.push({ memberId, check: `points refunded of order ${orderId}`, expected, actual })
  }
  for (const { _id, memberId, refundedPoints } of orders) {
    compare(memberId, _id, refundedPoints, holds.get(_id)?.refunded ?? 0)
    holds.delete(_id)
  }
  for (const { memberId, orderId, refunded } of holds.values()) compare(memberId, orderId, 0, refunded)
  return differences
}

/** Proves that the pieces each pool says are taken are the pieces of its orders: none too many, none lost. */
export async function verifyTaken(): Promise<Difference[]> {
  const sums = await OrderModel.aggregate<{ _id: string; taken: number }>([
    { $match: { state: { $nin: [...givesBack] } } },
    { $unwind: '$items' },
    { $group: { _id: '$items.stockId', taken: { $sum: piecesOut } } },
  ])
  const ordered = new Map(sums.map(({ _id, taken }) => [_id, taken]))
  const differences: Difference[] = []
  for (const [stockId, taken] of await listTaken()) {
    const expected = ordered.get(stockId) ?? 0
    if (expected !== taken) {
      differences.push({
        memberId: null,
        check: `pieces taken from stock ${stockId} = in orders`,
        expected,
        actual: taken,
      })
    }
  }
  return differences
}
