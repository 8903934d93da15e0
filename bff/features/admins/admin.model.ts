import { model, Schema } from 'mongoose'
import type { AdminRole } from '#shared/domain/enums'

export interface Admin {
  _id: string
  username: string
  /** Argon2id, in PHC string form. */
  passwordHash: string
  name: string
  role: AdminRole
  /** Since when they may do nothing more; null while they may. */
  stoppedAt: Date | null
  lastSignedInAt: Date | null
  /** Written on every active owner when one of them goes, so that the last two cannot go at once. */
  ownersRevision?: number
}

const schema = new Schema<Admin>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true },
    passwordHash: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    stoppedAt: { type: Date, default: null },
    lastSignedInAt: { type: Date, default: null },
    ownersRevision: { type: Number, default: 0 },
  },
  { collection: 'admins', versionKey: false },
)

// Promise: one admin a username; also the sign-in look-up.
schema.index({ username: 1 }, { unique: true })

export const AdminModel = model('Admin', schema)
