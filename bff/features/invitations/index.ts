export { invitationsRoutes } from './invitations.routes'
export { createInvitationsConsumer } from './invitations-consumer'
