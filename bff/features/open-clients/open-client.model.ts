import { model, Schema } from 'mongoose'
import type { OpenClientKind, OpenScope } from '#shared/domain/enums'

export interface OpenClientSecret {
  /** Readable with the key ring only; the client's id is its context. */
  sealed: string
  createdAt: Date
  /** When a replaced secret stops working; null for the newest. */
  validUntil: Date | null
}

export interface OpenClient {
  _id: string
  name: string
  kind: OpenClientKind
  scopes: OpenScope[]
  isDisabled: boolean
  /** Newest first, two at most. */
  secrets: OpenClientSecret[]
  createdAt: Date
}

const schema = new Schema<OpenClient>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    kind: { type: String, required: true },
    scopes: { type: [String], required: true },
    isDisabled: { type: Boolean, required: true },
    secrets: [
      new Schema<OpenClientSecret>(
        {
          sealed: { type: String, required: true },
          createdAt: { type: Date, required: true },
          validUntil: { type: Date, default: null },
        },
        { _id: false },
      ),
    ],
    createdAt: { type: Date, required: true },
  },
  { collection: 'open_clients', versionKey: false },
)

// One client of a name, so that logs and people mean the same one.
schema.index({ name: 1 }, { unique: true })

export const OpenClientModel = model('OpenClient', schema)
