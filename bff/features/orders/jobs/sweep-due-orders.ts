import type { Settings } from '#shared/contracts/settings'
import { isDomainError } from '../../../kernel/errors'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { readSettings } from '../../settings'
import { invalidState, moveOrderInQueue, type Transition } from '../commands/transition-order'
import { type Order, OrderModel } from '../order.model'
import { titleOf } from '../orders.titles'
import { rejectsBefore, remindsBefore } from '../reviews'

/** One run looks at this many orders of a kind; the next run takes the rest. */
const batchSize = 200

type SweepServices = Pick<Services, 'clock' | 'calendar' | 'outbox' | 'gate' | 'locks'>

/**
 * Ends pick-ups that were not collected in time and reviews nobody did (points and stock go back), confirms deliveries
 * whose time is up, and reminds once of reviews that wait. Safe to run twice and anywhere: the order's state decides.
 * Returns how many orders it moved; a reminder moves none.
 */
export async function sweepDueOrders(services: SweepServices): Promise<number> {
  const now = services.clock.now()
  const settings = await readSettings()
  const expired = await listDue({ state: 'to_pick_up', pickUpExpiresAt: { $lt: now } }, 'pickUpExpiresAt')
  const received = await listDue(
    { state: 'shipped', autoConfirmsAt: { $lt: now }, openAfterSaleId: null },
    'autoConfirmsAt',
  )
  const forgotten = await listDue(
    { state: 'reviewing', placedAt: { $lt: rejectsBefore(now, settings) } },
    'placedAt',
  )
  let moved = 0
  for (const { _id } of expired)
    moved += await moveUnlessDone(services, _id, () => ({ to: 'expired', event: 'order.expired' }))
  for (const { _id } of received)
    moved += await moveUnlessDone(services, _id, () => ({ to: 'completed', event: 'order.completed' }))
  for (const { _id } of forgotten)
    moved += await moveUnlessDone(services, _id, (order) => autoRejection(order, now))
  await remindOfReviews(services, now, settings)
  return moved
}

const listDue = (filter: object, by: 'pickUpExpiresAt' | 'autoConfirmsAt' | 'placedAt') =>
  OrderModel.find(filter)
    .sort({ [by]: 1 })
    .limit(batchSize)
    .lean()

/** Judged by the number as it is in the transaction: an owner may have given reviews more time meanwhile. */
async function autoRejection(order: Order, now: Date): Promise<Transition> {
  const settings = await readSettings()
  if (order.placedAt >= rejectsBefore(now, settings)) throw invalidState(order)
  const reason = `${settings.reviewRejectDays} 天内没有完成审核`
  return {
    to: 'rejected',
    set: { rejectionReason: reason },
    note: reason,
    event: 'order.rejected',
    payload: { reason },
  }
}

async function moveUnlessDone(
  services: SweepServices,
  _id: string,
  transitionOf: (order: Order) => Transition | Promise<Transition>,
): Promise<0 | 1> {
  try {
    await moveOrderInQueue(services, { _id }, (order) => {
      // Asked for since we looked: what is in dispute does not confirm itself.
      if (order.openAfterSaleId) throw invalidState(order)
      return transitionOf(order)
    })
    return 1
  } catch (error) {
    // Collected, confirmed, reviewed or cancelled while we looked: what was to be done is done.
    if (isDomainError(error, 'order.invalid_state')) return 0
    // A crowd is on its gift: the next run takes it, and the other orders do not wait for it.
    if (isDomainError(error, 'service.busy')) return 0
    throw error
  }
}

async function remindOfReviews(services: SweepServices, now: Date, settings: Settings): Promise<void> {
  const due = {
    state: 'reviewing',
    placedAt: { $lt: remindsBefore(now, settings) },
    'review.remindedAt': null,
  } as const
  for (const order of await listDue(due, 'placedAt'))
    await inTransaction(() => remindOnce(services, order, now))
}

/** The mark and the event are one: of two sweeps, or a sweep and a review, one finds it done. */
async function remindOnce(services: SweepServices, order: Order, now: Date): Promise<void> {
  const marked = await OrderModel.updateOne(
    { _id: order._id, state: 'reviewing', 'review.remindedAt': null },
    { $set: { 'review.remindedAt': now } },
  )
  if (marked.matchedCount !== 1) return
  await services.outbox.publish('order.review-delayed', {
    memberId: order.memberId,
    orderId: order._id,
    giftName: titleOf(order),
  })
}
