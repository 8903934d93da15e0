import { model, Schema } from 'mongoose'

/** One parcel of one carrier, from the first that is heard of it: an order sent with it, or tracking. */
export interface Parcel {
  /** `carrier code:tracking number`. */
  _id: string
  /** Whether an order was sent with it. */
  isExpected: boolean
  eventCount: number
  deliveredAt: Date | null
  /** Counted up by whoever reads and writes around it, so that shipping and tracking at once collide here. */
  revision: number
  /** When a parcel nobody expects is forgotten. */
  expiresAt: Date | null
}

const schema = new Schema<Parcel>(
  {
    _id: { type: String, required: true },
    isExpected: { type: Boolean, required: true },
    eventCount: { type: Number, required: true },
    deliveredAt: { type: Date, default: null },
    revision: { type: Number, required: true },
    expiresAt: { type: Date, default: null },
  },
  { collection: 'parcels', versionKey: false },
)

// Tracking of parcels that no order was ever sent with is forgotten.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const ParcelModel = model('Parcel', schema)
