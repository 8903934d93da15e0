import { model, Schema } from 'mongoose'
import type { BusinessDate } from '#shared/domain/business-date'

/** Whether a member wants to be reminded. Only those who ever said so have one. */
export interface CheckInReminder {
  /** The member's id. */
  _id: string
  isOn: boolean
  /** Messages in WeChat that the member agreed to and that are not sent yet: one each. */
  consents: number
  /** The business date that was last looked at, or told of; empty before the first. */
  doneOn: BusinessDate
}

const schema = new Schema<CheckInReminder>(
  {
    _id: { type: String, required: true },
    isOn: { type: Boolean, required: true },
    consents: { type: Number, required: true },
    doneOn: { type: String, default: '' },
  },
  { collection: 'check_in_reminders', versionKey: false },
)

// The sweep: who is on and not done today.
schema.index({ isOn: 1, doneOn: 1, _id: 1 })

export const CheckInReminderModel = model('CheckInReminder', schema)
