import { InboxMessageModel } from './inbox-message.model'

export { countUnread, inboxRoutes } from './inbox.routes'
export { createInboxConsumer } from './inbox-consumer'

/** Removes the messages of a member who leaves, in the caller's transaction. */
export async function eraseInbox(memberId: string): Promise<void> {
  await InboxMessageModel.deleteMany({ memberId })
}
