import type { HandOver } from '#shared/domain/enums'
import type { GiftSlug } from '../pictures/catalogue'
import type { ShopSlug } from './shops'

/** What the shop tells of a gift; name and category are in the catalogue. */
export interface WorldGift {
  slug: GiftSlug
  handOver: HandOver
  pricePoints: number
  marketPriceYuan: number
  /** Pieces at the start, of a virtual gift its codes; redemptions of the history come off it. */
  stock: number
  /** Variants with a stock of their own; `stock` is 0 then. */
  skus?: readonly { name: string; stock: number }[]
  summary: string
  description: string
  terms?: string
  perMemberLimit?: number
  pickUpValidDays?: number
  needsReview?: boolean
  /** Shops with pieces of their own; `stock` is 0 then, and these are the shops that hand it over. */
  stockByShop?: Partial<Record<ShopSlug, number>>
  /** Shops that hand it over; all when left out. */
  shops?: readonly ShopSlug[]
  /** When it was put on sale; before the history began when left out. */
  addedDaysAgo?: number
  /** Ends tomorrow evening. */
  isFlash?: boolean
  /** How many members of the background redeem one during the history. */
  redemptions: number
}

/** Terms of gifts that say nothing else. */
export const usualTerms: Record<'delivery' | 'pickup', string> = {
  delivery:
    '1. 兑换后 48 小时内发出，江浙沪包邮，偏远地区不送达。\n2. 发出前可以取消，积分即时退回。\n3. 收到后 7 天自动确认；有破损请在 48 小时内联系门店。',
  pickup:
    '1. 兑换后 14 天内到店出示兑换码领取，过期自动取消，积分退回。\n2. 领取前可以取消，积分即时退回。\n3. 一码只能用一次，请当面核对礼品。',
}
