import type { z } from 'zod'
import type { createGift } from '#shared/contracts/gifts'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../../../kernel/errors'
import type { Gift } from '../gift.model'
import type { GiftStock } from '../gift-stock.model'
import type { NewPool } from './move-stock'

type CreateInput = z.output<typeof createGift.body>
type StoreStock = NonNullable<CreateInput['stockByStore']>
type Placed = Pick<Gift, '_id' | 'skus' | 'storeIds'>

/** The pools a new gift starts with: one a SKU, or one a SKU and store. @throws `request.invalid` for stock said in the wrong place. */
export function firstPools(gift: Gift, input: CreateInput): NewPool[] {
  const { stock, stockByStore, skus = [] } = input
  const wanted = skus.length > 0 ? skus : [{ stock, stockByStore }]
  if (!gift.stockPerStore) {
    if ([input, ...wanted].some((one) => one.stockByStore))
      throw invalid('stockByStore', '没有按门店备货的礼品，库存写在 stock 里')
    return wanted.map((one, index) => ({
      giftId: gift._id,
      skuId: gift.skus[index]?.id ?? null,
      storeId: null,
      available: one.stock,
    }))
  }
  if (gift.handOver !== 'pickup') throw invalid('stockPerStore', '只有到店自取的礼品能按门店备货')
  assertStores(gift, gift.storeIds)
  if (stock > 0 || skus.some((sku) => sku.stock > 0))
    throw invalid('stock', '按门店备货的礼品，库存写在 stockByStore 里，stock 填 0')
  if (skus.length > 0 && stockByStore) throw invalid('stockByStore', '有规格的礼品，每家门店的库存写在规格里')
  return wanted.flatMap((one, index) => {
    const available = stockOfStores(gift, one.stockByStore ?? [])
    return [...new Set(gift.storeIds)].map((storeId) => ({
      giftId: gift._id,
      skuId: gift.skus[index]?.id ?? null,
      storeId,
      available: available.get(storeId) ?? 0,
    }))
  })
}

/** The pools that come with stores a gift had none of; empty, a store it once had finds its own again. @throws `request.invalid` */
export function furtherPools(
  gift: Placed,
  storeIds: readonly string[],
  pools: readonly GiftStock[],
): NewPool[] {
  assertStores(gift, storeIds)
  const skuIds = gift.skus.length > 0 ? gift.skus.map(({ id }) => id) : [null]
  const missing = [...new Set(storeIds)].filter((id) => pools.every(({ storeId }) => storeId !== id))
  return missing.flatMap((storeId) =>
    skuIds.map((skuId) => ({ giftId: gift._id, skuId, storeId, available: 0 })),
  )
}

function assertStores({ skus }: Pick<Gift, 'skus'>, storeIds: readonly string[]): void {
  if (storeIds.length === 0) throw invalid('storeIds', '按门店备货的礼品，要写明在哪些门店领取')
  if (new Set(storeIds).size * Math.max(1, skus.length) > limits.poolsPerGift)
    throw invalid('storeIds', `门店数乘规格数最多 ${limits.poolsPerGift}`)
}

function stockOfStores({ storeIds }: Placed, stocks: StoreStock): Map<string, number> {
  const byStore = new Map(stocks.map(({ storeId, stock }) => [storeId, stock]))
  if (byStore.size < stocks.length) throw invalid('stockByStore', '同一家门店写了不止一次')
  if ([...byStore.keys()].some((id) => !storeIds.includes(id)))
    throw invalid('stockByStore', '有的门店不在领取门店里')
  return byStore
}

const invalid = (path: string, message: string) =>
  new DomainError('request.invalid', { message, details: { path } })
