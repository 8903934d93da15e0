export { sweepDueOrders } from './jobs/sweep-due-orders'
export { ordersRoutes } from './orders.routes'
export { verifyHolds, verifyTaken } from './queries/verify-orders'
export { countHandedOverToday, redemptionsRoutes } from './redemptions.routes'
