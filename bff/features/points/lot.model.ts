import { model, Schema } from 'mongoose'

/** Points of one source that expire together. */
export interface Lot {
  _id: string
  memberId: string
  /** `source|expiry date as granted`: earnings alike in both share a lot. */
  lotKey: string
  source: string
  /** Last business date on which the points can be spent. */
  expiresOn: string
  remaining: number
  /** Points released after their date live on for some days, once per lot. */
  isExtended: boolean
}

const schema = new Schema<Lot>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    lotKey: { type: String, required: true },
    source: { type: String, required: true },
    expiresOn: { type: String, required: true },
    remaining: { type: Number, required: true },
    isExtended: { type: Boolean, required: true },
  },
  { collection: 'lots', versionKey: false },
)

// Two earnings at once end up in one lot.
schema.index({ memberId: 1, lotKey: 1 }, { unique: true })
// Spending: what is left, soonest-expiring first.
schema.index({ memberId: 1, expiresOn: 1, _id: 1 }, { partialFilterExpression: { remaining: { $gt: 0 } } })

// The expiry job and the reminders: what is left, by date, over all members.
schema.index({ expiresOn: 1, _id: 1 }, { partialFilterExpression: { remaining: { $gt: 0 } } })

export const LotModel = model('Lot', schema)
