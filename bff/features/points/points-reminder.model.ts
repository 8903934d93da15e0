import { model, Schema } from 'mongoose'

/** A reminder that was sent. The id makes it the only one. */
export interface PointsReminder {
  /** `member|date on which points expire|days before`. */
  _id: string
  sentAt: Date
}

const schema = new Schema<PointsReminder>(
  { _id: { type: String, required: true }, sentAt: { type: Date, required: true } },
  { collection: 'points_reminders', versionKey: false },
)

// Kept well past the date it speaks of.
schema.index({ sentAt: 1 }, { expireAfterSeconds: 60 * 86_400 })

export const PointsReminderModel = model('PointsReminder', schema)
