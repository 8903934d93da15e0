import { model, Schema } from 'mongoose'

/** A phone that took an invitation. It takes one, whoever invites. */
export interface InvitedDevice {
  /** Keyed hash of the phone's own name. */
  _id: string
  /** Who was invited on it. */
  memberId: string
}

const schema = new Schema<InvitedDevice>(
  { _id: { type: String, required: true }, memberId: { type: String, required: true } },
  { collection: 'invited_devices', versionKey: false },
)

export const InvitedDeviceModel = model('InvitedDevice', schema)
