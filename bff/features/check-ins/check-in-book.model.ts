import { model, Schema } from 'mongoose'

/** What a member has beside the days themselves. Whatever adds a day writes it, so that no two judge by the same days. */
export interface CheckInBook {
  /** The member's id. */
  _id: string
  /** Make-up cards 补签卡. */
  cards: number
  /** The business month of the newest make-up, and how many were made in it. */
  makeUpMonth: string
  makeUps: number
  /** Counts its changes, to be compared and set. */
  revision: number
}

const schema = new Schema<CheckInBook>(
  {
    _id: { type: String, required: true },
    cards: { type: Number, required: true },
    makeUpMonth: { type: String, default: '' },
    makeUps: { type: Number, required: true },
    revision: { type: Number, required: true },
  },
  { collection: 'check_in_books', versionKey: false },
)

export const CheckInBookModel = model('CheckInBook', schema)
