import { createAdmin } from '#shared/contracts/admins'
import { importGiftCodes } from '#shared/contracts/gift-codes'
import { createGift, updateGift } from '#shared/contracts/gifts'
import { createHelpArticle, updateHelpContact } from '#shared/contracts/help'
import { createStaff } from '#shared/contracts/staff'
import { createStore } from '#shared/contracts/stores'
import { addYears } from '#shared/domain/business-date'
import { giftCatalogue } from '../pictures/catalogue'
import { usualTerms, type WorldGift } from '../world/gift'
import { gifts } from '../world/gifts'
import { helpArticles, helpContact } from '../world/help'
import { type ShopSlug, shops } from '../world/shops'
import { operator, staff } from '../world/team'
import { createRandom } from './random'
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
  for (const body of helpArticles) await stage.owner(createHelpArticle, { body })
  await stage.owner(updateHelpContact, { body: helpContact })
  for (const gift of gifts) if (gift.addedDaysAgo === undefined) await putOnSale(stage, gift)
}

export const idOf = (stage: Stage, shop: ShopSlug): string => {
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
  const isVirtual = handOver === 'virtual'
  const { gift: created } = await stage.owner(createGift, {
    body: {
      name: entry.name,
      categoryId: entry.categoryId,
      handOver,
      pricePoints,
      stock: isVirtual ? 0 : stock,
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
      ...storesOf(stage, gift),
      saleEndsAt: gift.isFlash ? flashEndsAt(stage) : undefined,
      onSale: !isVirtual,
    },
  })
  if (isVirtual) {
    const params = { id: created.id }
    await stage.owner(importGiftCodes, { params, csv: cardFile(stage, stock) })
    await stage.owner(updateGift, { params, body: { onSale: true } })
  }
  stage.gifts.set(slug, { id: created.id, skus: created.skus })
}

function storesOf(stage: Stage, { shops: slugs, stockByShop }: WorldGift) {
  if (!stockByShop) return { storeIds: slugs?.map((shop) => idOf(stage, shop)) }
  const stocks = shops.flatMap(({ slug }) => {
    const stock = stockByShop[slug]
    return stock === undefined ? [] : [{ storeId: idOf(stage, slug), stock }]
  })
  return { stockPerStore: true, storeIds: stocks.map(({ storeId }) => storeId), stockByStore: stocks }
}

/** The file of a supplier: card numbers, passwords, and a year from today to use them. */
function cardFile(stage: Stage, count: number): string {
  const random = createRandom(20_270_101)
  const expiresOn = addYears(stage.today, 1)
  const digits = (length: number) => Array.from({ length }, () => random.between(0, 9)).join('')
  const rows = Array.from({ length: count }, (_, index) =>
    [`6688${digits(8)}${String(index + 1).padStart(4, '0')}`, digits(6), expiresOn].join(','),
  )
  return ['卡号,卡密,有效期', ...rows].join('\n')
}
