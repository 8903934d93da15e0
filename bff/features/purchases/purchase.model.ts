import { model, Schema } from 'mongoose'
import type { AwardEntry, Basics, Cut, GivenShare, PurchaseFacts } from '../earning'

export interface PurchaseLine {
  lineId: string
  productGroup: string | null
  isDiscounted: boolean
  paidFen: number
  refundedFen: number
}

/** One purchase, as a shop's system told it, with all that its points were judged by. */
export interface Purchase {
  /** `<client> <its number>`: a purchase counts once, for ever. */
  _id: string
  clientId: string
  purchaseNumber: string
  memberId: string
  storeId: string | null
  occurredAt: Date
  lines: PurchaseLine[]
  /** Hash of what was told, to tell a repeat from another purchase under the same number. */
  inputHash: string
  /** The facts at the time, without the lines. */
  facts: Omit<PurchaseFacts, 'lines'>
  /** The rules that ran, `<rule>@<version>`, whether or not they applied. */
  ruleIds: string[]
  basics: Basics
  /** What each rule gave and has not been taken back. */
  shares: GivenShare[]
  cuts: Cut[]
  /** The entries that gave the points, with what was not taken back of each. */
  entries: AwardEntry[]
  /** Growth by what was paid, where and at which rate, and what was not taken back of it. */
  growth?: { date: string; perYuan: number; value: number }
  recordedAt: Date
}

const mixed = Schema.Types.Mixed

const schema = new Schema<Purchase>(
  {
    _id: { type: String, required: true },
    clientId: { type: String, required: true },
    purchaseNumber: { type: String, required: true },
    memberId: { type: String, required: true },
    storeId: { type: String, default: null },
    occurredAt: { type: Date, required: true },
    lines: { type: mixed, required: true },
    inputHash: { type: String, required: true },
    facts: { type: mixed, required: true },
    ruleIds: { type: [String], required: true },
    basics: { type: mixed, required: true },
    shares: { type: mixed, required: true },
    cuts: { type: mixed, required: true },
    entries: { type: mixed, required: true },
    growth: { type: mixed },
    recordedAt: { type: Date, required: true },
  },
  { collection: 'purchases', versionKey: false },
)

// The admin's list, newest first, of all members or of one.
schema.index({ recordedAt: -1, _id: -1 })
schema.index({ memberId: 1, recordedAt: -1, _id: -1 })

export const PurchaseModel = model('Purchase', schema)

/** `<client> <number>`: numbers of two systems may be the same. */
export const purchaseIdOf = (clientId: string, purchaseNumber: string): string =>
  `${clientId} ${purchaseNumber}`
