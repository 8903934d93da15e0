export { markDelivered } from './commands/mark-delivered'
export { shipOrder } from './commands/move-orders'
export { resealRedemptionCodes } from './jobs/reseal-codes'
export {
  clearMarks,
  closeAfterSale,
  openAfterSale,
  refundPieces,
  refundPoints,
  replacePieces,
} from './commands/settle-after-sale'
export { sweepDueOrders } from './jobs/sweep-due-orders'
export type { Order } from './order.model'
export { ordersRoutes } from './orders.routes'
export { type FoundOrder, findOrdersNamed, findParcelsInUse } from './queries/find-orders-to-ship'
export { verifyGiftCodes } from './queries/verify-gift-codes'
export { titleOf } from './orders.titles'
export { findOrder, listDisputed } from './queries/find-order'
export { verifyHolds, verifyRefunds, verifyTaken } from './queries/verify-orders'
export { countHandedOverToday, redemptionsRoutes } from './redemptions.routes'
