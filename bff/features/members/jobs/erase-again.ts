import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { closeSessionsOf } from '../../sessions'
import type { ClosingParts } from '../commands/close-member'
import { MemberModel } from '../member.model'

/** A token can be taken from a cache for 30 s after its session ended; requests that it began end well within this. */
const watchedMs = 10 * 60_000
const batchSize = 100

/**
 * Erases once more what arrived under accounts that were closed just now: an address being saved while the account was
 * closed, or a session opened. Safe to run twice and anywhere. Returns how many accounts it looked at.
 */
export async function eraseAgain(
  services: Pick<Services, 'clock' | 'cache'>,
  { erasers }: Pick<ClosingParts, 'erasers'>,
): Promise<number> {
  const since = new Date(services.clock.now().getTime() - watchedMs)
  const closed = await MemberModel.find({ closedAt: { $gte: since } })
    .select('_id')
    .sort({ closedAt: -1 })
    .limit(batchSize)
    .lean()
  for (const { _id: memberId } of closed) {
    await closeSessionsOf(services, 'member', memberId)
    await inTransaction(async () => {
      for (const erase of erasers) await erase(memberId)
    })
  }
  return closed.length
}
