import { inTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { readShelf, type ShelvedGift } from '../../gifts'
import { shelfStateOf, tellingOf } from '../shelf'
import { type GiftWatch, GiftWatchModel, WishModel } from '../wish.model'

type TellServices = Pick<Services, 'clock' | 'outbox'>

/** Gifts one run looks at; those not seen for longest come first, so that every gift has its turn. */
const giftsPerRun = 500
/** Members told in one transaction. */
const toldAtOnce = 100

/**
 * Looks at every gift that somebody wishes for, and tells of those that can be had again. Safe to run twice and anywhere, and
 * goes on where a run that died stopped. Returns how many members it told.
 */
export async function tellWishers(services: TellServices): Promise<number> {
  const watches = await GiftWatchModel.find().sort({ lookedAt: 1 }).limit(giftsPerRun).lean()
  const shelf = await readShelf(
    services,
    watches.map(({ _id }) => _id),
  )
  let told = 0
  for (const watch of watches) {
    const shelved = shelf.get(watch._id)
    const seen = await look(services, watch, shelved)
    if (seen?.telling && shelved) told += await tellAll(services, seen, shelved)
  }
  return told
}

/** Notes how a gift stands now; the state is compared and set, so that of two runs one counts the opening. */
async function look(
  { clock }: TellServices,
  watch: GiftWatch,
  shelved: ShelvedGift | undefined,
): Promise<GiftWatch | null> {
  if (!(await WishModel.exists({ giftId: watch._id }))) {
    await forget(watch)
    return null
  }
  const state = shelfStateOf(shelved)
  const telling = tellingOf(watch.state, state)
  const isOpen = state === 'open' || state === 'reduced'
  const changes = {
    state,
    lookedAt: clock.now(),
    // What is gone again before everybody was told is not told any further.
    telling: telling ?? (isOpen ? watch.telling : null),
    opening: watch.opening + (telling ? 1 : 0),
  }
  const { _id, state: before, opening } = watch
  const noted = await GiftWatchModel.updateOne({ _id, state: before, opening }, { $set: changes })
  return noted.matchedCount === 1 ? { ...watch, ...changes } : null
}

/** Nobody wishes for it any more. A wish made at this moment writes to the watch too, so one of the two runs again. */
async function forget({ _id }: GiftWatch): Promise<void> {
  await inTransaction(async () => {
    if (await WishModel.exists({ giftId: _id })) return
    await GiftWatchModel.deleteOne({ _id })
  })
}

async function tellAll(services: TellServices, watch: GiftWatch, shelved: ShelvedGift): Promise<number> {
  let told = 0
  for (;;) {
    const count = await tellSome(services, watch, shelved)
    told += count
    if (count < toldAtOnce) break
  }
  const { _id, opening } = watch
  await GiftWatchModel.updateOne({ _id, opening }, { $set: { telling: null } })
  return told
}

/** Marks wishes as told and leaves the events, in one transaction: each member hears of an opening once. */
const tellSome = (
  { outbox }: TellServices,
  { _id: giftId, opening, telling }: GiftWatch,
  { gift }: ShelvedGift,
): Promise<number> =>
  inTransaction(async () => {
    const wishes = await WishModel.find({ giftId, toldOpening: { $lt: opening } })
      .select('memberId')
      .sort({ toldOpening: 1, _id: 1 })
      .limit(toldAtOnce)
      .lean()
    if (wishes.length === 0) return 0
    const ids = wishes.map(({ _id }) => _id)
    const marked = await WishModel.updateMany(
      { _id: { $in: ids }, toldOpening: { $lt: opening } },
      { $set: { toldOpening: opening } },
    )
    if (marked.modifiedCount !== wishes.length) throw new StaleReadError('wishes')
    for (const { memberId } of wishes)
      await outbox.publish(telling ?? 'wish.back-in-stock', { memberId, giftId, giftName: gift.name })
    return wishes.length
  })
