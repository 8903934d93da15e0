import { model, Schema } from 'mongoose'

/** One change of a stock pool. Their sum is what is available: the stock ledger. */
export interface StockEntry {
  _id: string
  stockId: string
  /** Natural key: an order takes and gives back a pool's pieces once each. */
  key: string
  change: number
  availableAfter: number
  reason: string
  orderId: string | null
  occurredAt: Date
}

const schema = new Schema<StockEntry>(
  {
    _id: { type: String, required: true },
    stockId: { type: String, required: true },
    key: { type: String, required: true },
    change: { type: Number, required: true },
    availableAfter: { type: Number, required: true },
    reason: { type: String, required: true },
    orderId: { type: String, default: null },
    occurredAt: { type: Date, required: true },
  },
  { collection: 'stock_entries', versionKey: false },
)

// Promise: one cause moves a pool once; also the pool's ledger for reconciliation.
schema.index({ stockId: 1, key: 1 }, { unique: true })

export const StockEntryModel = model('StockEntry', schema)
