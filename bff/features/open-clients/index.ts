export { authenticateOpenClient } from './authenticate-open-client'
export { openClientsRoutes } from './open-clients.routes'
