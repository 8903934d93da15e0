import { countAssignedCodes, countAvailableCodes } from '../../gift-codes'
import { listVirtualPools } from '../../gifts'
import type { Difference } from '../../points'
import { OrderModel } from '../order.model'
import { hasCodes } from '../orders.states'

const lineOf = (orderId: string, stockId: string) => `${orderId} ${stockId}`

/** Proves that codes, stock and orders agree: a code for each piece in stock or in review, one for each piece issued or replaced. */
export async function verifyGiftCodes(): Promise<Difference[]> {
  return [...(await verifyAvailable()), ...(await verifyAssigned())]
}

async function verifyAvailable(): Promise<Difference[]> {
  const codes = await countAvailableCodes()
  const pools = await listVirtualPools()
  const rows = await OrderModel.aggregate<{ _id: string; pieces: number }>([
    { $match: { state: 'reviewing', handOver: 'virtual' } },
    { $unwind: '$items' },
    { $group: { _id: '$items.stockId', pieces: { $sum: '$items.quantity' } } },
  ])
  const inReview = new Map(rows.map(({ _id, pieces }) => [_id, pieces]))
  return [...new Set([...pools.keys(), ...codes.keys()])].flatMap((stockId) => {
    const expected = (pools.get(stockId) ?? 0) + (inReview.get(stockId) ?? 0)
    const actual = codes.get(stockId) ?? 0
    if (expected === actual) return []
    return [
      {
        memberId: null,
        check: `codes of stock ${stockId} = pieces in stock and in review`,
        expected,
        actual,
      },
    ]
  })
}

async function verifyAssigned(): Promise<Difference[]> {
  const differences: Difference[] = []
  const assigned = new Map(
    (await countAssignedCodes()).map(({ orderId, stockId, count }) => [lineOf(orderId, stockId), count]),
  )
  const orders = OrderModel.find({ handOver: 'virtual', state: { $in: [...hasCodes] } })
    .select('memberId items')
    .lean()
  for await (const { _id, memberId, items } of orders.cursor({ batchSize: 500 })) {
    for (const { stockId, quantity, replacedPieces = 0 } of items) {
      const expected = quantity + replacedPieces
      const line = lineOf(_id, stockId)
      const actual = assigned.get(line) ?? 0
      assigned.delete(line)
      if (actual !== expected)
        differences.push({ memberId, check: `codes of order ${line}`, expected, actual })
    }
  }
  for (const [line, actual] of assigned)
    differences.push({ memberId: null, check: `codes without order ${line}`, expected: 0, actual })
  return differences
}
