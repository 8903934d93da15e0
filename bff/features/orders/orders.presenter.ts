import type { z } from 'zod'
import type { adminOrder, orderDetail, orderItem, orderSummary } from '#shared/contracts/orders'
import { findStores } from '../stores'
import type { Order } from './order.model'
import { canBecome } from './orders.states'
import { stepTitle } from './orders.titles'

export const presentItem = (item: Order['items'][number]): z.input<typeof orderItem> => ({
  giftId: item.giftId,
  skuId: item.skuId,
  name: item.name,
  skuName: item.skuName,
  thumbnailUrl: item.thumbnailUrl,
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
    shipment: shipment && { ...shipment, shippedAt: shipment.shippedAt.toISOString() },
    handedOver: handedOver && {
      staffName: handedOver.staffName,
      storeName: handedOver.storeName,
      redeemedAt: handedOver.redeemedAt.toISOString(),
    },
    autoConfirmsAt: order.autoConfirmsAt?.toISOString() ?? null,
    rejectionReason: order.rejectionReason,
    timeline: order.timeline
      .map(({ state, note, at }) => ({
        state,
        title: stepTitle(state, order.handOver),
        note,
        at: at.toISOString(),
      }))
      .reverse(),
    canCancel: canBecome(order.state, 'cancelled'),
    canConfirm: order.state === 'shipped',
    pointsAfter: balance,
  }
}

export const presentAdminOrder = async (
  order: Order,
  memberNick: string,
): Promise<z.input<typeof adminOrder>> => ({
  ...(await presentOrder(order)),
  memberId: order.memberId,
  memberNick,
})
