import type { Services } from '../../../platform/services'
import type { Member } from '../../members'
import { type Gift, GiftModel } from '../gift.model'
import { type GiftStock, GiftStockModel } from '../gift-stock.model'
import { presentGiftCard } from '../gifts.presenter'
import { poolsForSale, sumOf } from '../store-pools'
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
  const poolsOf = ({ gift, skuId }: { gift: Gift; skuId: string | null }) =>
    poolsForSale(gift, pools).filter((pool) => (pool.skuId ?? null) === skuId)
  // An order takes from one pool: where each store has its own, the fullest says how many one can have.
  const stocks = known.map((line) => Math.max(0, ...poolsOf(line).map(({ available }) => available)))
  const piecesOf = (giftId: string) =>
    lines.filter((line) => line.giftId === giftId).reduce((sum, { quantity }) => sum + quantity, 0)
  const eligibilities = await readEligibilities(
    services,
    member,
    known.map((line, index) => ({
      gift: line.gift,
      skuId: line.skuId,
      quantity: piecesOf(line.giftId),
      poolQuantity: line.quantity,
      stock: stocks[index] ?? 0,
    })),
  )
  return known.map(({ gift, giftId, skuId, quantity }, index) => ({
    storeIds: gift.storeIds,
    leftByStore: gift.stockPerStore
      ? new Map(poolsOf({ gift, skuId }).map((pool) => [pool.storeId ?? '', pool.available]))
      : null,
    giftId,
    skuId,
    skuName: gift.skus.find(({ id }) => id === skuId)?.name ?? null,
    quantity,
    gift: cardOf(services, member, gift, skuId, pools),
    stock: stocks[index] ?? 0,
    obstacles: eligibilities[index]?.obstacles ?? [],
  }))
}

function cardOf(
  { clock }: Pick<Services, 'clock'>,
  { tier }: Member,
  gift: Gift,
  skuId: string | null,
  pools: readonly GiftStock[],
) {
  const { eligibility: _, ...card } = presentGiftCard(
    { ...gift, ...sumOf(gift, pools) },
    { tier, now: clock.now(), eligibility: null, skuId },
  )
  return card
}
