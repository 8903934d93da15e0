import { limits } from '#shared/domain/limits'
import { DomainError } from '../../../kernel/errors'
import type { Services } from '../../../platform/services'
import { ParcelModel } from '../parcel.model'
import { type TrackingEvent, TrackingEventModel } from '../tracking-event.model'
import { touchParcel } from './touch-parcel'

/** Tracking of a parcel that no order is sent with is kept this long. */
const keepUnexpectedMs = 30 * 86_400_000

export type NewEvent = Pick<TrackingEvent, 'eventId' | 'status' | 'description' | 'location' | 'occurredAt'>

/**
 * Adds what is new of these events to a parcel's history, in the caller's transaction. An event that is known stays
 * as it was first told. `deliveredAt` is set when the parcel is delivered, by these or earlier events.
 * @throws `parcel.event_limit_reached`.
 */
export async function recordEvents(
  { clock }: Pick<Services, 'clock'>,
  { parcelId, clientId, events }: { parcelId: string; clientId: string; events: readonly NewEvent[] },
): Promise<{ added: number; deliveredAt: Date | null }> {
  const parcel = await touchParcel(parcelId)
  const fresh = await selectFresh(parcelId, events)
  if (fresh.length === 0) return { added: 0, deliveredAt: parcel.deliveredAt }
  if (parcel.eventCount + fresh.length > limits.trackingEventsPerParcel)
    throw new DomainError('parcel.event_limit_reached')
  const receivedAt = clock.now()
  const expiresAt = parcel.isExpected ? null : new Date(receivedAt.getTime() + keepUnexpectedMs)
  await TrackingEventModel.insertMany(
    fresh.map((event) => ({
      _id: idOf(parcelId, event),
      parcelId,
      clientId,
      receivedAt,
      expiresAt,
      ...event,
    })),
  )
  const deliveredAt = parcel.deliveredAt ?? earliestDelivery(fresh)
  await ParcelModel.updateOne(
    { _id: parcelId },
    { $set: { deliveredAt, expiresAt }, $inc: { eventCount: fresh.length } },
  )
  return { added: fresh.length, deliveredAt }
}

const idOf = (parcelId: string, { eventId }: NewEvent) => `${parcelId}:${eventId}`

async function selectFresh(parcelId: string, events: readonly NewEvent[]): Promise<NewEvent[]> {
  const byId = new Map<string, NewEvent>()
  for (const event of events) if (!byId.has(idOf(parcelId, event))) byId.set(idOf(parcelId, event), event)
  const known = await TrackingEventModel.find({ _id: { $in: [...byId.keys()] } })
    .select('_id')
    .lean()
  for (const { _id } of known) byId.delete(_id)
  return [...byId.values()]
}

function earliestDelivery(events: readonly NewEvent[]): Date | null {
  const times = events
    .filter(({ status }) => status === 'delivered')
    .map(({ occurredAt }) => occurredAt.getTime())
  return times.length > 0 ? new Date(Math.min(...times)) : null
}
