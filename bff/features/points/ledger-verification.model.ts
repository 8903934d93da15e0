import { model, Schema } from 'mongoose'
import type { Difference } from './queries/verify-member'

/** One run of the nightly verification, kept for 400 days. */
export interface LedgerVerification {
  _id: string
  startedAt: Date
  durationMs: number
  ok: boolean
  checkedMembers: number
  checkedEntries: number
  differences: Difference[]
}

const schema = new Schema<LedgerVerification>(
  {
    _id: { type: String, required: true },
    startedAt: { type: Date, required: true },
    durationMs: { type: Number, required: true },
    ok: { type: Boolean, required: true },
    checkedMembers: { type: Number, required: true },
    checkedEntries: { type: Number, required: true },
    differences: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'ledger_verifications', versionKey: false },
)

// The list, newest first; and runs are kept 400 days.
schema.index({ startedAt: -1 }, { expireAfterSeconds: 400 * 86_400 })

export const LedgerVerificationModel = model('LedgerVerification', schema)
