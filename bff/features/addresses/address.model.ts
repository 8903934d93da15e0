import { model, Schema } from 'mongoose'

export interface Address {
  _id: string
  memberId: string
  name: string
  phone: string
  region: [string, string, string]
  detail: string
  isDefault: boolean
}

const schema = new Schema<Address>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    name: { type: String, required: true },
    phone: { type: String, required: true },
    region: { type: [String], required: true },
    detail: { type: String, required: true },
    isDefault: { type: Boolean, required: true },
  },
  { collection: 'addresses', versionKey: false },
)

// A member's address book.
schema.index({ memberId: 1 })
// Promise: at most one default address a member.
schema.index({ memberId: 1, isDefault: 1 }, { unique: true, partialFilterExpression: { isDefault: true } })

export const AddressModel = model('Address', schema)
