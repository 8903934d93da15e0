import type { Services } from '../../../platform/services'
import { assignCodes } from '../../gift-codes'
import { captureHold } from '../../points'
import type { Order } from '../order.model'
import { titleOf } from '../orders.titles'

/**
 * Issues a virtual order in the transaction that makes it `issued`: one code a piece, and the points are spent.
 * @throws `gift.sold_out` when a gift has not codes enough.
 */
export async function issueOrder(
  services: Pick<Services, 'clock' | 'calendar'>,
  order: Pick<Order, '_id' | 'memberId' | 'items'>,
): Promise<void> {
  const { _id: orderId, memberId } = order
  for (const { giftId, stockId, name, quantity } of order.items)
    await assignCodes(services, { orderId, giftId, stockId, giftName: name, quantity })
  await captureHold(services, { memberId, orderId, title: `领取 ${titleOf(order)}` })
}
