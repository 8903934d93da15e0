import { model, Schema } from 'mongoose'

/** A device from which an admin has signed in before. It opens nothing; its wrong passwords are counted apart. */
export interface AdminDevice {
  /** SHA-256 of the device token: who reads the database cannot pass for the device. */
  _id: string
  adminId: string
  /** Moved on by every sign-in. */
  expiresAt: Date
}

const schema = new Schema<AdminDevice>(
  {
    _id: { type: String, required: true },
    adminId: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'admin_devices', versionKey: false },
)

// The oldest devices of an admin, which make room for new ones.
schema.index({ adminId: 1, expiresAt: -1 })
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const AdminDeviceModel = model('AdminDevice', schema)
