import { model, Schema } from 'mongoose'
import type { BusinessDate } from '#shared/domain/business-date'
import type { Tier } from '#shared/domain/enums'

/** What a member grew on one business date. */
export interface GrowthDay {
  date: BusinessDate
  value: number
}

export interface GrowthAccount {
  /** The member's id. */
  _id: string
  /** The rolling year, oldest first; dates without growth are left out. */
  days: GrowthDay[]
  /** Tiers that growth has ever reached, whose reward was given then: each once. */
  rewardedTiers: Tier[]
  /** The last business date of the grace; null when the tier is not in danger. */
  keptUntil: BusinessDate | null
  /** The business date on which something is to do if nothing grows until then; null for never. */
  reviewOn: BusinessDate | null
  /** The thresholds it was judged by: after a change everybody is looked at again. */
  judgedBy: string
}

const schema = new Schema<GrowthAccount>(
  {
    _id: { type: String, required: true },
    days: { type: [{ _id: false, date: String, value: Number }], required: true },
    rewardedTiers: { type: [String], required: true },
    keptUntil: { type: String, default: null },
    reviewOn: { type: String, default: null },
    judgedBy: { type: String, required: true },
  },
  { collection: 'growth_accounts', versionKey: false },
)

// The sweep: who is due, and who was judged by other thresholds.
schema.index({ reviewOn: 1 })
schema.index({ judgedBy: 1 })

export const GrowthAccountModel = model('GrowthAccount', schema)

/** A member who has not grown yet. */
export const emptyAccount = (memberId: string): GrowthAccount => ({
  _id: memberId,
  days: [],
  rewardedTiers: [],
  keptUntil: null,
  reviewOn: null,
  judgedBy: '',
})
