import { model, Schema } from 'mongoose'

/** A nonce that was used. Being the _id, `client nonce` collides when it comes again. */
export interface OpenNonce {
  _id: string
  expiresAt: Date
}

const schema = new Schema<OpenNonce>(
  { _id: { type: String, required: true }, expiresAt: { type: Date, required: true } },
  { collection: 'open_nonces', versionKey: false },
)

// Forgotten when its timestamp could no longer be accepted anyway.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const OpenNonceModel = model('OpenNonce', schema)
