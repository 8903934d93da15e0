import { model, Schema } from 'mongoose'

export interface OutboxEvent {
  _id: string
  /** In the past tense: `order.placed`. */
  name: string
  payload: Record<string, unknown>
  occurredAt: Date
  /** Consumers that have not yet taken the event; empty when delivered. */
  pending: string[]
  /** No delivery is tried before this time; pushed on by each attempt, so that a crash delays and never loses. */
  dueAt: Date
  attempts: number
  deliveredAt: Date | null
}

const schema = new Schema<OutboxEvent>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    payload: { type: Schema.Types.Mixed, required: true },
    occurredAt: { type: Date, required: true },
    pending: { type: [String], required: true },
    dueAt: { type: Date, required: true },
    attempts: { type: Number, required: true },
    deliveredAt: { type: Date, default: null },
  },
  { collection: 'outbox_events', versionKey: false },
)

// The relay's query: what is not delivered and due, oldest first. What waits for consumers that a process does not know is
// passed over in the index.
schema.index({ pending: 1, dueAt: 1 }, { partialFilterExpression: { deliveredAt: null } })
// Delivered events are kept 7 days for a look back.
schema.index({ deliveredAt: 1 }, { expireAfterSeconds: 7 * 86_400 })

export const OutboxEventModel = model('OutboxEvent', schema)
