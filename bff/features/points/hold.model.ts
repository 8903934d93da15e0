import { model, Schema } from 'mongoose'

/** Points set aside for one order, and the lots they came from. */
export interface Hold {
  _id: string
  memberId: string
  orderId: string
  points: number
  /** In the order they were drawn, soonest-expiring first. */
  draws: { lotId: string; points: number }[]
  /** Of a captured hold: points given back since. */
  refunded: number
  state: 'open' | 'captured' | 'released'
  placedAt: Date
}

const schema = new Schema<Hold>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    orderId: { type: String, required: true },
    points: { type: Number, required: true },
    draws: { type: [{ _id: false, lotId: String, points: Number }], required: true },
    refunded: { type: Number, required: true },
    state: { type: String, required: true },
    placedAt: { type: Date, required: true },
  },
  { collection: 'holds', versionKey: false },
)

// Promise: an order has one hold.
schema.index({ memberId: 1, orderId: 1 }, { unique: true })
// Verification and the history's frozen filter: a member's open holds.
schema.index({ memberId: 1, state: 1 })
// The liability and the check against open orders: what is frozen over all members.
schema.index({ state: 1 }, { partialFilterExpression: { state: 'open' } })

export const HoldModel = model('Hold', schema)
