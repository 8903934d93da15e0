import { model, Schema } from 'mongoose'
import type { HandOver, Tier } from '#shared/domain/enums'

/** Who may redeem a gift, and how many. Null, false, 0 and empty ask nothing. */
export interface GiftGuards {
  perMemberLimit: number | null
  perOrderLimit: number | null
  perDayLimit: number | null
  /** Pieces for all members together on one business date. */
  dailyQuota: number | null
  /** One piece a member over all gifts of a campaign. */
  campaignId: string | null
  minimumBalance: number
  minimumTier: Tier | null
  newMemberDays: number | null
  groups: string[]
  adultsOnly: boolean
  phoneRequired: boolean
  spendThreshold: { fen: number; windowDays: number } | null
  /** Name of the right that one piece uses up. */
  entitlement: string | null
}

export interface GiftPrices {
  /** The list price. */
  pricePoints: number
  tierPrices: Partial<Record<Tier, number>> | null
  tierDiscountPercent: Partial<Record<Tier, number>> | null
  timedPrice: { points: number; startsAt: Date; endsAt: Date } | null
}

/** A gift without rules of its own; also for gifts written before there were such rules. */
export const plainRules: GiftGuards & Omit<GiftPrices, 'pricePoints'> = {
  perMemberLimit: null,
  perOrderLimit: null,
  perDayLimit: null,
  dailyQuota: null,
  campaignId: null,
  minimumBalance: 0,
  minimumTier: null,
  newMemberDays: null,
  groups: [],
  adultsOnly: false,
  phoneRequired: false,
  spendThreshold: null,
  entitlement: null,
  tierPrices: null,
  tierDiscountPercent: null,
  timedPrice: null,
}

/** When a gift's stock is pointed out, and whether its sale then ends by itself. */
export interface GiftWatch {
  /** A pool with so many pieces or fewer is low; 0 never. */
  lowStockAt: number
  pausesAtZero: boolean
  /** When the sale paused by itself; null once an admin decided about it. */
  pausedAt: Date | null
}

/** What holds where an admin said nothing; also for gifts written before there was a watch. */
export const plainWatch: GiftWatch = { lowStockAt: 5, pausesAtZero: false, pausedAt: null }

export interface Gift extends GiftGuards, GiftPrices, GiftWatch {
  _id: string
  name: string
  categoryId: string
  handOver: HandOver
  marketPriceFen: number | null
  pictureUrls: string[]
  thumbnailUrl: string | null
  summary: string | null
  description: string | null
  terms: string | null
  /** A SKU without a price of its own has the gift's list price. */
  skus: { id: string; name: string; pricePoints?: number | null }[]
  needsReview: boolean
  /** Stores where it can be picked up; every store when empty. */
  storeIds: string[]
  /** Each of its stores has pieces of its own. Fixed when the gift is made: orders name the pools they took from. */
  stockPerStore?: boolean
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

const nested = { _id: false } as const
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
    skus: {
      type: [{ _id: false, id: String, name: String, pricePoints: { type: Number, default: null } }],
      required: true,
    },
    perMemberLimit: { type: Number, default: null },
    perOrderLimit: { type: Number, default: null },
    perDayLimit: { type: Number, default: null },
    dailyQuota: { type: Number, default: null },
    campaignId: { type: String, default: null },
    minimumBalance: { type: Number, required: true },
    minimumTier: { type: String, default: null },
    newMemberDays: { type: Number, default: null },
    groups: { type: [String], required: true },
    adultsOnly: { type: Boolean, required: true },
    phoneRequired: { type: Boolean, required: true },
    spendThreshold: { type: new Schema({ fen: Number, windowDays: Number }, nested), default: null },
    entitlement: { type: String, default: null },
    tierPrices: { type: Schema.Types.Mixed, default: null },
    tierDiscountPercent: { type: Schema.Types.Mixed, default: null },
    timedPrice: { type: new Schema({ points: Number, startsAt: Date, endsAt: Date }, nested), default: null },
    needsReview: { type: Boolean, required: true },
    storeIds: { type: [String], required: true },
    stockPerStore: { type: Boolean, default: false },
    pickUpValidDays: { type: Number, required: true },
    typedCodeAllowed: { type: Boolean, required: true },
    returnDays: { type: Number, default: null },
    saleStartsAt: { type: Date, default: null },
    saleEndsAt: { type: Date, default: null },
    onSale: { type: Boolean, required: true },
    lowStockAt: { type: Number, required: true },
    pausesAtZero: { type: Boolean, required: true },
    pausedAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'gifts', versionKey: false },
)

// The mall by category and by points band.
schema.index({ onSale: 1, categoryId: 1, pricePoints: 1 })

export const GiftModel = model('Gift', schema)
