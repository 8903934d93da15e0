import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { closeAlerts, openAlert } from '../../alerts'
import { findStores } from '../../stores'
import { type Gift, GiftModel, plainWatch } from '../gift.model'
import { type GiftStock, GiftStockModel } from '../gift-stock.model'
import { StockWatchModel } from '../stock-watch.model'
import { poolsForSale } from '../store-pools'

type WatchServices = Pick<Services, 'clock'>

const watchId = 'stock-watch'
const kind = 'stock.low'

/**
 * Looks at the next gifts of the round: opens an alert for each whose stock is low, closes those of gifts that have
 * enough again, and pauses the sale of gifts that want that when nothing is left. A run that was cut off is done again
 * from its start; two at once do no more than one. Returns how many alerts it opened and sales it paused.
 */
export async function watchStock(services: WatchServices, batchSize = 500): Promise<number> {
  const position = await StockWatchModel.findById(watchId).lean()
  const gifts = await GiftModel.find({ _id: { $gt: position?.afterGiftId ?? '' } })
    .sort({ _id: 1 })
    .limit(batchSize)
    .lean()
  const pools = await GiftStockModel.find({ giftId: { $in: gifts.map(({ _id }) => _id) } }).lean()
  const enough: string[] = []
  let done = 0
  for (const stored of gifts) {
    const own = poolsForSale(stored, pools)
    const gift = { ...plainWatch, ...stored }
    const isPausedNow = isEmpty(own) && gift.onSale && gift.pausesAtZero && (await pause(services, gift._id))
    const low = lowPools(gift, own)
    if (low.length === 0) enough.push(gift._id)
    else if (await openAlert(services.clock, await alertOf(gift, low, isPausedNow || !gift.onSale))) done += 1
    if (isPausedNow) done += 1
  }
  await closeAlerts(services.clock, { kind, subjectIds: enough })
  const last = gifts.length === batchSize ? gifts.at(-1) : undefined
  await StockWatchModel.updateOne(
    { _id: watchId },
    { $set: { afterGiftId: last?._id ?? '' } },
    { upsert: true },
  )
  return done
}

const isEmpty = (pools: readonly GiftStock[]): boolean => pools.every(({ available }) => available === 0)

/** Pools with too little left. Of a gift that was taken off sale by hand nobody waits for more. */
function lowPools(gift: Gift, pools: readonly GiftStock[]): GiftStock[] {
  if (gift.lowStockAt === 0 || !(gift.onSale || gift.pausedAt)) return []
  const places = gift.skus.map(({ id }) => id)
  return pools
    .filter(({ available }) => available <= gift.lowStockAt)
    .sort((a, b) => places.indexOf(a.skuId ?? '') - places.indexOf(b.skuId ?? ''))
}

/** More pools than these are counted, not named. */
const poolsNamed = 20

async function alertOf(gift: Gift, low: readonly GiftStock[], isPaused: boolean) {
  const named = low.slice(0, poolsNamed)
  const storeIds = [...new Set(named.flatMap(({ storeId }) => storeId ?? []))]
  const stores = storeIds.length > 0 ? await findStores(storeIds) : []
  const pools = named.map(({ skuId, storeId = null, available }) => ({
    skuId,
    skuName: gift.skus.find(({ id }) => id === skuId)?.name ?? null,
    storeId,
    storeName: stores.find(({ _id }) => _id === storeId)?.name ?? null,
    left: available,
  }))
  const parts = pools.map(
    ({ storeName, skuName, left }) =>
      `${storeName ?? ''}${skuName ?? ''}${left > 0 ? `只剩 ${left} 件` : '已换完'}`,
  )
  const more = low.length > named.length ? `等 ${low.length} 处` : ''
  return {
    kind,
    subjectId: gift._id,
    message: `「${gift.name}」${parts.join('、')}${more}${isPaused ? '，已自动暂停兑换' : ''}`,
    details: { giftName: gift.name, lowStockAt: gift.lowStockAt, isPaused, pools },
  } as const
}

/**
 * Takes a gift off sale because nothing is left. The empty pools are written too, so that pieces that come in at this
 * moment conflict with it: whoever refills a pool never finds the sale paused behind his back.
 */
const pause = ({ clock }: WatchServices, giftId: string): Promise<boolean> =>
  inTransaction(async () => {
    const now = clock.now()
    // Read here, so that a store that comes in at this moment conflicts as well.
    const gift = await GiftModel.findById(giftId).lean()
    const ofGift = { giftId, storeId: { $in: [null, ...(gift?.storeIds ?? [])] } }
    const pools = await GiftStockModel.countDocuments(ofGift)
    const emptied = await GiftStockModel.updateMany({ ...ofGift, available: 0 }, { $set: { emptyAt: now } })
    if (emptied.matchedCount !== pools) return false
    const paused = await GiftModel.updateOne(
      { _id: giftId, onSale: true, pausesAtZero: true },
      { $set: { onSale: false, pausedAt: now, updatedAt: now } },
    )
    return paused.matchedCount === 1
  })
