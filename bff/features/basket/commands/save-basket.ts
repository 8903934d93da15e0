import type { z } from 'zod'
import type { saveBasket as contract } from '#shared/contracts/basket'
import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../../kernel/errors'
import {
  assertInTransaction,
  inTransaction,
  isDuplicateKey,
  StaleReadError,
} from '../../../platform/mongo/transaction'
import { findGifts, stockIdOf } from '../../gifts'
import { type Basket, type BasketLine, BasketModel } from '../basket.model'

type Input = z.output<typeof contract.body>

/**
 * Puts these lines in place of the basket's. A gift that went off sale may stay in it; what never was is refused.
 * @throws `resource.conflict` when another phone changed the basket since `revision`; `resource.not_found`,
 *   `request.invalid` for gifts and SKUs there are none of.
 */
export async function saveBasket(memberId: string, input: Input): Promise<void> {
  const lines = mergeLines(input.items)
  await assertKnown(lines)
  await inTransaction(async () => {
    const basket = await BasketModel.findById(memberId).lean()
    if (input.revision !== undefined && input.revision !== (basket?.revision ?? 0))
      throw new DomainError('resource.conflict', { details: { revision: basket?.revision ?? 0 } })
    await replaceLines(memberId, basket, lines)
  })
}

/** Takes what is ordered out of the basket, in the order's transaction; the rest stays. */
export async function takeFromBasket(
  memberId: string,
  ordered: readonly Pick<BasketLine, 'giftId' | 'skuId'>[],
): Promise<void> {
  assertInTransaction()
  const basket = await BasketModel.findById(memberId).lean()
  const gone = new Set(ordered.map(({ giftId, skuId }) => stockIdOf(giftId, skuId)))
  const left = basket?.lines.filter(({ giftId, skuId }) => !gone.has(stockIdOf(giftId, skuId))) ?? []
  if (basket && left.length < basket.lines.length) await replaceLines(memberId, basket, left)
}

async function replaceLines(memberId: string, before: Basket | null, lines: BasketLine[]): Promise<void> {
  if (before) {
    const changed = await BasketModel.updateOne(
      { _id: memberId, revision: before.revision },
      { $set: { lines }, $inc: { revision: 1 } },
    )
    if (changed.matchedCount !== 1) throw new StaleReadError('basket')
    return
  }
  await BasketModel.insertMany([{ _id: memberId, lines, revision: 1 }]).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError('basket') : error
  })
}

function mergeLines(items: Input['items']): BasketLine[] {
  const merged = new Map<string, BasketLine>()
  for (const { giftId, skuId = null, quantity: more } of items) {
    const id = stockIdOf(giftId, skuId)
    const quantity = (merged.get(id)?.quantity ?? 0) + more
    if (quantity > limits.quantityPerItem) {
      throw new DomainError('request.invalid', { message: `一次最多换 ${limits.quantityPerItem} 件` })
    }
    merged.set(id, { giftId, skuId, quantity })
  }
  return [...merged.values()]
}

async function assertKnown(lines: readonly BasketLine[]): Promise<void> {
  const gifts = new Map((await findGifts(lines.map(({ giftId }) => giftId))).map((gift) => [gift._id, gift]))
  for (const { giftId, skuId } of lines) {
    const gift = gifts.get(giftId)
    if (!gift) throw notFound('这件礼品不存在或已下架')
    const isKnownSku = skuId === null ? gift.skus.length === 0 : gift.skus.some(({ id }) => id === skuId)
    if (!isKnownSku)
      throw new DomainError('request.invalid', {
        message: `请选择「${gift.name}」的规格`,
        details: { path: 'skuId', giftId },
      })
  }
}
