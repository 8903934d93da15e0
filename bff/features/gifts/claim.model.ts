import { model, Schema } from 'mongoose'

/** One taken place under a per-member limit: a limit of three has the slots 0, 1 and 2. */
export interface Claim {
  _id: string
  memberId: string
  /** What is limited: `gift:<id>`, `gift:<id>:<business date>` or `campaign:<id>`. */
  scope: string
  slot: number
  orderId: string
}

const schema = new Schema<Claim>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    scope: { type: String, required: true },
    slot: { type: Number, required: true },
    orderId: { type: String, required: true },
  },
  { collection: 'claims', versionKey: false },
)

// Promise: a place under a limit is taken once, whatever requests arrive together.
schema.index({ memberId: 1, scope: 1, slot: 1 }, { unique: true })
// Freeing what one order took.
schema.index({ memberId: 1, orderId: 1 })

export const ClaimModel = model('Claim', schema)
