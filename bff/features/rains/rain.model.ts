import { model, Schema } from 'mongoose'
import type { Tier } from '#shared/domain/enums'
import type { Expiry } from '../earning'

/** What an operator wrote; never changed once it is announced, for its packets are dealt by it. */
export interface RainTerms {
  name: string
  rules: string
  startsAt: Date
  endsAt: Date
  budgetPoints: number
  packetCount: number
  minPoints: number
  maxPoints: number
  packetsPerMember: number
  /** Empty for all. */
  tiers: Tier[]
  /** Any of them; empty for all. */
  groups: string[]
  expiry: Expiry
}

export interface Rain extends RainTerms {
  _id: string
  /** Grows by one with every change of the draft. */
  version: number
  /** Whether it runs or has ended the clock says. */
  state: 'draft' | 'dealing' | 'announced' | 'cancelled'
  /** The dice of the deal, in hex, while it is under way: who goes on with a deal deals the same packets. */
  seed: string | null
  /** Its packets that nobody opened are deleted. */
  isTidied: boolean
  createdAt: Date
  updatedAt: Date
}

const schema = new Schema<Rain>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    rules: { type: String, required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    budgetPoints: { type: Number, required: true },
    packetCount: { type: Number, required: true },
    minPoints: { type: Number, required: true },
    maxPoints: { type: Number, required: true },
    packetsPerMember: { type: Number, required: true },
    tiers: { type: [String], required: true },
    groups: { type: [String], required: true },
    expiry: { type: Schema.Types.Mixed, default: null },
    version: { type: Number, required: true },
    state: { type: String, required: true },
    seed: { type: String, default: null },
    isTidied: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'rains', versionKey: false },
)

// What members may see now or soon, deals to go on with, and rains to tidy: only those that are not done with.
schema.index({ state: 1, endsAt: 1 }, { partialFilterExpression: { isTidied: false } })

export const RainModel = model('Rain', schema)
