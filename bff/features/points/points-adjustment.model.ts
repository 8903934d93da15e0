import { model, Schema } from 'mongoose'
import type { AdjustmentState } from '#shared/domain/enums'

/** An admin by id, with the name at that time. */
export interface AdminName {
  id: string
  name: string
}

/** A correction by hand that an admin asked for: posted at once, or when another admin approves. */
export interface PointsAdjustment {
  _id: string
  memberId: string
  change: number
  reason: string
  /** The earning it takes back. */
  reversesEntryId: string | null
  state: AdjustmentState
  requestedBy: AdminName
  requestedAt: Date
  /** Null while it waits, and when one admin was enough. */
  decidedBy: AdminName | null
  decidedAt: Date | null
  rejectReason: string | null
  /** What its posting added to the member's debt, negative when it paid some; null unless posted. */
  debtChange: number | null
}

const adminName = { _id: false, id: String, name: String }

const schema = new Schema<PointsAdjustment>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    change: { type: Number, required: true },
    reason: { type: String, required: true },
    reversesEntryId: { type: String, default: null },
    state: { type: String, required: true },
    requestedBy: { type: adminName, required: true },
    requestedAt: { type: Date, required: true },
    decidedBy: { type: adminName, default: null },
    decidedAt: { type: Date, default: null },
    rejectReason: { type: String, default: null },
    debtChange: { type: Number, default: null },
  },
  { collection: 'points_adjustments', versionKey: false },
)

// The list by state, newest first: above all what waits.
schema.index({ state: 1, _id: -1 })
// The list of one member, newest first; what an admin adjusted of one today.
schema.index({ memberId: 1, _id: -1 })

export const PointsAdjustmentModel = model('PointsAdjustment', schema)
