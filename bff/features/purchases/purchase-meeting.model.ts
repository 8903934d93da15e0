import { model, Schema } from 'mongoose'

/** Written by a purchase and by each of its refunds, so that two of them at once cannot miss each other. */
export interface PurchaseMeeting {
  /** The purchase's id, whether or not it is here yet. */
  _id: string
  turn: number
  /** Refunds so far. */
  refunds: number
}

const schema = new Schema<PurchaseMeeting>(
  {
    _id: { type: String, required: true },
    turn: { type: Number, required: true },
    refunds: { type: Number, required: true },
  },
  { collection: 'purchase_meetings', versionKey: false },
)

export const PurchaseMeetingModel = model('PurchaseMeeting', schema)
