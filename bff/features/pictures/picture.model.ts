import { model, Schema } from 'mongoose'

/** A picture of gifts or stores, for everybody; its two copies lie in the storage under its id. */
export interface Picture {
  _id: string
  /** `writing` until both copies are stored, `removing` once they are to go: only a stored one can be used. */
  state: 'writing' | 'stored' | 'removing'
  /** Of the file as it was sent; null once it is to go, so that the same file can come again as another picture. */
  contentHash: string | null
  widthPx: number
  heightPx: number
  /** Of both copies. */
  sizeBytes: number
  /** Whether a gift or store has ever named it: orders keep the address of what they were placed for. */
  isUsed: boolean
  /** When the file was sent last. */
  uploadedAt: Date
}

const schema = new Schema<Picture>(
  {
    _id: { type: String, required: true },
    state: { type: String, required: true },
    contentHash: { type: String, default: null },
    widthPx: { type: Number, required: true },
    heightPx: { type: Number, required: true },
    sizeBytes: { type: Number, required: true },
    isUsed: { type: Boolean, required: true },
    uploadedAt: { type: Date, required: true },
  },
  { collection: 'pictures', versionKey: false },
)

// Promise: the same file is one picture, however many send it at once.
schema.index({ contentHash: 1 }, { unique: true, partialFilterExpression: { contentHash: { $gt: '' } } })
// The sweep, and how many may wait for it: what nothing has named, oldest first.
schema.index({ uploadedAt: 1 }, { partialFilterExpression: { isUsed: false } })

export const PictureModel = model('Picture', schema)
