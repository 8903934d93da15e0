import { GiftCodeModel } from '../gift-code.model'

/** Codes that can still be assigned, by pool. */
export async function countAvailableCodes(): Promise<Map<string, number>> {
  const rows = await GiftCodeModel.aggregate<{ _id: string; count: number }>([
    { $match: { state: 'available' } },
    { $group: { _id: '$stockId', count: { $sum: 1 } } },
  ])
  return new Map(rows.map(({ _id, count }) => [_id, count]))
}

/** How many codes each order has of each pool. */
export async function countAssignedCodes(): Promise<{ orderId: string; stockId: string; count: number }[]> {
  const rows = await GiftCodeModel.aggregate<{
    _id: { orderId: string; stockId: string }
    count: number
  }>([
    { $match: { state: 'assigned' } },
    { $group: { _id: { orderId: '$orderId', stockId: '$stockId' }, count: { $sum: 1 } } },
  ])
  return rows.map(({ _id, count }) => ({ ..._id, count }))
}
