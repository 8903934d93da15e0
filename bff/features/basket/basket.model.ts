import { model, Schema } from 'mongoose'

export interface BasketLine {
  giftId: string
  skuId: string | null
  quantity: number
}

/** What a member means to redeem together. It reserves nothing. */
export interface Basket {
  /** The member's id. */
  _id: string
  lines: BasketLine[]
  /** Counts the changes, so that two phones do not write over each other. */
  revision: number
}

const schema = new Schema<Basket>(
  {
    _id: { type: String, required: true },
    lines: {
      type: [
        new Schema<BasketLine>(
          { giftId: String, skuId: { type: String, default: null }, quantity: Number },
          { _id: false },
        ),
      ],
      required: true,
    },
    revision: { type: Number, required: true },
  },
  { collection: 'baskets', versionKey: false },
)

export const BasketModel = model('Basket', schema)
