import { model, Schema } from 'mongoose'

export interface CheckIn {
  _id: string
  memberId: string
  businessDate: string
  /** Days running up to and with this one. */
  streakDays: number
  points: number
  occurredAt: Date
}

const schema = new Schema<CheckIn>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    businessDate: { type: String, required: true },
    streakDays: { type: Number, required: true },
    points: { type: Number, required: true },
    occurredAt: { type: Date, required: true },
  },
  { collection: 'check_ins', versionKey: false },
)

// Promise: one check-in per member and business day; also the calendar.
schema.index({ memberId: 1, businessDate: -1 }, { unique: true })

export const CheckInModel = model('CheckIn', schema)
