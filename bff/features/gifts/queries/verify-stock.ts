import type { Difference } from '../../points'
import { GiftModel } from '../gift.model'
import { GiftStockModel } from '../gift-stock.model'
import { StockEntryModel } from '../stock-entry.model'

/** Proves that what each pool has available is the sum of its stock ledger. */
export async function verifyStock(): Promise<Difference[]> {
  const sums = await StockEntryModel.aggregate<{ _id: string; available: number }>([
    { $group: { _id: '$stockId', available: { $sum: '$change' } } },
  ])
  const ledger = new Map(sums.map(({ _id, available }) => [_id, available]))
  const differences: Difference[] = []
  for await (const pool of GiftStockModel.find().lean().cursor({ batchSize: 500 })) {
    const expected = ledger.get(pool._id) ?? 0
    if (expected !== pool.available) {
      differences.push({
        memberId: null,
        check: `stock ${pool._id} = sum of its entries`,
        expected,
        actual: pool.available,
      })
    }
  }
  return differences
}

/** Pieces in orders by pool, for the check against open and completed orders. */
export const listTaken = async (): Promise<Map<string, number>> => {
  const pools = await GiftStockModel.find().select('taken').lean()
  return new Map(pools.map(({ _id, taken }) => [_id, taken]))
}

/** Pieces that can still be redeemed of each pool of a virtual gift, for the check against its codes. */
export async function listVirtualPools(): Promise<Map<string, number>> {
  const gifts = await GiftModel.find({ handOver: 'virtual' }).select('_id').lean()
  const pools = await GiftStockModel.find({ giftId: { $in: gifts.map(({ _id }) => _id) } }).lean()
  return new Map(pools.map(({ _id, available }) => [_id, available]))
}

/** Pieces of one pool that can still be redeemed; 0 when there is no such pool. */
export const readAvailable = async (stockId: string): Promise<number> =>
  (await GiftStockModel.findById(stockId).lean())?.available ?? 0
