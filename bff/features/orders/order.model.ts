import { model, Schema } from 'mongoose'
import type { CarrierCode } from '#shared/domain/carriers'
import type { HandOver, OrderState } from '#shared/domain/enums'

export interface OrderItem {
  giftId: string
  skuId: string | null
  stockId: string
  name: string
  skuName: string | null
  thumbnailUrl: string | null
  quantity: number
  pricePoints: number
  /** Days to send it back after it was received, as when ordered: 0 not at all, null as usual. */
  returnDays: number | null
  /** Pieces given up for their points. */
  refundedPieces: number
  /** Further pieces sent in place of others. */
  replacedPieces: number
  /** Pieces that came back into the stock pool. */
  restockedPieces: number
}

export interface Order {
  _id: string
  /** For people to read out; not a key. */
  number: string
  memberId: string
  state: OrderState
  handOver: HandOver
  items: OrderItem[]
  totalPoints: number
  /** Where it goes, as it was when ordered. */
  address: { name: string; phone: string; region: string[]; detail: string } | null
  /** Stores that may hand it over; every store when empty. */
  storeIds: string[]
  /** The parcel it was sent with; `deliveredAt` once its carrier said so and the member was told. */
  shipment: {
    carrier: string
    carrierCode: CarrierCode
    trackingNumber: string
    parcelId: string
    shippedAt: Date
    deliveredAt: Date | null
  } | null
  handedOver: {
    staffId: string
    staffName: string
    storeId: string
    storeName: string
    redeemedAt: Date
  } | null
  /** The code to collect with: its digits and the key of its QR text, both sealed. */
  code: { sealedDigits: string; sealedSecret: string; typedCodeAllowed: boolean } | null
  pickUpExpiresAt: Date | null
  autoConfirmsAt: Date | null
  rejectionReason: string | null
  /** Why it waits for a review; null when it never did. */
  review: { reasons: { code: string; message: string }[]; remindedAt: Date | null } | null
  /** What happened; `title` only where the state does not say it. */
  timeline: { state: OrderState; title?: string | null; note: string | null; at: Date }[]
  /** The after-sale that is under way; there is one at a time, and the order does not confirm itself meanwhile. */
  openAfterSaleId: string | null
  /** Points given back after the hold was captured. */
  refundedPoints: number
  /** The business date whose orders without a code it counts among; null for one that was confirmed with a code. */
  uncheckedOn: string | null
  placedAt: Date
}

const nested = { _id: false } as const
const schema = new Schema<Order>(
  {
    _id: { type: String, required: true },
    number: { type: String, required: true },
    memberId: { type: String, required: true },
    state: { type: String, required: true },
    handOver: { type: String, required: true },
    items: [
      new Schema<OrderItem>(
        {
          giftId: { type: String, required: true },
          skuId: { type: String, default: null },
          stockId: { type: String, required: true },
          name: { type: String, required: true },
          skuName: { type: String, default: null },
          thumbnailUrl: { type: String, default: null },
          quantity: { type: Number, required: true },
          pricePoints: { type: Number, required: true },
          returnDays: { type: Number, default: null },
          refundedPieces: { type: Number, default: 0 },
          replacedPieces: { type: Number, default: 0 },
          restockedPieces: { type: Number, default: 0 },
        },
        nested,
      ),
    ],
    totalPoints: { type: Number, required: true },
    address: {
      type: new Schema({ name: String, phone: String, region: [String], detail: String }, nested),
      default: null,
    },
    storeIds: { type: [String], required: true },
    shipment: {
      type: new Schema(
        {
          carrier: String,
          carrierCode: String,
          trackingNumber: String,
          parcelId: String,
          shippedAt: Date,
          deliveredAt: { type: Date, default: null },
        },
        nested,
      ),
      default: null,
    },
    handedOver: {
      type: new Schema(
        { staffId: String, staffName: String, storeId: String, storeName: String, redeemedAt: Date },
        nested,
      ),
      default: null,
    },
    code: {
      type: new Schema({ sealedDigits: String, sealedSecret: String, typedCodeAllowed: Boolean }, nested),
      default: null,
    },
    pickUpExpiresAt: { type: Date, default: null },
    autoConfirmsAt: { type: Date, default: null },
    rejectionReason: { type: String, default: null },
    review: {
      type: new Schema(
        {
          reasons: [new Schema({ code: String, message: String }, nested)],
          remindedAt: { type: Date, default: null },
        },
        nested,
      ),
      default: null,
    },
    timeline: [
      new Schema({ state: String, title: String, note: { type: String, default: null }, at: Date }, nested),
    ],
    openAfterSaleId: { type: String, default: null },
    refundedPoints: { type: Number, default: 0 },
    uncheckedOn: { type: String, default: null },
    placedAt: { type: Date, required: true },
  },
  { collection: 'orders', versionKey: false },
)

// A member's orders, newest first, and by what is to be done.
schema.index({ memberId: 1, _id: -1 })
schema.index({ memberId: 1, state: 1, _id: -1 })
// What a member ordered today without a code.
schema.index({ memberId: 1, uncheckedOn: 1 })
// The admin's list by state.
schema.index({ state: 1, _id: -1 })
// Shipping by a table names orders by their number; the orders of one parcel.
schema.index({ number: 1 })
schema.index({ 'shipment.parcelId': 1 }, { sparse: true })
// A store's hand-overs of today.
schema.index({ 'handedOver.storeId': 1, 'handedOver.redeemedAt': -1 })
// Sweeps: pick-ups past their date, deliveries to confirm.
schema.index({ pickUpExpiresAt: 1 }, { partialFilterExpression: { state: 'to_pick_up' } })
schema.index({ autoConfirmsAt: 1 }, { partialFilterExpression: { state: 'shipped' } })
// The review queue and its sweep: reviews that wait too long.
schema.index({ placedAt: 1 }, { partialFilterExpression: { state: 'reviewing' } })

export const OrderModel = model('Order', schema)
