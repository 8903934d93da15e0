import { type Order, OrderModel } from '../order.model'

/** One order, of one member where he is named; null when there is none. Inside a transaction it is read there. */
export const findOrder = (find: { _id: string; memberId?: string }): Promise<Order | null> =>
  OrderModel.findOne(find).lean()

/** Orders with an after-sale under way, for the check against open after-sales. */
export async function listDisputed(): Promise<{ memberId: string; orderId: string; afterSaleId: string }[]> {
  const orders = await OrderModel.find({ openAfterSaleId: { $gt: '' } })
    .select('memberId openAfterSaleId')
    .lean()
  return orders.map(({ _id, memberId, openAfterSaleId }) => ({
    memberId,
    orderId: _id,
    afterSaleId: openAfterSaleId ?? '',
  }))
}
