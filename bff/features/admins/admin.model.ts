import { model, Schema } from 'mongoose'
import type { AdminRole } from '#shared/domain/enums'

export interface Admin {
  _id: string
  username: string
  /** Argon2id, in PHC string form. */
  passwordHash: string
  name: string
  role: AdminRole
}

const schema = new Schema<Admin>(
  {
    _id: { type: String, required: true },
    username: { type: String, required: true },
    passwordHash: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
  },
  { collection: 'admins', versionKey: false },
)

// Promise: one admin a username; also the sign-in look-up.
schema.index({ username: 1 }, { unique: true })

export const AdminModel = model('Admin', schema)
