import { model, Schema } from 'mongoose'
import type { BadRow } from './read-cards'

/** One file of codes, and how far it is taken in. */
export interface CodeImport {
  _id: string
  giftId: string
  skuId: string | null
  state: 'importing' | 'done'
  totalRows: number
  importedRows: number
  duplicateRows: number
  badRowCount: number
  /** Rows that a withdrawal kept from being imported. */
  droppedRows: number
  /** Codes that were imported and withdrawn again. */
  withdrawnRows: number
  /** The first rows that were not imported; see `listedBadRows`. */
  badRows: BadRow[]
  createdAt: Date
  finishedAt: Date | null
}

/** How many rows that were not imported are listed. */
export const listedBadRows = 200

const schema = new Schema<CodeImport>(
  {
    _id: { type: String, required: true },
    giftId: { type: String, required: true },
    skuId: { type: String, default: null },
    state: { type: String, required: true },
    totalRows: { type: Number, required: true },
    importedRows: { type: Number, required: true },
    duplicateRows: { type: Number, required: true },
    badRowCount: { type: Number, required: true },
    droppedRows: { type: Number, default: 0 },
    withdrawnRows: { type: Number, default: 0 },
    badRows: { type: [{ _id: false, line: Number, reason: String }], required: true },
    createdAt: { type: Date, required: true },
    finishedAt: { type: Date, default: null },
  },
  { collection: 'gift_code_imports', versionKey: false },
)

// A gift's imports, newest first.
schema.index({ giftId: 1, _id: -1 })
// The worker's query: what is not done, oldest first.
schema.index({ state: 1, _id: 1 })

export const CodeImportModel = model('CodeImport', schema)
