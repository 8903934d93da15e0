import { model, Schema } from 'mongoose'
import type { ImageType } from '#shared/domain/enums'

/** A member's picture; its bytes lie in the storage. */
export interface Upload {
  _id: string
  memberId: string
  /** `writing` until the bytes are stored, `removing` once they are to go: only a stored one can be used. */
  state: 'writing' | 'stored' | 'removing'
  storageKey: string
  contentType: ImageType
  widthPx: number
  heightPx: number
  sizeBytes: number
  /** What it belongs to; nothing yet when null. */
  attachedTo: string | null
  businessDate: string
  /** Its place under the member's limit of the day. */
  slot: number
  createdAt: Date
}

const schema = new Schema<Upload>(
  {
    _id: { type: String, required: true },
    memberId: { type: String, required: true },
    state: { type: String, required: true },
    storageKey: { type: String, required: true },
    contentType: { type: String, required: true },
    widthPx: { type: Number, required: true },
    heightPx: { type: Number, required: true },
    sizeBytes: { type: Number, required: true },
    attachedTo: { type: String, default: null },
    businessDate: { type: String, required: true },
    slot: { type: Number, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'uploads', versionKey: false },
)

// Promise: a member uploads so many pictures a day, whatever requests arrive together.
schema.index({ memberId: 1, businessDate: 1, slot: 1 }, { unique: true })
// The sweep: what nothing came of, oldest first.
schema.index({ createdAt: 1 }, { partialFilterExpression: { attachedTo: null } })

export const UploadModel = model('Upload', schema)
