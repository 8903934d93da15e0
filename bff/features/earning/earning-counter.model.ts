import { model, Schema } from 'mongoose'

/** What was earned so far under one cap: of a rule, a member, a day, a month. */
export interface EarningCounter {
  _id: string
  points: number
  /** When nothing can count towards it any more; null for caps that never start anew. */
  expiresAt: Date | null
}

const schema = new Schema<EarningCounter>(
  {
    _id: { type: String, required: true },
    points: { type: Number, required: true, min: 0 },
    expiresAt: { type: Date, default: null },
  },
  { collection: 'earning_counters', versionKey: false },
)

// Counters of past days and months go by themselves.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const EarningCounterModel = model('EarningCounter', schema)
