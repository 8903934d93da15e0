import { type Gift, GiftModel } from './gift.model'
import { GiftCategoryModel } from './gift-category.model'

export { carryClaims } from './commands/carry-claims'
export { adjustStock, reserveStock, returnStock } from './commands/move-stock'
export { freeClaims, takeClaims } from './commands/take-claims'
export { saleObstacle } from './eligibility'
export type { Gift } from './gift.model'
export { poolIdOf, stockIdOf } from './gift-stock.model'
export { thumbnailOf } from './gifts.presenter'
export { giftsRoutes } from './gifts.routes'
export { watchStock } from './jobs/watch-stock'
export { priceOf } from './prices'
export { countTierGifts } from './queries/count-tier-gifts'
export { readShelf, type ShelvedGift } from './queries/read-shelf'
export { readWishes } from './queries/read-wishes'
export { listTaken, listVirtualPools, readAvailable, verifyStock } from './queries/verify-stock'
export { commonStoreIds } from './store-pools'

/** The gifts with these ids, in no order; what is missing is left out. */
export const findGifts = (ids: readonly string[]): Promise<Gift[]> =>
  GiftModel.find({ _id: { $in: [...ids] } }).lean()

const defaultCategories = [
  ['digital', '数码'],
  ['home', '家居'],
  ['fashion', '服饰'],
  ['beauty', '美护'],
  ['food', '食饮'],
  ['books', '书影音'],
  ['travel', '出行'],
  ['health', '运动健康'],
] as const

/** Gives a new installation its first categories; later starts change nothing. */
export async function ensureCategories(): Promise<void> {
  if (await GiftCategoryModel.exists({})) return
  for (const [index, [_id, name]] of defaultCategories.entries()) {
    await GiftCategoryModel.updateOne({ _id }, { $setOnInsert: { name, sortOrder: index } }, { upsert: true })
  }
}
