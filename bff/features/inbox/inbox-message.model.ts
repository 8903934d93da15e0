import { model, Schema } from 'mongoose'

export interface InboxMessage {
  /** Event id: an event delivered twice makes one message. */
  _id: string
  memberId: string
  title: string
  body: string
  orderId: string | null
  /** The gift it is about, where there is no order of it. */
  giftId: string | null
  /** The task it is about. */
  taskId: string | null
  isRead: boolean
  occurredAt: Date
}

const schema = new Schema<InboxMessage>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    title: { type: String, required: true },
    body: { type: String, required: true },
    orderId: { type: String, default: null },
    giftId: { type: String, default: null },
    taskId: { type: String, default: null },
    isRead: { type: Boolean, required: true },
    occurredAt: { type: Date, required: true },
  },
  { collection: 'inbox_messages', versionKey: false },
)

// A member's messages, newest first.
schema.index({ memberId: 1, _id: -1 })
// The unread count.
schema.index({ memberId: 1, isRead: 1 })

export const InboxMessageModel = model('InboxMessage', schema)
