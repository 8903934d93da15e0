export { countUnread, inboxRoutes } from './inbox.routes'
export { inboxConsumer } from './inbox-consumer'
