export { shipmentsRoutes } from './shipments.routes'
