import type { Tier } from '#shared/domain/enums'
import type { Services } from '../../../platform/services'
import { saleObstacle } from '../eligibility'
import { type Gift, GiftModel } from '../gift.model'
import { GiftStockModel } from '../gift-stock.model'
import { presentGiftCard } from '../gifts.presenter'
import { priceOf } from '../prices'
import { sumOf } from '../store-pools'

/** A gift as it stands in the mall, for features that watch it. */
export interface ShelvedGift {
  gift: Gift
  /** Pieces in all pools. */
  stock: number
  /** Why nobody can have it now, whoever asks; null when it is on sale. */
  obstacle: ReturnType<typeof saleObstacle>
  /** A timed price holds. */
  isReduced: boolean
  /** As the mall shows it. */
  card: ReturnType<typeof presentGiftCard>
}

/** The gifts with these ids as they stand now, on sale or not; what is missing is left out. */
export async function readShelf(
  { clock }: Pick<Services, 'clock'>,
  giftIds: readonly string[],
  tier: Tier = 'regular',
): Promise<Map<string, ShelvedGift>> {
  const now = clock.now()
  const gifts = await GiftModel.find({ _id: { $in: [...giftIds] } }).lean()
  const pools = await GiftStockModel.find({ giftId: { $in: [...giftIds] } }).lean()
  return new Map(
    gifts.map((gift) => {
      const { stock, taken } = sumOf(gift, pools)
      const obstacle = saleObstacle(gift, now)
      const isReduced = priceOf(gift, tier, now).reason === 'timed'
      const card = presentGiftCard({ ...gift, stock, taken }, { tier, now, eligibility: null })
      return [gift._id, { gift, stock, obstacle, isReduced, card }]
    }),
  )
}
