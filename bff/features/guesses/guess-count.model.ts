import { model, Schema } from 'mongoose'

/** Wrong guesses at a kind of secret, counted for whom it is guessed at, a device or a network. */
export interface GuessCount {
  /** The secret's kind, what is counted and an HMAC of whom: names and networks are not kept. */
  _id: string
  wrong: number
  /** Before this no further guess is looked at. */
  nextAt: Date
  /** When it counts no more; moved on by every wrong guess. */
  forgottenAt: Date
}

const schema = new Schema<GuessCount>(
  {
    _id: { type: String, required: true },
    wrong: { type: Number, required: true },
    nextAt: { type: Date, required: true },
    forgottenAt: { type: Date, required: true },
  },
  { collection: 'guess_counts', versionKey: false },
)

// The database removes what is over.
schema.index({ forgottenAt: 1 }, { expireAfterSeconds: 0 })

export const GuessCountModel = model('GuessCount', schema)
