import type { z } from 'zod'
import type { giftDetail } from '#shared/contracts/gifts'
import { notFound } from '../../../kernel/errors'
import type { Services } from '../../../platform/services'
import { findMemberById } from '../../members'
import { readPoints } from '../../points'
import { readSettings } from '../../settings'
import { findStores, presentStore } from '../../stores'
import { ClaimModel } from '../claim.model'
import { giftScope } from '../commands/take-claims'
import { findObstacles } from '../eligibility'
import { type Gift, GiftModel } from '../gift.model'
import { type GiftStock, GiftStockModel } from '../gift-stock.model'
import { presentGiftCard } from '../gifts.presenter'

type Detail = z.input<typeof giftDetail>

/** A gift on sale with its stores and pools, and what stands between this member and it. @throws `resource.not_found` */
export async function readGift(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string | null,
  giftId: string,
): Promise<Detail> {
  const gift = await GiftModel.findOne({ _id: giftId, onSale: true }).lean()
  if (!gift) throw notFound('这件礼品不存在或已下架')
  const pools = await GiftStockModel.find({ giftId }).lean()
  const stock = pools.reduce((sum, pool) => sum + pool.available, 0)
  const taken = pools.reduce((sum, pool) => sum + pool.taken, 0)
  const now = services.clock.now()
  return {
    ...presentGiftCard({ ...gift, stock, taken }, now),
    galleryUrls: gift.pictureUrls,
    summary: gift.summary,
    description: gift.description,
    terms: gift.terms,
    totalStock: stock + taken,
    redeemedCount: taken,
    skus: gift.skus.map(({ id, name }) => ({ id, name, stock: stockOf(pools, id) })),
    stores: gift.handOver === 'pickup' ? (await findStores(gift.storeIds)).map(presentStore) : [],
    pickUpValidDays: gift.handOver === 'pickup' ? gift.pickUpValidDays : null,
    eligibility: memberId ? await readEligibility(services, memberId, gift, stock) : null,
  }
}

const stockOf = (pools: readonly GiftStock[], skuId: string) =>
  pools.find((pool) => pool.skuId === skuId)?.available ?? 0

async function readEligibility(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
  gift: Gift,
  stock: number,
): Promise<Detail['eligibility']> {
  const claimed = await ClaimModel.countDocuments({ memberId, scope: giftScope(gift._id) })
  const { available, debt } = await readPoints(services, memberId)
  const member = await findMemberById(memberId)
  const { checkInPoints, checkInWeekExtraPoints } = await readSettings()
  const isBlocked = member?.blockedReason !== null
  const obstacles = findObstacles({
    gift,
    stock,
    claimed,
    available,
    debt,
    isBlocked,
    pointsPerDay: checkInPoints + checkInWeekExtraPoints / 7,
    now: services.clock.now(),
  })
  return { canRedeem: obstacles.length === 0, redeemedByMe: claimed, obstacles }
}
