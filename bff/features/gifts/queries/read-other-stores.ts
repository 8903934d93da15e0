import { findStores } from '../../stores'
import { GiftModel } from '../gift.model'
import { type GiftStock, GiftStockModel } from '../gift-stock.model'

/** More than these help nobody to choose. */
const storesNamed = 10

/** The name of the store whose pool this is, and the gift's other stores that have so many pieces, the fullest first. */
export async function readOtherStores(
  { giftId, skuId, storeId = null }: GiftStock,
  quantity: number,
): Promise<{ storeName: string; otherStores: { storeId: string; name: string; left: number }[] }> {
  const gift = await GiftModel.findById(giftId).select('storeIds').lean()
  const pools = await GiftStockModel.find({
    giftId,
    skuId,
    storeId: { $in: gift?.storeIds ?? [], $ne: storeId },
    available: { $gte: quantity },
  })
    .sort({ available: -1, _id: 1 })
    .limit(storesNamed)
    .lean()
  const ids = [storeId, ...pools.map((pool) => pool.storeId)].flatMap((id) => id ?? [])
  const names = new Map((await findStores(ids)).map(({ _id, name }) => [_id, name]))
  return {
    storeName: names.get(storeId ?? '') ?? '这家门店',
    otherStores: pools.flatMap((pool) => {
      const name = names.get(pool.storeId ?? '')
      return pool.storeId && name ? [{ storeId: pool.storeId, name, left: pool.available }] : []
    }),
  }
}
