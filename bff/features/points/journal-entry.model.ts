import { model, Schema } from 'mongoose'
import type { Account, EntryKind } from '#shared/domain/enums'

/** One line of an entry: points that go into the account, negative when they leave it. */
export interface Posting {
  account: Account
  points: number
}

/** Points that went into a lot (positive) or were drawn from it (negative), and the lot's date after that. */
export interface LotChange {
  lotId: string
  points: number
  expiresOn: string
}

/** A rule that made an entry, in the words a member reads. */
export interface EntryRule {
  id: string
  title: string
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
  /** The lots moved: they add up to `change`. */
  lots: LotChange[]
  change: number
  availableAfter: number
  /** What came in and went out in the entry's month so far, this entry included. */
  monthTotals: { gained: number; used: number }
  title: string
  detail: string | null
  /** What the points came from, and the rules that made them; of earnings only. */
  source: string | null
  rules: EntryRule[]
  orderId: string | null
  /** The earning that a claw-back takes back. */
  reverses: string | null
  expiresOn: string | null
  /** Never earlier than that of the entry before. */
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
    lots: { type: [{ _id: false, lotId: String, points: Number, expiresOn: String }], required: true },
    change: { type: Number, required: true },
    availableAfter: { type: Number, required: true },
    monthTotals: {
      gained: { type: Number, required: true },
      used: { type: Number, required: true },
    },
    title: { type: String, required: true },
    detail: { type: String, default: null },
    source: { type: String, default: null },
    rules: { type: [{ _id: false, id: String, title: String }], required: true },
    orderId: { type: String, default: null },
    reverses: { type: String, default: null },
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
// The history and the statement by month, and the newest entry of a month with its totals.
schema.index({ memberId: 1, businessDate: -1, seq: -1 })
// The history by kind.
schema.index({ memberId: 1, kind: 1, seq: -1 })
// What has been taken back of an earning.
schema.index({ memberId: 1, reverses: 1 }, { partialFilterExpression: { reverses: { $gt: '' } } })

// The export of a span of days, over all members.
schema.index({ businessDate: 1, _id: 1 })

export const JournalEntryModel = model('JournalEntry', schema)
