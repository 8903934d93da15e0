import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { type Order, OrderModel } from '../order.model'
import { titleOf } from '../orders.titles'

type MarkServices = Pick<Services, 'outbox'>

/** One parcel rarely holds more than a few orders; whatever is beyond this is confirmed by its date. */
const ordersPerParcel = 100

/**
 * The carrier has delivered a parcel: each order that is under way with it is marked, and its member told, once.
 * In the caller's transaction. The order is not completed by it; that is the member's word, or the date's.
 */
export async function markDelivered(
  services: MarkServices,
  parcelId: string,
  deliveredAt: Date,
): Promise<void> {
  assertInTransaction()
  const untold = { 'shipment.parcelId': parcelId, state: 'shipped', 'shipment.deliveredAt': null } as const
  const orders = await OrderModel.find(untold).limit(ordersPerParcel).lean()
  for (const order of orders) {
    await OrderModel.updateOne(
      { _id: order._id, ...untold },
      { $set: { 'shipment.deliveredAt': deliveredAt } },
    )
    await publishDelivered(services, order)
  }
}

/** Tells the member that a parcel came. */
export const publishDelivered = ({ outbox }: MarkServices, order: Order): Promise<void> =>
  outbox.publish('order.delivered', {
    memberId: order.memberId,
    orderId: order._id,
    giftName: titleOf(order),
  })
