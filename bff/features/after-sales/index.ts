export { afterSalesRoutes } from './after-sales.routes'
export { eraseAfterSales } from './commands/erase-after-sales'
export { verifyAfterSales } from './queries/verify-after-sales'
