import { model, Schema } from 'mongoose'

export interface IdempotencyRecord {
  /** `actor operation key`. Being the _id makes it unique and lets duplicates collide on insert. */
  _id: string
  inputHash: string
  status: number
  /** The response body as it was first sent, JSON text so that a replay is byte for byte the same. */
  body: string
  createdAt: Date
}

const schema = new Schema<IdempotencyRecord>(
  {
    _id: { type: String, required: true },
    inputHash: { type: String, required: true },
    status: { type: Number, required: true },
    body: { type: String, default: '' },
    createdAt: { type: Date, required: true },
  },
  { collection: 'idempotency_records', versionKey: false },
)

// Keys are kept for 7 days; effects that must be single for ever have natural keys of their own.
schema.index({ createdAt: 1 }, { expireAfterSeconds: 7 * 86_400 })

export const IdempotencyRecordModel = model('IdempotencyRecord', schema)
