import { type PriceReason, type Tier, tiers } from '#shared/domain/enums'
import { type Gift, type GiftPrices, plainRules } from './gift.model'

/** What one piece costs a member now, and why. */
export interface Price {
  points: number
  listPoints: number
  reason: PriceReason
  /** When a timed price ends. */
  endsAt: Date | null
}

type PricedGift = GiftPrices & Pick<Gift, 'skus'>

/** Tiers whose prices a member has: his own and those below, so that a higher tier never pays more. */
const tiersUpTo = (tier: Tier): readonly Tier[] => tiers.slice(0, tiers.indexOf(tier) + 1)

/** A discount rounds up to whole points: rounding alone makes nothing free. */
const discounted = (points: number, percent: number): number => Math.ceil((points * (100 - percent)) / 100)

/** The list price of one SKU, or of a gift without SKUs. */
const listPriceOf = ({ pricePoints, skus }: PricedGift, skuId: string | null): number =>
  skus.find(({ id }) => id === skuId)?.pricePoints ?? pricePoints

/**
 * The one rule of prices, for what the mall shows and what an order charges: the lowest that applies of the list price, the
 * member's tier's and a timed one. A SKU's own price is its list price; tier and timed prices, which are told for the gift's
 * list price, take the same part off it. Without a SKU it is the price of the gift that has none.
 */
export function priceOf(gift: PricedGift, tier: Tier, now: Date, skuId: string | null = null): Price {
  const { pricePoints, tierPrices, tierDiscountPercent, timedPrice } = { ...plainRules, ...gift }
  const listPoints = listPriceOf(gift, skuId)
  const ofSku = (points: number): number => {
    if (listPoints === pricePoints) return points
    // Nothing can be told as a part of a list price of 0.
    return pricePoints === 0 ? listPoints : Math.ceil((points * listPoints) / pricePoints)
  }
  const list: Price = { points: listPoints, listPoints, reason: 'list', endsAt: null }
  const candidates = [list]
  for (const candidate of tiersUpTo(tier)) {
    const points = tierPrices?.[candidate]
    const percent = tierDiscountPercent?.[candidate]
    if (points !== undefined) candidates.push({ ...list, points: ofSku(points), reason: 'tier' })
    if (percent !== undefined)
      candidates.push({ ...list, points: discounted(listPoints, percent), reason: 'tier' })
  }
  if (timedPrice && timedPrice.startsAt <= now && now < timedPrice.endsAt)
    candidates.push({ ...list, points: ofSku(timedPrice.points), reason: 'timed', endsAt: timedPrice.endsAt })
  return candidates.reduce((best, candidate) => (candidate.points < best.points ? candidate : best))
}

/** What the cheapest SKU costs, and whether another one costs more. */
export function lowestPriceOf(gift: PricedGift, tier: Tier, now: Date): Price & { isFrom: boolean } {
  const [first, ...others] = (gift.skus.length > 0 ? gift.skus.map(({ id }) => id) : [null]).map((skuId) =>
    priceOf(gift, tier, now, skuId),
  )
  if (!first) throw new Error('a gift has at least one price')
  const lowest = others.reduce((best, price) => (price.points < best.points ? price : best), first)
  return { ...lowest, isFrom: [first, ...others].some(({ points }) => points > lowest.points) }
}

/** The lowest list price of a gift's SKUs, for the database; from the lowest list price comes the lowest price. */
export const lowestListPriceExpression = {
  $min: [
    { $cond: [{ $eq: [{ $size: '$skus' }, 0] }, '$pricePoints', null] },
    { $min: { $map: { input: '$skus', as: 'sku', in: { $ifNull: ['$$sku.pricePoints', '$pricePoints'] } } } },
  ],
}

const partOfListPrice = (points: string) => ({
  $cond: [
    { $eq: ['$lowestListPrice', '$pricePoints'] },
    points,
    {
      $cond: [
        { $eq: ['$pricePoints', 0] },
        '$lowestListPrice',
        { $ceil: { $divide: [{ $multiply: [points, '$lowestListPrice'] }, { $max: ['$pricePoints', 1] }] } },
      ],
    },
  ],
})

/** The same rule for the database, so that the mall can sort and choose by what a member pays; of `lowestListPrice`. */
export const priceExpression = (tier: Tier, now: Date) => ({
  $min: [
    '$lowestListPrice',
    ...tiersUpTo(tier).flatMap((candidate) => [
      partOfListPrice(`$tierPrices.${candidate}`),
      {
        $ceil: {
          $divide: [
            { $multiply: ['$lowestListPrice', { $subtract: [100, `$tierDiscountPercent.${candidate}`] }] },
            100,
          ],
        },
      },
    ]),
    {
      $cond: [
        { $and: [{ $lte: ['$timedPrice.startsAt', now] }, { $gt: ['$timedPrice.endsAt', now] }] },
        partOfListPrice('$timedPrice.points'),
        null,
      ],
    },
  ],
})
