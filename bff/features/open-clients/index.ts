export { authenticateOpenClient, type SignedRequest } from './authenticate-open-client'
export { openClientsRoutes } from './open-clients.routes'
