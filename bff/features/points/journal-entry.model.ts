import { model, Schema } from 'mongoose'
import type { EntryKind } from '#shared/domain/enums'

/** A member has three accounts; the system's are summed from entries and never stored, so nobody queues for them. */
export type Account =
  | 'available'
  | 'held'
  | 'debt'
  | 'system:issued'
  | 'system:redeemed'
  | 'system:expired'
  | 'system:adjusted'

/** One line of an entry: points that go into the account, negative when they leave it. */
export interface Posting {
  account: Account
  points: number
}

/** One change of a member's points. Written once, never changed or deleted. */
export interface JournalEntry {
  _id: string
  memberId: string
  seq: number
  /** Natural key: one cause, one entry, for ever. */
  key: string
  kind: EntryKind
  postings: Posting[]
  /** Points that went into lots (positive) or were drawn from them (negative). */
  lots: { lotId: string; points: number }[]
  change: number
  availableAfter: number
  title: string
  detail: string | null
  orderId: string | null
  expiresOn: string | null
  businessDate: string
  occurredAt: Date
  previousHash: string
  hash: string
}

const schema = new Schema<JournalEntry>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    seq: { type: Number, required: true },
    key: { type: String, required: true },
    kind: { type: String, required: true },
    postings: { type: [{ _id: false, account: String, points: Number }], required: true },
    lots: { type: [{ _id: false, lotId: String, points: Number }], required: true },
    change: { type: Number, required: true },
    availableAfter: { type: Number, required: true },
    title: { type: String, required: true },
    detail: { type: String, default: null },
    orderId: { type: String, default: null },
    expiresOn: { type: String, default: null },
    businessDate: { type: String, required: true },
    occurredAt: { type: Date, required: true },
    previousHash: { type: String, default: '' },
    hash: { type: String, required: true },
  },
  { collection: 'journal_entries', versionKey: false },
)

// Promise: one cause, one entry (a check-in per business day, a hold's end once).
schema.index({ memberId: 1, key: 1 }, { unique: true })
// Promise: a member's entries form one line; also the history, newest first.
schema.index({ memberId: 1, seq: -1 }, { unique: true })
// The history by month.
schema.index({ memberId: 1, businessDate: -1, seq: -1 })
// The history by kind.
schema.index({ memberId: 1, kind: 1, seq: -1 })

export const JournalEntryModel = model('JournalEntry', schema)
