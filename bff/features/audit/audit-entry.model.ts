import { model, Schema } from 'mongoose'

export interface AuditEntry {
  _id: string
  adminId: string
  adminName: string
  /** Operation id of the contract. */
  operation: string
  targetId: string
  before: unknown
  after: unknown
  occurredAt: Date
}

const schema = new Schema<AuditEntry>(
  {
    _id: { type: String, required: true },
    adminId: { type: String, required: true },
    adminName: { type: String, required: true },
    operation: { type: String, required: true },
    targetId: { type: String, required: true },
    before: { type: Schema.Types.Mixed, default: null },
    after: { type: Schema.Types.Mixed, default: null },
    occurredAt: { type: Date, required: true },
  },
  { collection: 'audit_entries', versionKey: false },
)

// The log, newest first; and what was done to one thing.
schema.index({ targetId: 1, _id: -1 })

export const AuditEntryModel = model('AuditEntry', schema)
