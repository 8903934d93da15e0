import { type Tier, tiers } from '#shared/domain/enums'
import type { Services } from '../../../platform/services'
import { saleObstacle } from '../eligibility'
import { GiftModel } from '../gift.model'

/** More gifts for members only than a mall has. */
const readMax = 2_000

export interface TierGifts {
  /** Gifts on sale that ask for a tier, and that this one may have. */
  exclusiveGifts: number
  /** Gifts on sale for which this tier has a price of its own or of a tier below. */
  pricedGifts: number
}

/** How many gifts on sale each tier opens or makes cheaper, now. */
export async function countTierGifts({ clock }: Pick<Services, 'clock'>): Promise<Record<Tier, TierGifts>> {
  const now = clock.now()
  const found = await GiftModel.find({
    onSale: true,
    $or: [
      { minimumTier: { $ne: null } },
      { tierPrices: { $ne: null } },
      { tierDiscountPercent: { $ne: null } },
    ],
  })
    .limit(readMax)
    .lean()
  const gifts = found.filter((gift) => !saleObstacle(gift, now))
  const upTo = (tier: Tier) => tiers.slice(0, tiers.indexOf(tier) + 1)
  const countOf = (tier: Tier): TierGifts => ({
    exclusiveGifts: gifts.filter(
      ({ minimumTier }) => minimumTier && minimumTier !== 'regular' && upTo(tier).includes(minimumTier),
    ).length,
    pricedGifts: gifts.filter(({ tierPrices, tierDiscountPercent }) =>
      upTo(tier).some((one) => tierPrices?.[one] !== undefined || tierDiscountPercent?.[one] !== undefined),
    ).length,
  })
  return Object.fromEntries(tiers.map((tier) => [tier, countOf(tier)])) as Record<Tier, TierGifts>
}
