import { model, Schema } from 'mongoose'

/** One card code of a virtual gift. Code and password are sealed together; nothing here tells them. */
export interface GiftCode {
  /** HMAC of gift and code: found again when the same code is sent again. */
  _id: string
  giftId: string
  stockId: string
  sealed: string
  /** The key that sealed it, so that what an old key sealed is found. */
  keyName: string
  /** Business date until which it can be used; `never` when it has none. */
  expiresOn: string
  /** `retired`: its date passed before anybody got it. */
  state: 'available' | 'assigned' | 'retired'
  orderId: string | null
  /** The after-sale that gave it in place of another; null of the order's first codes. */
  afterSaleId?: string | null
  importId: string
}

const schema = new Schema<GiftCode>(
  {
    _id: { type: String, required: true },
    giftId: { type: String, required: true },
    stockId: { type: String, required: true },
    sealed: { type: String, required: true },
    keyName: { type: String, required: true },
    expiresOn: { type: String, required: true },
    state: { type: String, required: true },
    orderId: { type: String, default: null },
    afterSaleId: { type: String, default: null },
    importId: { type: String, required: true },
  },
  { collection: 'gift_codes', versionKey: false },
)

// Assigning: what is available of a pool, soonest to expire first.
schema.index({ stockId: 1, state: 1, expiresOn: 1, _id: 1 })
// An order's codes.
schema.index({ orderId: 1 }, { partialFilterExpression: { state: 'assigned' } })
// Sweep: available codes past their date.
schema.index({ expiresOn: 1 }, { partialFilterExpression: { state: 'available' } })
// Withdrawing an import.
schema.index({ importId: 1, state: 1 })
// Rotation: what an old key sealed.
schema.index({ keyName: 1 })

export const GiftCodeModel = model('GiftCode', schema)

/** Sorts after every date. */
export const never = '9999-12-31'
