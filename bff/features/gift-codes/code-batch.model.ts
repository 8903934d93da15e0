import { model, Schema } from 'mongoose'

/** Rows of an import that wait to be taken in, sealed as one text; deleted in the transaction that takes them in. */
export interface CodeBatch {
  _id: string
  importId: string
  index: number
  sealed: string
  keyName: string
}

const schema = new Schema<CodeBatch>(
  {
    _id: { type: String, required: true },
    importId: { type: String, required: true },
    index: { type: Number, required: true },
    sealed: { type: String, required: true },
    keyName: { type: String, required: true },
  },
  { collection: 'gift_code_batches', versionKey: false },
)

// The next batch of an import.
schema.index({ importId: 1, index: 1 })
// Rotation: what an old key sealed.
schema.index({ keyName: 1 })

export const CodeBatchModel = model('CodeBatch', schema)
