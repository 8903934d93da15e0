import { model, Schema } from 'mongoose'

/** A push that was taken. Being the _id, `timestamp nonce` collides when it comes again. */
export interface TakenPush {
  _id: string
  expiresAt: Date
}

const schema = new Schema<TakenPush>(
  { _id: { type: String, required: true }, expiresAt: { type: Date, required: true } },
  { collection: 'taken_pushes', versionKey: false },
)

// Forgotten when its timestamp could no longer be accepted anyway.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const TakenPushModel = model('TakenPush', schema)
