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
}

const schema = new Schema<PointsAccount>(
  {
    _id: { type: String, required: true },
    available: { type: Number, required: true },
    held: { type: Number, required: true },
    debt: { type: Number, required: true },
    seq: { type: Number, required: true },
    hash: { type: String, default: '' },
  },
  { collection: 'points_accounts', versionKey: false },
)

export const PointsAccountModel = model('PointsAccount', schema)
