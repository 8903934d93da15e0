export { purchasesRoutes } from './purchases.routes'
