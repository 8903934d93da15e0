import { OrderModel } from '../order.model'

/** Forgets where the orders of a member who leaves were sent, in the caller's transaction; what was ordered stays. */
export async function eraseOrders(memberId: string): Promise<void> {
  await OrderModel.updateMany({ memberId }, { $set: { address: null } })
}
