import type { Services } from '../../../platform/services'
import type { Member } from '../../members'
import { type Gift, GiftModel } from '../gift.model'
import { GiftStockModel, stockIdOf } from '../gift-stock.model'
import { presentGiftCard } from '../gifts.presenter'
import { readEligibilities } from './read-eligibility'

interface WishLine {
  giftId: string
  skuId: string | null
  quantity: number
}

/**
 * Lines a member thinks of ordering together, with their gifts, stock and obstacles of now. Limits see the pieces of a gift
 * over all its lines. Lines of gifts there are no more of are left out.
 */
export async function readWishes(
  services: Pick<Services, 'clock' | 'calendar'>,
  member: Member,
  lines: readonly WishLine[],
) {
  const giftIds = [...new Set(lines.map(({ giftId }) => giftId))]
  if (giftIds.length === 0) return []
  const gifts = new Map(
    (await GiftModel.find({ _id: { $in: giftIds } }).lean()).map((gift) => [gift._id, gift]),
  )
  const pools = await GiftStockModel.find({ giftId: { $in: giftIds } }).lean()
  const known = lines.flatMap((line) => {
    const gift = gifts.get(line.giftId)
    return gift ? [{ ...line, gift }] : []
  })
  const stockOf = (line: WishLine) =>
    pools.find(({ _id }) => _id === stockIdOf(line.giftId, line.skuId))?.available ?? 0
  const piecesOf = (giftId: string) =>
    lines.filter((line) => line.giftId === giftId).reduce((sum, { quantity }) => sum + quantity, 0)
  const eligibilities = await readEligibilities(
    services,
    member,
    known.map((line) => ({
      gift: line.gift,
      skuId: line.skuId,
      quantity: piecesOf(line.giftId),
      poolQuantity: line.quantity,
      stock: stockOf(line),
    })),
  )
  return known.map(({ gift, giftId, skuId, quantity }, index) => ({
    giftId,
    skuId,
    skuName: gift.skus.find(({ id }) => id === skuId)?.name ?? null,
    quantity,
    gift: cardOf(services, member, gift, skuId, pools),
    stock: stockOf({ giftId, skuId, quantity }),
    obstacles: eligibilities[index]?.obstacles ?? [],
  }))
}

function cardOf(
  { clock }: Pick<Services, 'clock'>,
  { tier }: Member,
  gift: Gift,
  skuId: string | null,
  pools: readonly { giftId: string; available: number; taken: number }[],
) {
  const own = pools.filter(({ giftId }) => giftId === gift._id)
  const stock = own.reduce((sum, { available }) => sum + available, 0)
  const taken = own.reduce((sum, pool) => sum + pool.taken, 0)
  const { eligibility: _, ...card } = presentGiftCard(
    { ...gift, stock, taken },
    { tier, now: clock.now(), eligibility: null, skuId },
  )
  return card
}
