import type { z } from 'zod'
import * as contracts from '#shared/contracts/gifts'
import { DomainError, notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { keepPictures } from '../../pictures'
import { readSettings } from '../../settings'
import { findStores } from '../../stores'
import { type Gift, GiftModel, plainRules, plainWatch } from '../gift.model'
import { GiftCategoryModel } from '../gift-category.model'
import { GiftStockModel } from '../gift-stock.model'
import { firstPools, furtherPools } from './choose-pools'
import { openPools } from './move-stock'

type CreateInput = z.output<typeof contracts.createGift.body>
type UpdateInput = z.output<typeof contracts.updateGift.body>

const defaultPickUpValidDays = 14

/**
 * Creates a gift with its stock pools and their first stock entries.
 * @throws `resource.not_found` for an unknown category or store; `gift.no_codes`, `gift.stock_is_codes`.
 */
export async function createGift(
  services: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  input: CreateInput,
): Promise<string> {
  await assertReferences(input)
  if (input.handOver === 'virtual') assertWithoutCodes(input)
  assertWindow(toDate(input.saleStartsAt), toDate(input.saleEndsAt), 'saleEndsAt')
  const { stock: _, stockByStore: __, skus = [], saleStartsAt, saleEndsAt, timedPrice, ...fields } = input
  const now = services.clock.now()
  const gift: Gift = {
    ...plainRules,
    ...plainWatch,
    marketPriceFen: null,
    pictureUrls: [],
    thumbnailUrl: null,
    summary: null,
    description: null,
    terms: null,
    needsReview: false,
    storeIds: [],
    pickUpValidDays: defaultPickUpValidDays,
    typedCodeAllowed: true,
    ...fields,
    _id: newId(),
    minimumBalance: input.minimumBalance ?? (await readSettings()).minimumBalancePoints,
    returnDays: fields.returnDays ?? null,
    timedPrice: toTimedPrice(timedPrice),
    skus: skus.map(({ name, pricePoints = null }) => ({ id: newId(), name, pricePoints })),
    saleStartsAt: toDate(saleStartsAt),
    saleEndsAt: toDate(saleEndsAt),
    createdAt: now,
    updatedAt: now,
  }
  const pools = firstPools(gift, input)
  await inTransaction(async () => {
    await keepGiftPictures(input)
    await GiftModel.insertMany([gift])
    await openPools(services, pools, '新建礼品')
    await recordAudit(services.clock, admin, {
      operation: contracts.createGift.id,
      targetId: gift._id,
      before: null,
      after: input,
    })
  })
  return gift._id
}

/** Changes a gift; orders keep what they were placed with. @throws as `createGift`. */
export async function updateGift(
  services: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  giftId: string,
  input: UpdateInput,
): Promise<void> {
  await assertReferences(input)
  await inTransaction(async () => {
    const before = await GiftModel.findById(giftId).lean()
    if (!before) throw notFound('没有这件礼品')
    if (input.onSale && before.handOver === 'virtual') await assertHasHadCodes(giftId)
    const { saleStartsAt, saleEndsAt, timedPrice, skuPrices, ...fields } = input
    const changes: Partial<Gift> = {
      ...fields,
      ...(saleStartsAt === undefined ? {} : { saleStartsAt: toDate(saleStartsAt) }),
      ...(saleEndsAt === undefined ? {} : { saleEndsAt: toDate(saleEndsAt) }),
      ...(timedPrice === undefined ? {} : { timedPrice: toTimedPrice(timedPrice) }),
      ...(skuPrices === undefined ? {} : { skus: withPrices(before.skus, skuPrices) }),
      // Whoever puts it on sale or takes it off has seen that it paused.
      ...(input.onSale === undefined ? {} : { pausedAt: null }),
      updatedAt: services.clock.now(),
    }
    const { saleStartsAt: startsAt, saleEndsAt: endsAt } = { ...before, ...changes }
    assertWindow(startsAt, endsAt, 'saleEndsAt')
    await keepGiftPictures(input)
    await GiftModel.updateOne({ _id: giftId }, { $set: changes })
    if (before.stockPerStore && input.storeIds) await openFurtherPools(services, before, input.storeIds)
    await recordAudit(services.clock, admin, {
      operation: contracts.updateGift.id,
      targetId: giftId,
      before: Object.fromEntries(
        Object.keys(input)
          .map((key) => (key === 'skuPrices' ? 'skus' : key))
          .map((key) => [key, before[key as keyof Gift] ?? null]),
      ),
      after: input,
    })
  })
}

async function keepGiftPictures({ pictureUrls = [], thumbnailUrl }: UpdateInput): Promise<void> {
  await keepPictures(pictureUrls, 'pictureUrls')
  if (thumbnailUrl !== undefined) await keepPictures([thumbnailUrl], 'thumbnailUrl')
}

async function openFurtherPools(
  services: Pick<Services, 'clock'>,
  gift: Gift,
  storeIds: readonly string[],
): Promise<void> {
  const pools = furtherPools(gift, storeIds, await GiftStockModel.find({ giftId: gift._id }).lean())
  if (pools.length > 0) await openPools(services, pools, '新增门店')
}

const toDate = (instant: string | null | undefined): Date | null => (instant ? new Date(instant) : null)

/** A SKU's own price, or null for the gift's; SKUs that are not named keep theirs. */
function withPrices(skus: Gift['skus'], prices: NonNullable<UpdateInput['skuPrices']>): Gift['skus'] {
  const priceById = new Map(prices.map(({ skuId, pricePoints }) => [skuId, pricePoints]))
  if ([...priceById.keys()].some((skuId) => skus.every(({ id }) => id !== skuId)))
    throw new DomainError('request.invalid', { message: '没有这个规格', details: { path: 'skuPrices' } })
  return skus.map((sku) =>
    priceById.has(sku.id) ? { ...sku, pricePoints: priceById.get(sku.id) ?? null } : sku,
  )
}

function toTimedPrice(input: UpdateInput['timedPrice']): Gift['timedPrice'] {
  if (!input) return null
  const [startsAt, endsAt] = [new Date(input.startsAt), new Date(input.endsAt)]
  assertWindow(startsAt, endsAt, 'timedPrice.endsAt')
  return { points: input.points, startsAt, endsAt }
}

async function assertReferences(input: Pick<UpdateInput, 'categoryId' | 'storeIds'>): Promise<void> {
  if (input.categoryId !== undefined && !(await GiftCategoryModel.exists({ _id: input.categoryId }))) {
    throw new DomainError('request.invalid', { message: '没有这个礼品分类', details: { path: 'categoryId' } })
  }
  const storeIds = [...new Set(input.storeIds ?? [])]
  if (storeIds.length > 0 && (await findStores(storeIds)).length < storeIds.length) {
    throw new DomainError('request.invalid', { message: '有的门店不存在', details: { path: 'storeIds' } })
  }
}

/** A new virtual gift has no codes yet, and its stock is nothing else. */
function assertWithoutCodes({ onSale, stock, skus = [] }: CreateInput): void {
  if (onSale) throw new DomainError('gift.no_codes')
  if (stock > 0 || skus.some((sku) => sku.stock > 0)) throw new DomainError('gift.stock_is_codes')
}

/** Once codes were imported it may be on sale; when they run out it is sold out like any other. */
async function assertHasHadCodes(giftId: string): Promise<void> {
  const $or = [{ available: { $gt: 0 } }, { taken: { $gt: 0 } }]
  if (!(await GiftStockModel.exists({ giftId, $or }))) throw new DomainError('gift.no_codes')
}

function assertWindow(startsAt: Date | null, endsAt: Date | null, path: string): void {
  if (startsAt && endsAt && endsAt <= startsAt) {
    throw new DomainError('request.invalid', { message: '结束时间要晚于开始时间', details: { path } })
  }
}
