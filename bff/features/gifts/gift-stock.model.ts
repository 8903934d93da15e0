import { model, Schema } from 'mongoose'
import type { Gift } from './gift.model'

/** A pool of pieces of a gift or of one SKU of it; of one store where the gift keeps stock per store. The id is `gift[:sku][@store]`. */
export interface GiftStock {
  _id: string
  giftId: string
  skuId: string | null
  /** The store whose pieces these are; null where all stores share them. */
  storeId?: string | null
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
    storeId: { type: String, default: null },
    available: { type: Number, required: true, min: 0 },
    taken: { type: Number, required: true, min: 0 },
    emptyAt: { type: Date, default: null },
  },
  { collection: 'gift_stocks', versionKey: false },
)

// The pools of a gift, for the mall.
schema.index({ giftId: 1 })

export const GiftStockModel = model('GiftStock', schema)

export const stockIdOf = (giftId: string, skuId: string | null, storeId: string | null = null): string =>
  `${giftId}${skuId ? `:${skuId}` : ''}${storeId ? `@${storeId}` : ''}`

/** The pool that pieces for a hand-over at this store come from. */
export const poolIdOf = (
  { _id, stockPerStore }: Pick<Gift, '_id' | 'stockPerStore'>,
  skuId: string | null,
  storeId: string | null,
): string => stockIdOf(_id, skuId, stockPerStore ? storeId : null)
