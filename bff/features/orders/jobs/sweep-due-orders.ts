import { isDomainError } from '../../../kernel/errors'
import type { Services } from '../../../platform/services'
import { invalidState, moveOrder } from '../commands/transition-order'
import { OrderModel } from '../order.model'

/** One run looks at this many orders of a kind; the next run takes the rest. */
const batchSize = 200

type SweepServices = Pick<Services, 'clock' | 'calendar' | 'outbox' | 'gate'>

/**
 * Ends pick-ups that were not collected in time (points and stock go back) and confirms deliveries whose
 * time is up. Safe to run twice and anywhere: the order's state decides. Returns how many orders it moved.
 */
export async function sweepDueOrders(services: SweepServices): Promise<number> {
  const now = services.clock.now()
  const expired = await OrderModel.find({ state: 'to_pick_up', pickUpExpiresAt: { $lt: now } })
    .select('_id')
    .sort({ pickUpExpiresAt: 1 })
    .limit(batchSize)
    .lean()
  const received = await OrderModel.find({
    state: 'shipped',
    autoConfirmsAt: { $lt: now },
    openAfterSaleId: null,
  })
    .select('_id')
    .sort({ autoConfirmsAt: 1 })
    .limit(batchSize)
    .lean()
  let moved = 0
  for (const { _id } of expired) moved += await moveUnlessDone(services, _id, 'expired', 'order.expired')
  for (const { _id } of received) moved += await moveUnlessDone(services, _id, 'completed', 'order.completed')
  return moved
}

async function moveUnlessDone(
  services: SweepServices,
  _id: string,
  to: 'expired' | 'completed',
  event: string,
): Promise<0 | 1> {
  try {
    await moveOrder(services, { _id }, (order) => {
      // Asked for since we looked: what is in dispute does not confirm itself.
      if (order.openAfterSaleId) throw invalidState(order)
      return { to, event }
    })
    return 1
  } catch (error) {
    // Collected, confirmed or cancelled while we looked: what was to be done is done.
    if (isDomainError(error, 'order.invalid_state')) return 0
    throw error
  }
}
