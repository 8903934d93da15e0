import type { Gift } from './gift.model'
import type { GiftStock } from './gift-stock.model'

type Placed = Pick<Gift, '_id' | 'storeIds'>
type Pool = Pick<GiftStock, 'giftId' | 'skuId' | 'storeId' | 'available' | 'taken'>

/** A store's pool is for sale while the gift is handed over there; a shared one always is. */
export const isForSale = (
  { storeIds }: Pick<Gift, 'storeIds'>,
  { storeId }: Pick<Pool, 'storeId'>,
): boolean => !storeId || storeIds.includes(storeId)

/** The gift's pools that pieces can be redeemed from, of those given. */
export const poolsForSale = <P extends Pool>(gift: Placed, pools: readonly P[]): P[] =>
  pools.filter((pool) => pool.giftId === gift._id && isForSale(gift, pool))

/** Pieces left in all stores together, and pieces that went out, also of stores it was taken from. */
export function sumOf(gift: Placed, pools: readonly Pool[]): { stock: number; taken: number } {
  const own = pools.filter(({ giftId }) => giftId === gift._id)
  return { stock: addUp(poolsForSale(gift, own)), taken: own.reduce((sum, { taken }) => sum + taken, 0) }
}

/** Pieces in these pools together. */
export const addUp = (pools: readonly Pick<Pool, 'available'>[]): number =>
  pools.reduce((sum, { available }) => sum + available, 0)

/** The stores that hand over all of these gifts; null when every store does. */
export function commonStoreIds(gifts: readonly Pick<Gift, 'storeIds'>[]): string[] | null {
  const [first, ...others] = gifts.map(({ storeIds }) => storeIds).filter((ids) => ids.length > 0)
  return first ? first.filter((id) => others.every((ids) => ids.includes(id))) : null
}
