import type { z } from 'zod'
import type { redemptionOrder } from '#shared/contracts/staff'
import type { Order } from './order.model'
import { presentItem } from './orders.presenter'

/** An order as the staff who hand it over see it: what, not whose. */
export const presentRedemptionOrder = (order: Order): z.input<typeof redemptionOrder> => ({
  id: order._id,
  number: order.number,
  state: order.state === 'completed' ? 'completed' : 'to_pick_up',
  items: order.items.map(presentItem),
  redeemedAt: order.handedOver?.redeemedAt.toISOString() ?? null,
})
