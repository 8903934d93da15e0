import { model, Schema } from 'mongoose'

export interface Store {
  _id: string
  name: string
  address: string
  hours: string
  phone: string | null
  pictureUrl: string | null
}

const schema = new Schema<Store>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    address: { type: String, required: true },
    hours: { type: String, required: true },
    phone: { type: String, default: null },
    pictureUrl: { type: String, default: null },
  },
  { collection: 'stores', versionKey: false },
)

export const StoreModel = model('Store', schema)
