import { model, Schema } from 'mongoose'

/** A right to one piece of a gift that asks for it by name. */
export interface Entitlement {
  _id: string
  memberId: string
  name: string
  reason: string
  grantedAt: Date
  /** The last business date on which it may be used; null lives on. */
  expiresOn: string | null
  /** The order that used it up; null as long as it can be used. */
  orderId: string | null
  usedAt: Date | null
}

const schema = new Schema<Entitlement>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    name: { type: String, required: true },
    reason: { type: String, required: true },
    grantedAt: { type: Date, required: true },
    expiresOn: { type: String, default: null },
    orderId: { type: String, default: null },
    usedAt: { type: Date, default: null },
  },
  { collection: 'entitlements', versionKey: false },
)

// A member's rights, newest first.
schema.index({ memberId: 1, _id: -1 })
// Those that can be used, and those an order used.
schema.index({ memberId: 1, orderId: 1, name: 1 })

export const EntitlementModel = model('Entitlement', schema)
