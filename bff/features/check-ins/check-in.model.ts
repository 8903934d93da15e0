import { model, Schema } from 'mongoose'
import type { BusinessDate } from '#shared/domain/business-date'
import type { Milestone } from '#shared/domain/check-ins'

/** Days running that brought something, and what in the member's words. */
export interface Reached {
  days: Milestone
  reward: string
}

/** What a make-up cost. */
export type MakeUpPrice = { with: 'card' } | { with: 'points'; points: number }

export interface CheckIn {
  _id: string
  memberId: string
  businessDate: BusinessDate
  /** Days running up to and with this one. */
  streakDays: number
  points: number
  /** Milestones that this day may still count for: each day counts once for each. None on days of before there were any. */
  openFor?: Milestone[]
  /** What was reached with this day. */
  reached?: Reached[]
  /** Of a day that was made up: what it cost. */
  madeUpWith?: MakeUpPrice | null
  occurredAt: Date
}

const schema = new Schema<CheckIn>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    businessDate: { type: String, required: true },
    streakDays: { type: Number, required: true },
    points: { type: Number, required: true },
    openFor: { type: [Number], default: [] },
    reached: { type: [{ _id: false, days: Number, reward: String }], default: [] },
    madeUpWith: { type: new Schema({ with: String, points: Number }, { _id: false }), default: null },
    occurredAt: { type: Date, required: true },
  },
  { collection: 'check_ins', versionKey: false },
)

// Promise: one check-in per member and business day; also the calendar.
schema.index({ memberId: 1, businessDate: -1 }, { unique: true })

export const CheckInModel = model('CheckIn', schema)
