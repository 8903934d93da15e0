import { model, Schema } from 'mongoose'

/** How far the round over all gifts has come: the next run goes on after this gift. */
export interface StockWatch {
  _id: 'stock-watch'
  afterGiftId: string
}

const schema = new Schema<StockWatch>(
  { _id: { type: String, required: true }, afterGiftId: { type: String } },
  { collection: 'stock_watches', versionKey: false },
)

export const StockWatchModel = model('StockWatch', schema)
