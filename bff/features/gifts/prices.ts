import { type PriceReason, type Tier, tiers } from '#shared/domain/enums'
import { type GiftPrices, plainRules } from './gift.model'

/** What one piece costs a member now, and why. */
export interface Price {
  points: number
  listPoints: number
  reason: PriceReason
  /** When a timed price ends. */
  endsAt: Date | null
}

/** Tiers whose prices a member has: his own and those below, so that a higher tier never pays more. */
const tiersUpTo = (tier: Tier): readonly Tier[] => tiers.slice(0, tiers.indexOf(tier) + 1)

/** A discount rounds up to whole points: rounding alone makes nothing free. */
const discounted = (points: number, percent: number): number => Math.ceil((points * (100 - percent)) / 100)

/**
 * The one rule of prices, for what the mall shows and what an order charges: the lowest that applies of the list price, the
 * member's tier's and a timed one.
 */
export function priceOf(gift: GiftPrices, tier: Tier, now: Date): Price {
  const { pricePoints: listPoints, tierPrices, tierDiscountPercent, timedPrice } = { ...plainRules, ...gift }
  const list: Price = { points: listPoints, listPoints, reason: 'list', endsAt: null }
  const candidates = [list]
  for (const candidate of tiersUpTo(tier)) {
    const points = tierPrices?.[candidate]
    const percent = tierDiscountPercent?.[candidate]
    if (points !== undefined) candidates.push({ ...list, points, reason: 'tier' })
    if (percent !== undefined)
      candidates.push({ ...list, points: discounted(listPoints, percent), reason: 'tier' })
  }
  if (timedPrice && timedPrice.startsAt <= now && now < timedPrice.endsAt)
    candidates.push({ ...list, points: timedPrice.points, reason: 'timed', endsAt: timedPrice.endsAt })
  return candidates.reduce((best, candidate) => (candidate.points < best.points ? candidate : best))
}

/** The same rule for the database, so that the mall can sort and choose by what a member pays. */
export const priceExpression = (tier: Tier, now: Date) => ({
  $min: [
    '$pricePoints',
    ...tiersUpTo(tier).flatMap((candidate) => [
      `$tierPrices.${candidate}`,
      {
        $ceil: {
          $divide: [
            { $multiply: ['$pricePoints', { $subtract: [100, `$tierDiscountPercent.${candidate}`] }] },
            100,
          ],
        },
      },
    ]),
    {
      $cond: [
        { $and: [{ $lte: ['$timedPrice.startsAt', now] }, { $gt: ['$timedPrice.endsAt', now] }] },
        '$timedPrice.points',
        null,
      ],
    },
  ],
})
