import { model, Schema } from 'mongoose'

/** A member looked at the codes of an order. Who and when, and nothing else of him. */
export interface GiftCodeView {
  _id: string
  orderId: string
  memberId: string
  viewedAt: Date
}

const schema = new Schema<GiftCodeView>(
  {
    _id: { type: String, required: true },
    orderId: { type: String, required: true },
    memberId: { type: String, required: true },
    viewedAt: { type: Date, required: true },
  },
  { collection: 'gift_code_views', versionKey: false },
)

// An order's views, newest first.
schema.index({ orderId: 1, _id: -1 })

export const GiftCodeViewModel = model('GiftCodeView', schema)
