import type { AfterSaleState } from '#shared/domain/enums'
import { assertInTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { findOrder, type Order, titleOf } from '../../orders'
import { type AfterSale, AfterSaleModel } from '../after-sale.model'
import { invalidState } from '../after-sales.errors'
import { canBecome } from '../after-sales.states'

export type AfterSaleServices = Pick<Services, 'clock' | 'calendar' | 'outbox' | 'gate' | 'locks'>

/**
 * Moves an after-sale to another state, in the caller's transaction, and tells others. The state is compared and set, so
 * that of two decisions at once one finds it changed.
 * @throws `after_sale.invalid_state` when the table does not allow it.
 */
export async function moveAfterSale(
  services: Pick<Services, 'clock' | 'outbox'>,
  before: AfterSale,
  change: {
    to: AfterSaleState
    set?: Partial<AfterSale>
    note?: string | null
    event: string
    /** What others are told that the after-sale itself does not say. */
    payload?: Record<string, unknown>
  },
): Promise<AfterSale> {
  assertInTransaction()
  const { to, set = {}, note = null } = change
  if (!canBecome(before.state, to)) throw invalidState(before)
  const step = { state: to, note, at: services.clock.now() }
  const changes = { ...set, state: to }
  const moved = await AfterSaleModel.updateOne(
    { _id: before._id, state: before.state },
    { $set: changes, $push: { timeline: step } },
  )
  if (moved.matchedCount !== 1) throw new StaleReadError('after-sale state')
  const after = { ...before, ...changes, timeline: [...before.timeline, step] }
  await services.outbox.publish(change.event, {
    memberId: after.memberId,
    orderId: after.orderId,
    afterSaleId: after._id,
    kind: after.kind,
    giftName: titleOf(after),
    points: after.refundedPoints,
    note,
    ...change.payload,
  })
  return after
}

/** The order of an after-sale, read in the transaction that settles it. */
export async function orderOf({ orderId, memberId }: AfterSale): Promise<Order> {
  const order = await findOrder({ _id: orderId, memberId })
  if (!order) throw new Error(`after-sale without its order ${orderId}`)
  return order
}
