import type { z } from 'zod'
import type { recordTracking as contract } from '#shared/contracts/shipments'
import { DomainError } from '../../../kernel/errors'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { markDelivered } from '../../orders'
import { type NewEvent, nameParcel, recordEvents } from '../../parcels'

/** Clocks of carriers run fast at times; a step from further ahead would sit on top of the timeline for good. */
const aheadMs = 24 * 3_600_000

/**
 * Takes what a carrier tells of a parcel, known or not yet. Repeats and wrong order do no harm. When the parcel is
 * delivered, the members who wait for it are told, once.
 * @throws `request.invalid` for a step from the future; `parcel.event_limit_reached`.
 */
export async function recordTracking(
  services: Pick<Services, 'clock' | 'outbox'>,
  clientId: string,
  body: z.output<typeof contract.body>,
): Promise<z.input<typeof contract.response>> {
  const { parcelId } = nameParcel(body)
  const events = body.events.map(toEvent)
  const latest = services.clock.now().getTime() + aheadMs
  const fromFuture = events.findIndex(({ occurredAt }) => occurredAt.getTime() > latest)
  if (fromFuture >= 0)
    throw new DomainError('request.invalid', {
      message: '物流记录的时间在未来',
      details: { path: `body.events.${fromFuture}.occurredAt` },
    })
  return inTransaction(async () => {
    const { added, deliveredAt } = await recordEvents(services, { parcelId, clientId, events })
    if (deliveredAt) await markDelivered(services, parcelId, deliveredAt)
    return { added, repeated: events.length - added }
  })
}

const toEvent = ({
  location,
  occurredAt,
  ...event
}: z.output<typeof contract.body>['events'][number]): NewEvent => ({
  ...event,
  description: oneLine(event.description),
  location: oneLine(location ?? '') || null,
  occurredAt: new Date(occurredAt),
})

/** Control characters and marks that turn the direction of text have no place on a member's screen. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
