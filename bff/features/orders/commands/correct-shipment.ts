import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../../kernel/errors'
import { inTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { expectParcel, nameParcel } from '../../parcels'
import { type Order, OrderModel } from '../order.model'
import { titleOf } from '../orders.titles'
import { publishDelivered } from './mark-delivered'
import type { AdminMove } from './move-orders'
import { invalidState } from './transition-order'

const correctionTitle = '运单号已更正'

/**
 * Another parcel than the one first named carries an order that is under way. The timeline shows the new parcel's
 * history from now on; the day on which the order confirms itself stays. The same parcel again changes nothing.
 * @throws `resource.not_found`; `order.invalid_state` unless shipped, or after 10 corrections.
 */
export function correctShipment(
  services: Pick<Services, 'clock' | 'outbox'>,
  { admin, orderId, operation }: AdminMove,
  input: { carrier: string; trackingNumber: string },
): Promise<Order> {
  const parcel = nameParcel(input)
  return inTransaction(async () => {
    const order = await OrderModel.findById(orderId).lean()
    if (!order) throw notFound('没有这张订单')
    const before = order.shipment
    if (order.state !== 'shipped' || !before) throw invalidState(order)
    if (before.parcelId === parcel.parcelId && before.carrier === parcel.carrier) return order
    assertMayCorrect(order)
    const { deliveredAt } = await expectParcel(parcel.parcelId)
    const shipment = { ...parcel, shippedAt: before.shippedAt, deliveredAt }
    const note = `${parcel.carrier} ${parcel.trackingNumber}`
    const step = { state: order.state, title: correctionTitle, note, at: services.clock.now() }
    const changed = await OrderModel.updateOne(
      { _id: orderId, state: 'shipped', 'shipment.parcelId': before.parcelId },
      { $set: { shipment }, $push: { timeline: step } },
    )
    if (changed.matchedCount !== 1) throw new StaleReadError('shipment')
    await services.outbox.publish('order.shipment-corrected', {
      memberId: order.memberId,
      orderId,
      giftName: titleOf(order),
      carrier: parcel.carrier,
      trackingNumber: parcel.trackingNumber,
    })
    if (deliveredAt && parcel.parcelId !== before.parcelId) await publishDelivered(services, order)
    await recordAudit(services.clock, admin, {
      operation,
      targetId: orderId,
      before: { carrier: before.carrier, trackingNumber: before.trackingNumber },
      after: { carrier: parcel.carrier, trackingNumber: parcel.trackingNumber },
    })
    return { ...order, shipment, timeline: [...order.timeline, step] }
  })
}

/** Each correction is a row of the timeline, which is read whole. */
function assertMayCorrect(order: Order): void {
  const corrections = order.timeline.filter(({ title }) => title === correctionTitle).length
  if (corrections >= limits.trackingCorrections)
    throw new DomainError('order.invalid_state', {
      message: `一张订单最多更正 ${limits.trackingCorrections} 次运单号`,
      details: { state: order.state },
    })
}
