import type { z } from 'zod'
import type { placeOrder } from '#shared/contracts/orders'
import type { HandOver, Tier } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../../kernel/errors'
import { findGifts, type Gift, priceOf, saleObstacle, stockIdOf } from '../../gifts'

export type Line = z.output<typeof placeOrder.body>['items'][number]

/** A line with its gift as it is now, and what a piece costs this member now. */
export interface LoadedLine {
  gift: Gift
  skuId: string | null
  quantity: number
  pricePoints: number
}

/** The same gift named twice is one line, so that limits and stock see the whole quantity. */
export function mergeLines(items: readonly Line[]): Line[] {
  const merged = new Map<string, Line>()
  for (const item of items) {
    const id = stockIdOf(item.giftId, item.skuId ?? null)
    const before = merged.get(id)
    const quantity = (before?.quantity ?? 0) + item.quantity
    if (quantity > limits.quantityPerItem) {
      throw new DomainError('request.invalid', { message: `一次最多换 ${limits.quantityPerItem} 件` })
    }
    if (before && before.expectedPricePoints !== item.expectedPricePoints)
      throw new DomainError('request.invalid', { message: '同一件礼品只能有一个价格' })
    merged.set(id, { ...item, quantity })
  }
  return [...merged.values()].sort((a, b) => (a.giftId < b.giftId ? -1 : 1))
}

/**
 * Loads what is ordered. The price charged is the price the member was shown, or the order is refused.
 * @throws `resource.not_found`, `gift.not_on_sale`, `request.invalid`, `order.price_changed` with the prices of now.
 */
export async function loadLines(items: readonly Line[], tier: Tier, now: Date): Promise<LoadedLine[]> {
  const gifts = new Map((await findGifts(items.map(({ giftId }) => giftId))).map((gift) => [gift._id, gift]))
  const lines = items.map((item) => loadLine(item, gifts.get(item.giftId), tier, now))
  const isAsShown = items.every(
    ({ expectedPricePoints }, index) =>
      expectedPricePoints === undefined || expectedPricePoints === lines[index]?.pricePoints,
  )
  if (isAsShown) return lines
  throw new DomainError('order.price_changed', {
    details: {
      items: lines.map(({ gift, skuId, quantity, pricePoints }) => ({
        giftId: gift._id,
        skuId,
        quantity,
        pricePoints,
      })),
      totalPoints: lines.reduce((sum, { pricePoints, quantity }) => sum + pricePoints * quantity, 0),
    },
  })
}

function loadLine(item: Line, gift: Gift | undefined, tier: Tier, now: Date): LoadedLine {
  const { giftId, skuId = null, quantity } = item
  if (!gift) throw notFound('这件礼品不存在或已下架')
  const obstacle = saleObstacle(gift, now)
  if (obstacle) throw new DomainError('gift.not_on_sale', { message: obstacle.message, details: { giftId } })
  const isKnownSku = skuId === null ? gift.skus.length === 0 : gift.skus.some(({ id }) => id === skuId)
  if (!isKnownSku)
    throw new DomainError('request.invalid', {
      message: `请选择「${gift.name}」的规格`,
      details: { path: 'skuId', giftId },
    })
  return { gift, skuId, quantity, pricePoints: priceOf(gift, tier, now, skuId).points }
}

/** The pieces of each gift over all its SKUs, and one of the pools they come from. */
export function mergeByGift(
  lines: readonly LoadedLine[],
): { gift: Gift; quantity: number; stockId: string }[] {
  const merged = new Map<string, { gift: Gift; quantity: number; stockId: string }>()
  for (const { gift, skuId, quantity } of lines) {
    const before = merged.get(gift._id)
    merged.set(gift._id, {
      gift,
      quantity: (before?.quantity ?? 0) + quantity,
      stockId: stockIdOf(gift._id, skuId),
    })
  }
  return [...merged.values()]
}

/** @throws `gift.mixed_hand_over` */
export function oneHandOver(lines: readonly LoadedLine[]): HandOver {
  const [first, ...others] = [...new Set(lines.map(({ gift }) => gift.handOver))]
  if (!first || others.length > 0) throw new DomainError('gift.mixed_hand_over')
  return first
}

/** Why an order of these lines waits for a review; one reviewed gift sends it all there. Empty when it need not. */
export const reviewReasons = (lines: readonly LoadedLine[]): { code: string; message: string }[] =>
  [...new Set(lines.filter(({ gift }) => gift.needsReview).map(({ gift }) => gift.name))].map((name) => ({
    code: 'gift.needs_review',
    message: `「${name}」要审核`,
  }))
