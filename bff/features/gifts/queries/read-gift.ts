import type { z } from 'zod'
import type { giftDetail } from '#shared/contracts/gifts'
import { limits } from '#shared/domain/limits'
import { notFound } from '../../../kernel/errors'
import type { Services } from '../../../platform/services'
import { findMemberById } from '../../members'
import { findStores, presentStore } from '../../stores'
import { type Gift, GiftModel } from '../gift.model'
import { type GiftStock, GiftStockModel } from '../gift-stock.model'
import { galleryOf, presentGiftCard } from '../gifts.presenter'
import { priceOf } from '../prices'
import { addUp, poolsForSale, sumOf } from '../store-pools'
import { readEligibilities } from './read-eligibility'

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
  const { stock, taken } = sumOf(gift, pools)
  const own = poolsForSale(gift, pools)
  const now = services.clock.now()
  const member = memberId ? await findMemberById(memberId) : null
  const tier = member?.tier ?? 'regular'
  const [eligibility = null] = member
    ? await readEligibilities(services, member, [{ gift, quantity: 1, stock }])
    : []
  return {
    ...presentGiftCard({ ...gift, stock, taken }, { tier, now, eligibility }),
    galleryUrls: galleryOf(gift),
    summary: gift.summary,
    description: gift.description,
    terms: gift.terms,
    totalStock: stock + taken,
    redeemedCount: taken,
    skus: gift.skus.map(({ id, name }) => {
      const { points: pricePoints, listPoints: listPricePoints } = priceOf(gift, tier, now, id)
      const ofSku = own.filter((pool) => pool.skuId === id)
      return {
        id,
        name,
        stock: addUp(ofSku),
        pricePoints,
        listPricePoints,
        leftByStore: ofSku.flatMap(({ storeId, available }) =>
          storeId ? [{ storeId, left: available }] : [],
        ),
      }
    }),
    stores: gift.handOver === 'pickup' ? await presentStores(gift, own) : [],
    stockPerStore: gift.stockPerStore ?? false,
    pickUpValidDays: gift.handOver === 'pickup' ? gift.pickUpValidDays : null,
    perOrderLimit: gift.perOrderLimit ?? null,
    perDayLimit: gift.perDayLimit ?? null,
    returnDays: gift.handOver === 'virtual' ? 0 : (gift.returnDays ?? limits.returnDaysUsual),
  }
}

const presentStores = async ({ storeIds, stockPerStore }: Gift, pools: readonly GiftStock[]) =>
  (await findStores(storeIds)).map((store) => ({
    ...presentStore(store),
    left: stockPerStore ? addUp(pools.filter(({ storeId }) => storeId === store._id)) : null,
  }))
