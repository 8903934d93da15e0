export { basketRoutes } from './basket.routes'
export { takeFromBasket } from './commands/save-basket'
