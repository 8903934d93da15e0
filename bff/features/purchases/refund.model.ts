import { model, Schema } from 'mongoose'

/** A refund of a purchase; one that comes first waits for it. */
export interface Refund {
  /** `<client> <its number>`: a refund counts once, for ever. */
  _id: string
  clientId: string
  refundNumber: string
  purchaseNumber: string
  purchaseId: string
  /** Which lines, or null for all that is left. */
  lines: { lineId: string; fen: number }[] | null
  inputHash: string
  state: 'waiting' | 'applied' | 'refused'
  /** Why it was refused. */
  reason: string | null
  pointsTakenBack: number
  receivedAt: Date
}

const schema = new Schema<Refund>(
  {
    _id: { type: String, required: true },
    clientId: { type: String, required: true },
    refundNumber: { type: String, required: true },
    purchaseNumber: { type: String, required: true },
    purchaseId: { type: String, required: true },
    lines: { type: Schema.Types.Mixed, default: null },
    inputHash: { type: String, required: true },
    state: { type: String, required: true },
    reason: { type: String, default: null },
    pointsTakenBack: { type: Number, required: true },
    receivedAt: { type: Date, required: true },
  },
  { collection: 'purchase_refunds', versionKey: false },
)

// The refunds of a purchase: those that wait when it comes, and all of them in the admin's list.
schema.index({ purchaseId: 1, receivedAt: 1 })
// The admin's list of refunds by state, newest first.
schema.index({ state: 1, receivedAt: -1, _id: -1 })
schema.index({ receivedAt: -1, _id: -1 })

export const RefundModel = model('PurchaseRefund', schema)
