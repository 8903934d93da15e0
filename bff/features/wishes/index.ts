export { eraseWishes } from './commands/change-wishes'
export { tellWishers } from './jobs/tell-wishers'
export { wishesRoutes } from './wishes.routes'
