export { checkInsRoutes } from './check-ins.routes'
