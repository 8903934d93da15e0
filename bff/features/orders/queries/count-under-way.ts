import { OrderModel } from '../order.model'
import { openStates } from '../orders.states'

/** Orders of a member that are not over: points of them are frozen, or an after-sale is open. */
export const countUnderWay = (memberId: string): Promise<number> =>
  OrderModel.countDocuments({
    memberId,
    $or: [{ state: { $in: [...openStates] } }, { openAfterSaleId: { $ne: null } }],
  })
