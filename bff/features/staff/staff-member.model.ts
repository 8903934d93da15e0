import { model, Schema } from 'mongoose'

export interface StaffMember {
  _id: string
  openid: string
  name: string
  storeId: string
  isActive: boolean
}

const schema = new Schema<StaffMember>(
  {
    _id: { type: String, required: true },
    openid: { type: String, required: true },
    name: { type: String, required: true },
    storeId: { type: String, required: true },
    isActive: { type: Boolean, required: true },
  },
  { collection: 'staff_members', versionKey: false },
)

// Promise: a WeChat identity belongs to one staff member; also the sign-in look-up.
schema.index({ openid: 1 }, { unique: true })

export const StaffMemberModel = model('StaffMember', schema)
