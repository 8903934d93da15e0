import { model, Schema } from 'mongoose'

/** A gift that a member wants. */
export interface Wish {
  _id: string
  memberId: string
  giftId: string
  /** Number of the gift's opening of which the member was told last. */
  toldOpening: number
  wishedAt: Date
}

const wishSchema = new Schema<Wish>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    giftId: { type: String, required: true },
    toldOpening: { type: Number, required: true },
    wishedAt: { type: Date, required: true },
  },
  { collection: 'wishes', versionKey: false },
)

// Promise: a gift is on a member's list once.
wishSchema.index({ memberId: 1, giftId: 1 }, { unique: true })
// A member's list, newest first.
wishSchema.index({ memberId: 1, _id: -1 })
// Whom to tell of a gift.
wishSchema.index({ giftId: 1, toldOpening: 1 })

export const WishModel = model('Wish', wishSchema)

/** How a gift stands for those who wish for it. */
export type ShelfState = 'open' | 'reduced' | 'sold_out' | 'closed'

/** What is watched of a gift that somebody wishes for. */
export interface GiftWatch {
  /** Gift id. */
  _id: string
  state: ShelfState
  /** Counts what there is to tell of. */
  opening: number
  /** The event of the newest opening, until everybody is told. */
  telling: string | null
  /** The sweep takes those first that were not looked at for longest. */
  lookedAt: Date
  wishesMade: number
}

const watchSchema = new Schema<GiftWatch>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    opening: { type: Number, required: true },
    telling: { type: String, default: null },
    lookedAt: { type: Date, required: true },
    wishesMade: { type: Number, default: 0 },
  },
  { collection: 'gift_watches', versionKey: false },
)

// The sweep, longest unseen first.
watchSchema.index({ lookedAt: 1 })

export const GiftWatchModel = model('GiftWatch', watchSchema)

/** How many wishes a member has: adding one moves it on, so that two cannot pass the limit together. */
export interface WishCount {
  /** Member id. */
  _id: string
  count: number
}

const countSchema = new Schema<WishCount>(
  { _id: { type: String, required: true }, count: { type: Number, required: true } },
  { collection: 'wish_counts', versionKey: false },
)

export const WishCountModel = model('WishCount', countSchema)
