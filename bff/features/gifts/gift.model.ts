import { model, Schema } from 'mongoose'
import type { HandOver } from '#shared/domain/enums'

export interface Gift {
  _id: string
  name: string
  categoryId: string
  handOver: HandOver
  pricePoints: number
  marketPriceFen: number | null
  pictureUrls: string[]
  thumbnailUrl: string | null
  summary: string | null
  description: string | null
  terms: string | null
  skus: { id: string; name: string }[]
  perMemberLimit: number | null
  needsReview: boolean
  /** Stores where it can be picked up; every store when empty. */
  storeIds: string[]
  pickUpValidDays: number
  typedCodeAllowed: boolean
  /** Days to send it back after it was received; 0 not at all, null as usual. */
  returnDays: number | null
  saleStartsAt: Date | null
  saleEndsAt: Date | null
  onSale: boolean
  createdAt: Date
  updatedAt: Date
}

const schema = new Schema<Gift>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    categoryId: { type: String, required: true },
    handOver: { type: String, required: true },
    pricePoints: { type: Number, required: true },
    marketPriceFen: { type: Number, default: null },
    pictureUrls: { type: [String], required: true },
    thumbnailUrl: { type: String, default: null },
    summary: { type: String, default: null },
    description: { type: String, default: null },
    terms: { type: String, default: null },
    skus: { type: [{ _id: false, id: String, name: String }], required: true },
    perMemberLimit: { type: Number, default: null },
    needsReview: { type: Boolean, required: true },
    storeIds: { type: [String], required: true },
    pickUpValidDays: { type: Number, required: true },
    typedCodeAllowed: { type: Boolean, required: true },
    returnDays: { type: Number, default: null },
    saleStartsAt: { type: Date, default: null },
    saleEndsAt: { type: Date, default: null },
    onSale: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'gifts', versionKey: false },
)

// The mall by category and by points band.
schema.index({ onSale: 1, categoryId: 1, pricePoints: 1 })

export const GiftModel = model('Gift', schema)
