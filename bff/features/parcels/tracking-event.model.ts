import { model, Schema } from 'mongoose'
import type { TrackingStatus } from '#shared/domain/carriers'

/** One step of a parcel as its carrier told it. Never changed once taken. */
export interface TrackingEvent {
  /** `parcel id:event id`: an event that comes again collides here. */
  _id: string
  parcelId: string
  eventId: string
  status: TrackingStatus
  description: string
  location: string | null
  occurredAt: Date
  receivedAt: Date
  /** The open client that told it. */
  clientId: string
  /** When an event of a parcel nobody expects is forgotten. */
  expiresAt: Date | null
}

const schema = new Schema<TrackingEvent>(
  {
    _id: { type: String, required: true },
    parcelId: { type: String, required: true },
    eventId: { type: String, required: true },
    status: { type: String, required: true },
    description: { type: String, required: true },
    location: { type: String, default: null },
    occurredAt: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    clientId: { type: String, required: true },
    expiresAt: { type: Date, default: null },
  },
  { collection: 'tracking_events', versionKey: false },
)

// A parcel's newest events, in the one order all readers see.
schema.index({ parcelId: 1, occurredAt: -1, eventId: -1 })
// Tracking of parcels that no order was ever sent with is forgotten.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const TrackingEventModel = model('TrackingEvent', schema)
