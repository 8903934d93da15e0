import { model, Schema } from 'mongoose'

export interface Session {
  /** SHA-256 of the token: who reads the database cannot sign in with what he finds. */
  _id: string
  kind: 'member' | 'staff' | 'admin'
  subjectId: string
  createdAt: Date
  expiresAt: Date
  /** What an admin signed in with, so that they know their sessions apart. */
  userAgent?: string | null
}

const schema = new Schema<Session>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    subjectId: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    userAgent: { type: String, default: null },
  },
  { collection: 'sessions', versionKey: false },
)

// Ending every session of one person: blocking, leaving the shop.
schema.index({ subjectId: 1, kind: 1 })
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const SessionModel = model('Session', schema)
