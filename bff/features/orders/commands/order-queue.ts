import { redisKeys } from '../../../platform/redis/keys'
import type { Services } from '../../../platform/services'
import type { Order } from '../order.model'

/**
 * The locks of whoever writes these gifts' stock for a member. The member comes first, so that a contended gift lock
 * is held only for the transaction.
 */
export const orderLocks = (memberId: string, giftIds: readonly string[]): string[] => [
  redisKeys.memberLock(memberId),
  ...[...new Set(giftIds)].sort().map(redisKeys.giftLock),
]

/**
 * Runs a step that moves an order's pieces or codes, in one queue with those who redeem the same gifts. A crowd on one
 * pool would otherwise abort each other's transactions until they give up. Call it outside a transaction.
 * @throws `service.busy` when the queue does not move for 5 s.
 */
export const inOrderQueue = <T>(
  { locks }: Pick<Services, 'locks'>,
  { memberId, items }: Pick<Order, 'memberId' | 'items'>,
  step: () => Promise<T>,
): Promise<T> =>
  locks.withLocks(
    orderLocks(
      memberId,
      items.map(({ giftId }) => giftId),
    ),
    step,
  )
