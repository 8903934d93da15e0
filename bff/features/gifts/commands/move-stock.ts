import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { type GiftStock, GiftStockModel, stockIdOf } from '../gift-stock.model'
import { readOtherStores } from '../queries/read-other-stores'
import { StockEntryModel } from '../stock-entry.model'

export interface StockMove {
  stockId: string
  giftId: string
  giftName: string
  quantity: number
  orderId: string
  /** The after-sale that moves pieces of the order once more. */
  afterSaleId?: string
}

export type NewPool = Pick<GiftStock, 'giftId' | 'skuId' | 'available'> & { storeId: string | null }

/**
 * Takes pieces for an order, or its after-sale, in that transaction. The condition and the decrement are one update on one document,
 * so a piece is never given twice.
 * @throws `gift.sold_out` with how many are left, and of a store's own pool with the stores that have enough.
 */
export async function reserveStock({ clock }: Pick<Services, 'clock'>, move: StockMove): Promise<void> {
  assertInTransaction()
  const { stockId, quantity, orderId, afterSaleId } = move
  const stock = await GiftStockModel.findOneAndUpdate(
    { _id: stockId, available: { $gte: quantity } },
    { $inc: { available: -quantity, taken: quantity } },
    { returnDocument: 'after' },
  ).lean()
  if (!stock) throw await soldOut(move)
  await writeEntry({ clock }, stockId, -quantity, stock.available, {
    key: afterSaleId ? `replace:${afterSaleId}` : `order:${orderId}`,
    reason: afterSaleId ? '换新' : '兑换',
    orderId,
  })
}

async function soldOut({ stockId, giftId, giftName, quantity }: StockMove): Promise<DomainError> {
  const pool = await GiftStockModel.findById(stockId).lean()
  const left = pool?.available ?? 0
  const end = left === 0 ? '已经换完了' : `只剩 ${left} 件了`
  const details = { giftId, stockId, left }
  if (!pool?.storeId) return new DomainError('gift.sold_out', { message: `「${giftName}」${end}`, details })
  const { storeName, otherStores } = await readOtherStores(pool, quantity)
  const others =
    otherStores.length > 0 ? `，${otherStores[0]?.name}${otherStores.length > 1 ? '等门店' : ''}还有` : ''
  return new DomainError('gift.sold_out', {
    message: `${storeName}的「${giftName}」${end}${others}`,
    details: { ...details, storeId: pool.storeId, otherStores },
  })
}

/** Gives pieces of an order back, in the transaction that ends it or settles its after-sale; its key lets it happen once. */
export async function returnStock({ clock }: Pick<Services, 'clock'>, move: StockMove): Promise<void> {
  assertInTransaction()
  const { stockId, quantity, orderId, afterSaleId } = move
  const stock = await GiftStockModel.findOneAndUpdate(
    { _id: stockId, taken: { $gte: quantity } },
    { $inc: { available: quantity, taken: -quantity } },
    { returnDocument: 'after' },
  ).lean()
  if (!stock) throw new Error(`stock ${stockId} has not ${quantity} pieces to take back`)
  await writeEntry({ clock }, stockId, quantity, stock.available, {
    key: afterSaleId ? `restock:${afterSaleId}` : `return:${orderId}`,
    reason: afterSaleId ? '售后退回' : '订单退回',
    orderId,
  })
}

/**
 * Changes a pool by hand or, under a natural `key`, for one cause once; in the caller's transaction.
 * @throws `gift.sold_out` when more is taken away than is available.
 */
export async function adjustStock(
  { clock }: Pick<Services, 'clock'>,
  request: { stockId: string; change: number; reason: string; key?: string },
): Promise<{ id: string; change: number; stockAfter: number }> {
  assertInTransaction()
  const { stockId, change, reason, key = `adjust:${newId()}` } = request
  const stock = await GiftStockModel.findOneAndUpdate(
    { _id: stockId, available: { $gte: -change } },
    { $inc: { available: change } },
    { returnDocument: 'after' },
  ).lean()
  if (!stock) throw new DomainError('gift.sold_out', { message: '库存没有这么多可以减' })
  const id = await writeEntry({ clock }, stockId, change, stock.available, {
    key,
    reason,
    orderId: null,
  })
  return { id, change, stockAfter: stock.available }
}

/** Opens the pools of a new gift or store with their first entries, in the transaction that writes the gift. */
export async function openPools(
  { clock }: Pick<Services, 'clock'>,
  pools: readonly NewPool[],
  reason: string,
): Promise<void> {
  assertInTransaction()
  const opened = pools.map((pool) => ({ ...pool, _id: stockIdOf(pool.giftId, pool.skuId, pool.storeId) }))
  await insertWhole(
    GiftStockModel,
    opened.map((pool) => ({ ...pool, taken: 0 })),
  )
  await insertWhole(
    StockEntryModel,
    opened.map(({ _id: stockId, available }) => ({
      _id: newId(),
      stockId,
      change: available,
      availableAfter: available,
      occurredAt: clock.now(),
      key: 'opening',
      reason,
      orderId: null,
    })),
  )
}

async function writeEntry(
  { clock }: Pick<Services, 'clock'>,
  stockId: string,
  change: number,
  availableAfter: number,
  cause: { key: string; reason: string; orderId: string | null },
): Promise<string> {
  const _id = newId()
  await insertWhole(StockEntryModel, [
    { _id, stockId, change, availableAfter, occurredAt: clock.now(), ...cause },
  ])
  return _id
}
