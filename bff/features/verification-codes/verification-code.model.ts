import { model, Schema } from 'mongoose'

/** What a code is asked for. */
export type VerificationPurpose = 'order'

/** The newest code of a member for one purpose, and when codes were sent to him. */
export interface VerificationCode {
  /** Member and purpose, so that a newer code takes the place of the one before. */
  _id: string
  memberId: string
  /** HMAC of the code; null once it is used up. */
  hash: string | null
  expiresAt: Date
  /** Hashes of what was tried: the same again, as a retry sends it, is no new try. */
  tried: string[]
  /** Of the last day, oldest first; as many as the longest limit looks at. */
  sentAt: Date[]
  /** When nothing of it counts any more. */
  forgottenAt: Date
}

const schema = new Schema<VerificationCode>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    hash: { type: String, default: null },
    expiresAt: { type: Date, required: true },
    tried: { type: [String], required: true },
    sentAt: { type: [Date], required: true },
    forgottenAt: { type: Date, required: true },
  },
  { collection: 'verification_codes', versionKey: false },
)

// Erasing a member who leaves.
schema.index({ memberId: 1 })
// The database removes what is over.
schema.index({ forgottenAt: 1 }, { expireAfterSeconds: 0 })

export const VerificationCodeModel = model('VerificationCode', schema)
