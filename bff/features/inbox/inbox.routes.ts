import * as contracts from '#shared/contracts/inbox'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { anyMember, route } from '../../platform/route'
import { InboxMessageModel } from './inbox-message.model'

export const countUnread = (memberId: string): Promise<number> =>
  InboxMessageModel.countDocuments({ memberId, isRead: false })

export const inboxRoutes = [
  route(contracts.listMessages, anyMember, async ({ principal, query }) => {
    const memberId = principal.id
    const before = query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}
    const rows = await InboxMessageModel.find({ memberId, ...before })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    return {
      nextCursor: page.nextCursor,
      unread: await countUnread(memberId),
      items: page.items.map(({ _id, title, body, orderId, giftId, taskId, isRead, occurredAt }) => ({
        id: _id,
        title,
        body,
        orderId,
        giftId: giftId ?? null,
        taskId: taskId ?? null,
        isRead,
        occurredAt: occurredAt.toISOString(),
      })),
    }
  }),
  route(contracts.readAllMessages, anyMember, async ({ principal }) => {
    await InboxMessageModel.updateMany({ memberId: principal.id, isRead: false }, { $set: { isRead: true } })
    return { unread: 0 as const }
  }),
]
