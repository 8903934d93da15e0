import { model, Schema } from 'mongoose'
import type { AfterSaleKind, AfterSaleState, Resolution } from '#shared/domain/enums'

interface Parcel {
  carrier: string
  trackingNumber: string
}

/** What a member asks for after an order, and what came of it. */
export interface AfterSale {
  _id: string
  memberId: string
  orderId: string
  orderNumber: string
  kind: AfterSaleKind
  state: AfterSaleState
  /** The pieces it is about, as they stood in the order. */
  items: {
    giftId: string
    skuId: string | null
    stockId: string
    name: string
    skuName: string | null
    thumbnailUrl: string | null
    quantity: number
    pricePoints: number
  }[]
  reason: string
  photoIds: string[]
  resolution: Resolution | null
  /** Of `refund_partial`: the points the admin decided on. */
  partialPoints: number | null
  refundedPoints: number
  decisionNote: string | null
  returnParcel: Parcel | null
  /** Until when a gift that is to come back must be on its way; null before that was agreed. */
  returnDueAt: Date | null
  replacementParcel: Parcel | null
  timeline: { state: AfterSaleState; note: string | null; at: Date }[]
  requestedAt: Date
}

const nested = { _id: false } as const
const parcel = new Schema({ carrier: String, trackingNumber: String }, nested)
const schema = new Schema<AfterSale>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    orderId: { type: String, required: true },
    orderNumber: { type: String, required: true },
    kind: { type: String, required: true },
    state: { type: String, required: true },
    items: [
      new Schema<AfterSale['items'][number]>(
        {
          giftId: { type: String, required: true },
          skuId: { type: String, default: null },
          stockId: { type: String, required: true },
          name: { type: String, required: true },
          skuName: { type: String, default: null },
          thumbnailUrl: { type: String, default: null },
          quantity: { type: Number, required: true },
          pricePoints: { type: Number, required: true },
        },
        nested,
      ),
    ],
    reason: { type: String, required: true },
    photoIds: { type: [String], required: true },
    resolution: { type: String, default: null },
    partialPoints: { type: Number, default: null },
    refundedPoints: { type: Number, required: true },
    decisionNote: { type: String, default: null },
    returnParcel: { type: parcel, default: null },
    returnDueAt: { type: Date, default: null },
    replacementParcel: { type: parcel, default: null },
    timeline: [new Schema({ state: String, note: { type: String, default: null }, at: Date }, nested)],
    requestedAt: { type: Date, required: true },
  },
  { collection: 'after_sales', versionKey: false },
)

// A member's after-sales, newest first, and those of one order.
schema.index({ memberId: 1, _id: -1 })
schema.index({ orderId: 1, _id: -1 })
// The admin's list by state and kind, and the check of open ones against their orders.
schema.index({ state: 1, kind: 1, _id: -1 })
// Sweep: what was never sent back.
schema.index({ returnDueAt: 1 }, { partialFilterExpression: { state: 'waiting_return' } })

export const AfterSaleModel = model('AfterSale', schema)
