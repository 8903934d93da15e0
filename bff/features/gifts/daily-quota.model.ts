import { model, Schema } from 'mongoose'

/** Pieces of a gift that orders of one business date have taken; made by the day's first order. */
export interface DailyQuota {
  /** `<gift>:<business date>` */
  _id: string
  taken: number
}

const quotaSchema = new Schema<DailyQuota>(
  { _id: { type: String, required: true }, taken: { type: Number, required: true, min: 0 } },
  { collection: 'daily_quotas', versionKey: false },
)

export const DailyQuotaModel = model('DailyQuota', quotaSchema)

export const quotaIdOf = (giftId: string, businessDate: string): string => `${giftId}:${businessDate}`

/** What one order took of one day's quota, so that it can give just that back. */
export interface QuotaTake {
  _id: string
  memberId: string
  orderId: string
  quotaId: string
  quantity: number
}

const takeSchema = new Schema<QuotaTake>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    orderId: { type: String, required: true },
    quotaId: { type: String, required: true },
    quantity: { type: Number, required: true },
  },
  { collection: 'quota_takes', versionKey: false },
)

// Freeing what one order took.
takeSchema.index({ memberId: 1, orderId: 1 })

export const QuotaTakeModel = model('QuotaTake', takeSchema)
