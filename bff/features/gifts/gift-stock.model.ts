import { model, Schema } from 'mongoose'

/** The one pool of pieces of a gift, or of one SKU of it. The id is the gift's, or `gift:sku`. */
export interface GiftStock {
  _id: string
  giftId: string
  skuId: string | null
  /** Pieces that can still be redeemed. */
  available: number
  /** Pieces in orders that were not given back. */
  taken: number
  /** When its gift's sale last paused because nothing was left. */
  emptyAt?: Date | null
}

const schema = new Schema<GiftStock>(
  {
    _id: { type: String, required: true },
    giftId: { type: String, required: true },
    skuId: { type: String, default: null },
    available: { type: Number, required: true, min: 0 },
    taken: { type: Number, required: true, min: 0 },
    emptyAt: { type: Date, default: null },
  },
  { collection: 'gift_stocks', versionKey: false },
)

// The pools of a gift, for the mall.
schema.index({ giftId: 1 })

export const GiftStockModel = model('GiftStock', schema)

export const stockIdOf = (giftId: string, skuId: string | null): string =>
  skuId ? `${giftId}:${skuId}` : giftId
