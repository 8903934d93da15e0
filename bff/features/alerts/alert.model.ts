import { model, Schema } from 'mongoose'
import type { AlertKind } from '#shared/domain/enums'

/** Something that somebody should look at, from when it was found until it is over. */
export interface Alert {
  _id: string
  kind: AlertKind
  /** What it is about: a gift's id, `ledger`, or a counter of guesses. */
  subjectId: string
  message: string
  details: Record<string, unknown>
  isOpen: boolean
  openedAt: Date
  closedAt: Date | null
}

const schema = new Schema<Alert>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    subjectId: { type: String, required: true },
    message: { type: String, required: true },
    details: { type: Schema.Types.Mixed, required: true },
    isOpen: { type: Boolean, required: true },
    openedAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
  },
  { collection: 'alerts', versionKey: false },
)

// Promise: one open alert of a kind for each subject, however many sweeps find it.
schema.index({ kind: 1, subjectId: 1 }, { unique: true, partialFilterExpression: { isOpen: true } })
// The admin's lists, newest first.
schema.index({ isOpen: 1, _id: -1 })
schema.index({ kind: 1, isOpen: 1, _id: -1 })

export const AlertModel = model('Alert', schema)
