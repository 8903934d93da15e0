import type { z } from 'zod'
import type { adminGift, giftCard } from '#shared/contracts/gifts'
import type { Tier } from '#shared/domain/enums'
import { ownPictureUrl, smallPictureUrl } from '#shared/domain/pictures'
import { type Gift, plainWatch } from './gift.model'
import type { GiftStock } from './gift-stock.model'
import { lowestPriceOf, priceOf } from './prices'
import type { Eligibility } from './queries/read-eligibility'
import { addUp, isForSale, poolsForSale } from './store-pools'

const dayMs = 86_400_000
/** How long a gift is shown as new. */
const newForDays = 14

/** Few enough to say so: a fifth of what there was, at most 50. */
const isScarce = (stock: number, total: number) =>
  stock > 0 && stock <= Math.min(50, Math.max(5, total * 0.2))

/** A gift's own pictures: what was stored when addresses of elsewhere were still taken is left out. */
export const galleryOf = ({ pictureUrls }: Pick<Gift, 'pictureUrls'>): string[] =>
  pictureUrls.flatMap((url) => ownPictureUrl(url) ?? [])

/** The picture that lists show: the gift's own choice, else the small copy of its first one. */
export const thumbnailOf = (gift: Pick<Gift, 'thumbnailUrl' | 'pictureUrls'>): string | null =>
  ownPictureUrl(gift.thumbnailUrl) ?? smallPictureUrl(galleryOf(gift)[0] ?? null)

/** A gift as the mall shows it to a member of this tier, with what stands between him and it; of a chosen SKU, with its price. */
export function presentGiftCard(
  gift: Gift & { stock: number; taken: number },
  {
    tier,
    now,
    eligibility,
    skuId = null,
  }: { tier: Tier; now: Date; eligibility: Eligibility | null; skuId?: string | null },
): z.input<typeof giftCard> {
  const price = skuId ? { ...priceOf(gift, tier, now, skuId), isFrom: false } : lowestPriceOf(gift, tier, now)
  return {
    id: gift._id,
    name: gift.name,
    categoryId: gift.categoryId,
    handOver: gift.handOver,
    pricePoints: price.points,
    listPricePoints: price.listPoints,
    isPriceFrom: price.isFrom,
    priceReason: price.reason,
    priceEndsAt: price.endsAt?.toISOString() ?? null,
    marketPriceFen: gift.marketPriceFen,
    pictureUrl: galleryOf(gift)[0] ?? null,
    thumbnailUrl: thumbnailOf(gift),
    stock: gift.stock,
    isSoldOut: gift.stock <= 0,
    isScarce: isScarce(gift.stock, gift.stock + gift.taken),
    isNew: now.getTime() - gift.createdAt.getTime() < newForDays * dayMs,
    perMemberLimit: gift.perMemberLimit,
    saleEndsAt: gift.saleEndsAt?.toISOString() ?? null,
    eligibility,
  }
}

export function presentAdminGift(gift: Gift, pools: readonly GiftStock[]): z.input<typeof adminGift> {
  const own = poolsForSale(gift, pools)
  const { _id, skus, marketPriceFen, thumbnailUrl, summary, description, terms, ...fields } = gift
  return {
    ...plainWatch,
    ...fields,
    id: _id,
    // Optional fields are left out rather than sent as null, so that what is read can be sent back.
    marketPriceFen: marketPriceFen ?? undefined,
    pictureUrls: galleryOf(gift),
    thumbnailUrl: ownPictureUrl(thumbnailUrl) ?? undefined,
    summary: summary ?? undefined,
    description: description ?? undefined,
    terms: terms ?? undefined,
    stock: addUp(own),
    stockPerStore: gift.stockPerStore ?? false,
    storePools: presentStorePools(gift, pools),
    skus: skus.map(({ id, name, pricePoints = null }) => ({
      id,
      name,
      pricePoints,
      stock: addUp(own.filter(({ skuId }) => skuId === id)),
    })),
    timedPrice: gift.timedPrice && {
      points: gift.timedPrice.points,
      startsAt: gift.timedPrice.startsAt.toISOString(),
      endsAt: gift.timedPrice.endsAt.toISOString(),
    },
    saleStartsAt: gift.saleStartsAt?.toISOString() ?? null,
    saleEndsAt: gift.saleEndsAt?.toISOString() ?? null,
    pausedAt: gift.pausedAt?.toISOString() ?? null,
    createdAt: gift.createdAt.toISOString(),
    updatedAt: gift.updatedAt.toISOString(),
  }
}

/** Also those of stores the gift was taken from: what is left there is the admin's to move. */
const presentStorePools = (gift: Gift, pools: readonly GiftStock[]) =>
  pools.flatMap((pool) =>
    pool.giftId === gift._id && pool.storeId
      ? [
          {
            storeId: pool.storeId,
            skuId: pool.skuId,
            stock: pool.available,
            isForSale: isForSale(gift, pool),
          },
        ]
      : [],
  )
