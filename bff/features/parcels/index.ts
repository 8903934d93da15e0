import { type CarrierCode, carrierOf, normalTrackingNumber } from '#shared/domain/carriers'
import { limits } from '#shared/domain/limits'
import { type TrackingEvent, TrackingEventModel } from './tracking-event.model'

export { expectParcel } from './commands/expect-parcel'
export { type NewEvent, recordEvents } from './commands/record-events'
export type { TrackingEvent } from './tracking-event.model'

/** A parcel as an order names it. */
export interface ParcelName {
  parcelId: string
  carrierCode: CarrierCode
  /** How the carrier is shown: its own name for a code, else as it was written. */
  carrier: string
  trackingNumber: string
}

/** Which parcel a carrier's code or name and a number mean. Carriers without a code of their own share `OTHER`. */
export function nameParcel(input: { carrier: string; trackingNumber: string }): ParcelName {
  const { carrier, name } = carrierOf(input.carrier)
  return {
    parcelId: `${carrier.code}:${normalTrackingNumber(input.trackingNumber)}`,
    carrierCode: carrier.code,
    carrier: name,
    trackingNumber: input.trackingNumber.trim(),
  }
}

/** The newest events of a parcel, newest first, at most 50; the same whatever order they came in. */
export const listEvents = (parcelId: string): Promise<TrackingEvent[]> =>
  TrackingEventModel.find({ parcelId })
    .sort({ occurredAt: -1, eventId: -1 })
    .limit(limits.trackingEventsShown)
    .lean()
