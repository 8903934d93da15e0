import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { readShelf } from '../../gifts'
import { requireOpenMember } from '../../members'
import { shelfStateOf } from '../shelf'
import { GiftWatchModel, WishCountModel, WishModel } from '../wish.model'

const orStale = (error: unknown): never => {
  throw isDuplicateKey(error) ? new StaleReadError('wishes') : error
}

/**
 * Adds a gift to a member's list; one that is there stays as it is. What the gift is now is nothing to tell of, only what it
 * becomes from now on.
 * @throws `resource.not_found`, `wish.limit_reached`, `member.closed`
 */
export async function addWish(
  services: Pick<Services, 'clock'>,
  memberId: string,
  giftId: string,
): Promise<void> {
  await inTransaction(async () => {
    await requireOpenMember(memberId)
    if (await WishModel.exists({ memberId, giftId })) return
    const shelved = (await readShelf(services, [giftId])).get(giftId)
    if (!shelved) throw notFound('没有这件礼品')
    const { count } = (await WishCountModel.findById(memberId).lean()) ?? { count: 0 }
    if (count >= limits.wishesPerMember) throw new DomainError('wish.limit_reached')
    await WishCountModel.updateOne({ _id: memberId }, { $inc: { count: 1 } }, { upsert: true }).catch(orStale)
    const now = services.clock.now()
    const state = shelfStateOf(shelved)
    const watch = { state, opening: 0, telling: null, lookedAt: now }
    // Written to even when it is there, so that it is not forgotten at the same moment.
    const watched = await GiftWatchModel.findOneAndUpdate(
      { _id: giftId },
      { $setOnInsert: watch, $inc: { wishesMade: 1 } },
      { upsert: true, returnDocument: 'after' },
    )
      .lean()
      .catch(orStale)
    const opening = watched?.opening ?? 0
    const wish = { _id: newId(), memberId, giftId, toldOpening: opening, wishedAt: now }
    await WishModel.insertMany([wish]).catch(orStale)
  })
}

/** Takes a gift off a member's list; from then on he is not told of it. @throws `resource.not_found` */
export async function removeWish(memberId: string, giftId: string): Promise<void> {
  await inTransaction(async () => {
    const removed = await WishModel.deleteOne({ memberId, giftId })
    if (removed.deletedCount === 0) throw notFound('心愿单里没有这件礼品')
    await WishCountModel.updateOne({ _id: memberId }, { $inc: { count: -1 } })
  })
}

/** Forgets what a member who leaves wished for, in the caller's transaction. */
export async function eraseWishes(memberId: string): Promise<void> {
  await WishModel.deleteMany({ memberId })
  await WishCountModel.deleteOne({ _id: memberId })
}
