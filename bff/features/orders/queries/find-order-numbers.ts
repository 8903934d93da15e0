import { OrderModel } from '../order.model'

/** Order numbers, as members know them, by order id; for lists of others. */
export async function findOrderNumbers(orderIds: readonly string[]): Promise<Map<string, string>> {
  const orders = await OrderModel.find({ _id: { $in: [...orderIds] } })
    .select('number')
    .lean()
  return new Map(orders.map(({ _id, number }) => [_id, number]))
}
