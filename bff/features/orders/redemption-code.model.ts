import { model, Schema } from 'mongoose'

/** Finds an order by its typed digits without storing them: the id is their HMAC, and unique over all shards. */
export interface RedemptionCode {
  _id: string
  orderId: string
}

const schema = new Schema<RedemptionCode>(
  { _id: { type: String, required: true }, orderId: { type: String, required: true } },
  { collection: 'redemption_codes', versionKey: false },
)

export const RedemptionCodeModel = model('RedemptionCode', schema)
