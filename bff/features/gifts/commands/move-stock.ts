import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { GiftStockModel } from '../gift-stock.model'
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

/**
 * Takes pieces for an order, or its after-sale, in that transaction. The condition and the decrement are one update on one document,
 * so a piece is never given twice.
 * @throws `gift.sold_out` with how many are left.
 */
export async function reserveStock({ clock }: Pick<Services, 'clock'>, move: StockMove): Promise<void> {
  assertInTransaction()
  const { stockId, quantity, orderId, afterSaleId } = move
  const stock = await GiftStockModel.findOneAndUpdate(
    { _id: stockId, available: { $gte: quantity } },
    { $inc: { available: -quantity, taken: quantity } },
    { returnDocument: 'after' },
  ).lean()
  if (!stock) {
    const left = (await GiftStockModel.findById(stockId).lean())?.available ?? 0
    throw new DomainError('gift.sold_out', {
      message: left === 0 ? `「${move.giftName}」已经换完了` : `「${move.giftName}」只剩 ${left} 件了`,
      details: { giftId: move.giftId, stockId, left },
    })
  }
  await writeEntry({ clock }, stockId, -quantity, stock.available, {
    key: afterSaleId ? `replace:${afterSaleId}` : `order:${orderId}`,
    reason: afterSaleId ? '换新' : '兑换',
    orderId,
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

/** Opens the pool of a new gift or SKU with its first entry, in the transaction that creates the gift. */
export async function openStock(
  { clock }: Pick<Services, 'clock'>,
  pool: { stockId: string; giftId: string; skuId: string | null; available: number },
): Promise<void> {
  const { stockId, giftId, skuId, available } = pool
  await GiftStockModel.insertMany([{ _id: stockId, giftId, skuId, available, taken: 0 }])
  await writeEntry({ clock }, stockId, available, available, {
    key: 'opening',
    reason: '新建礼品',
    orderId: null,
  })
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
