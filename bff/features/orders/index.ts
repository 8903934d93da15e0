export { eraseOrders } from './commands/erase-orders'
export { markDelivered } from './commands/mark-delivered'
export { shipOrder } from './commands/move-orders'
export { inOrderQueue } from './commands/order-queue'
export {
  clearMarks,
  closeAfterSale,
  openAfterSale,
  refundPieces,
  refundPoints,
  replacePieces,
} from './commands/settle-after-sale'
export { resealRedemptionCodes } from './jobs/reseal-codes'
export { sweepDueOrders } from './jobs/sweep-due-orders'
export type { Order } from './order.model'
export { ordersRoutes } from './orders.routes'
export { titleOf } from './orders.titles'
export { countUnderWay } from './queries/count-under-way'
export { findOrder, listDisputed } from './queries/find-order'
export { findOrderNumbers } from './queries/find-order-numbers'
export { type FoundOrder, findOrdersNamed, findParcelsInUse } from './queries/find-orders-to-ship'
export { verifyGiftCodes } from './queries/verify-gift-codes'
export { verifyHolds, verifyRefunds, verifyTaken } from './queries/verify-orders'
export { countHandedOverToday, redemptionsRoutes } from './redemptions.routes'
