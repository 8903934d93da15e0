import { model, Schema } from 'mongoose'

/** The cached balances of one member and the head of the member's journal. Changed only by posting an entry. */
export interface PointsAccount {
  /** Member id. */
  _id: string
  available: number
  held: number
  /** Zero or negative: what the member owes. */
  debt: number
  /** Number of the newest entry; every posting compares and moves it on, so postings of one member never interleave. */
  seq: number
  /** Hash of the newest entry. */
  hash: string
  /** When the newest entry was posted: entries of one member never go back in time, whichever server posts. */
  newestAt: Date | null
  /** What came in and went out in the month of the newest entry. */
  monthTotals: { month: string; gained: number; used: number }
  /** Since when nothing is posted any more: the member has left. */
  closedAt?: Date | null
  /** Orders of no points, which post nothing: so that ordering and closing the account still meet on this document. */
  freeOrders?: number
}

const schema = new Schema<PointsAccount>(
  {
    _id: { type: String, required: true },
    available: { type: Number, required: true },
    held: { type: Number, required: true },
    debt: { type: Number, required: true },
    seq: { type: Number, required: true },
    hash: { type: String, default: '' },
    newestAt: { type: Date, default: null },
    monthTotals: {
      month: { type: String, default: '' },
      gained: { type: Number, required: true },
      used: { type: Number, required: true },
    },
    closedAt: { type: Date, default: null },
    freeOrders: { type: Number, default: 0 },
  },
  { collection: 'points_accounts', versionKey: false },
)

// The liability: what members owe.
schema.index({ debt: 1 }, { partialFilterExpression: { debt: { $lt: 0 } } })

export const PointsAccountModel = model('PointsAccount', schema)
