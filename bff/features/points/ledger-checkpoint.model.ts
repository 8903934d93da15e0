import { model, Schema } from 'mongoose'
import type { JournalSums } from './journal-sums'

/** How far a member's journal was proved, and what it added up to there. Losing one costs a longer reading, no more. */
export interface LedgerCheckpoint {
  /** Member id. */
  _id: string
  journal: JournalSums
}

const schema = new Schema<LedgerCheckpoint>(
  {
    _id: { type: String, required: true },
    journal: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'ledger_checkpoints', versionKey: false },
)

export const LedgerCheckpointModel = model('LedgerCheckpoint', schema)
