import { createAdmin } from '#shared/contracts/admins'
import { createGift } from '#shared/contracts/gifts'
import { createStaff } from '#shared/contracts/staff'
import { createStore } from '#shared/contracts/stores'
import { giftCatalogue } from '../pictures/catalogue'
import { usualTerms, type WorldGift } from '../world/gift'
import { gifts } from '../world/gifts'
import { type ShopSlug, shops } from '../world/shops'
import { operator, staff } from '../world/team'
import type { Stage } from './stage'

/** The brand before its first member: shops, people and the gifts that were there from the start. */
export async function openShops(stage: Stage): Promise<void> {
  await stage.owner(createAdmin, { body: operator })
  for (const { slug, ...shop } of shops) {
    const { store } = await stage.owner(createStore, {
      body: { ...shop, pictureUrl: `/pictures/shop-${slug}.webp` },
    })
    stage.shopIds.set(slug, store.id)
  }
  for (const { openid, name, shop } of staff) {
    await stage.owner(createStaff, { body: { openid, name, storeId: idOf(stage, shop) } })
  }
  for (const gift of gifts) if (gift.addedDaysAgo === undefined) await putOnSale(stage, gift)
}

const idOf = (stage: Stage, shop: ShopSlug): string => {
  const id = stage.shopIds.get(shop)
  if (id === undefined) throw new Error(`the shop ${shop} is not open yet`)
  return id
}

const flashEnd = { day: 1, minute: 21 * 60 }

/** When the flash gift ends: tomorrow evening, seen from today. */
export const flashEndsAt = (stage: Pick<Stage, 'instantOf'>): string =>
  stage.instantOf(flashEnd).toISOString()

export async function putOnSale(stage: Stage, gift: WorldGift): Promise<void> {
  const { slug, handOver, stock, skus, pricePoints, perMemberLimit, needsReview, pickUpValidDays } = gift
  const entry = giftCatalogue.find((candidate) => candidate.slug === slug)
  if (!entry) throw new Error(`the catalogue has no ${slug}`)
  const { gift: created } = await stage.owner(createGift, {
    body: {
      name: entry.name,
      categoryId: entry.categoryId,
      handOver,
      pricePoints,
      stock,
      skus: skus && [...skus],
      perMemberLimit,
      needsReview,
      pickUpValidDays,
      marketPriceFen: gift.marketPriceYuan * 100,
      pictureUrls: ['front', 'detail', 'scene'].map((view) => `/pictures/${slug}-${view}.webp`),
      thumbnailUrl: `/pictures/${slug}-front@360.webp`,
      summary: gift.summary,
      description: gift.description,
      terms: gift.terms ?? usualTerms[handOver === 'pickup' ? 'pickup' : 'delivery'],
      storeIds: gift.shops?.map((shop) => idOf(stage, shop)),
      saleEndsAt: gift.isFlash ? flashEndsAt(stage) : undefined,
      onSale: true,
    },
  })
  stage.gifts.set(slug, { id: created.id, skus: created.skus })
}
