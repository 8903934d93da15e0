export { afterSalesRoutes } from './after-sales.routes'
export { verifyAfterSales } from './queries/verify-after-sales'
