export { afterSalesRoutes } from './after-sales.routes'
export { eraseAfterSales } from './commands/erase-after-sales'
export { lapseReturns } from './jobs/lapse-returns'
export { verifyAfterSales } from './queries/verify-after-sales'
