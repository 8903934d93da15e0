import { model, Schema } from 'mongoose'

export interface GiftCategory {
  _id: string
  name: string
  sortOrder: number
}

const schema = new Schema<GiftCategory>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    sortOrder: { type: Number, required: true },
  },
  { collection: 'gift_categories', versionKey: false },
)

export const GiftCategoryModel = model('GiftCategory', schema)
