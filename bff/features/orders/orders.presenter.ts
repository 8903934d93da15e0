import type { z } from 'zod'
import type { adminOrder, orderDetail, orderItem, orderSummary } from '#shared/contracts/orders'
import type { Settings } from '#shared/contracts/settings'
import { ownPictureUrl } from '#shared/domain/pictures'
import { listEvents } from '../parcels'
import { findStores } from '../stores'
import type { Order } from './order.model'
import { canBecome } from './orders.states'
import { stepTitle, trackingTitles } from './orders.titles'
import { rejectsAt } from './reviews'

export const presentItem = (item: Order['items'][number]): z.input<typeof orderItem> => ({
  giftId: item.giftId,
  skuId: item.skuId,
  name: item.name,
  skuName: item.skuName,
  thumbnailUrl: ownPictureUrl(item.thumbnailUrl),
  quantity: item.quantity,
  pricePoints: item.pricePoints,
})

export const presentOrderSummary = (order: Order): z.input<typeof orderSummary> => ({
  id: order._id,
  number: order.number,
  state: order.state,
  handOver: order.handOver,
  items: order.items.map(presentItem),
  totalPoints: order.totalPoints,
  placedAt: order.placedAt.toISOString(),
  pickUpExpiresAt: order.pickUpExpiresAt?.toISOString() ?? null,
})

/** An order as its member sees it; `balance` only in the answer to placing it. */
export async function presentOrder(
  order: Order,
  balance: { available: number; frozen: number } | null = null,
): Promise<z.input<typeof orderDetail>> {
  const { shipment, handedOver } = order
  const stores = order.handOver === 'pickup' ? await findStores(order.storeIds) : []
  return {
    ...presentOrderSummary(order),
    address: order.address,
    stores: stores.map(({ _id, name, address, hours }) => ({ id: _id, name, address, hours })),
    shipment: shipment && presentShipment(shipment),
    handedOver: handedOver && {
      staffName: handedOver.staffName,
      storeName: handedOver.storeName,
      redeemedAt: handedOver.redeemedAt.toISOString(),
    },
    autoConfirmsAt: order.autoConfirmsAt?.toISOString() ?? null,
    rejectionReason: order.rejectionReason,
    timeline: order.timeline
      .map(({ state, title, note, at }) => ({
        state,
        tracking: null,
        title: title ?? stepTitle(state, order.handOver),
        note,
        at: at.toISOString(),
      }))
      .reverse(),
    canCancel: canBecome(order.state, 'cancelled') && !order.openAfterSaleId,
    canConfirm: order.state === 'shipped',
    pointsAfter: balance,
  }
}

const presentShipment = (shipment: NonNullable<Order['shipment']>) => ({
  carrier: shipment.carrier,
  carrierCode: shipment.carrierCode,
  trackingNumber: shipment.trackingNumber,
  shippedAt: shipment.shippedAt.toISOString(),
  deliveredAt: shipment.deliveredAt?.toISOString() ?? null,
})

/** An order with what its carrier told, newest first: the order's own steps and the parcel's newest 50. */
export async function presentTrackedOrder(order: Order): Promise<z.input<typeof orderDetail>> {
  const detail = await presentOrder(order)
  const events = order.shipment ? await listEvents(order.shipment.parcelId) : []
  const steps = events.map(({ status, description, location, occurredAt }) => ({
    state: 'shipped' as const,
    tracking: status,
    title: trackingTitles[status],
    note: location ? `${location} · ${description}` : description,
    at: occurredAt.toISOString(),
  }))
  // ISO instants sort as text; of the same instant the order's own step comes on top, then the parcel's as listed.
  const timeline = [...detail.timeline, ...steps].sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1))
  return { ...detail, timeline }
}

export const presentAdminOrder = async (
  order: Order,
  memberNick: string,
  settings: Settings,
): Promise<z.input<typeof adminOrder>> => ({
  ...(await presentOrder(order)),
  memberId: order.memberId,
  memberNick,
  review: order.review
    ? {
        reasons: order.review.reasons.map(({ code, message }) => ({ code, message })),
        remindedAt: order.review.remindedAt?.toISOString() ?? null,
        rejectsAt: order.state === 'reviewing' ? rejectsAt(order.placedAt, settings).toISOString() : null,
      }
    : null,
})
