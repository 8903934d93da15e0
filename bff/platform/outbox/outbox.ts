import type { Clock } from '../../kernel/clock'
import { newId } from '../../kernel/ids'
import { insertWhole } from '../mongo/insert-whole'
import { assertInTransaction } from '../mongo/transaction'
import { OutboxEventModel } from './outbox-event.model'

/** An event as consumers get it. The id is the key by which they de-duplicate. */
export interface DomainEvent {
  id: string
  name: string
  payload: Record<string, unknown>
  occurredAt: Date
}

export interface OutboxConsumer {
  /** Stable: it is stored with events that wait for it. */
  name: string
  /** Names of the events it wants. */
  events: readonly string[]
  /** May be called more than once for one event; must act once by the event's id. */
  handle(event: DomainEvent): Promise<void>
}

/** Only what is due for this long is tried again, so that one poisoned event does not spin. */
const retryDelayMs = (attempts: number) => Math.min(1_000 * 2 ** attempts, 10 * 60_000)

export interface Outbox {
  /** Writes an event in the caller's transaction: it exists exactly when the effect does. */
  publish(name: string, payload: Record<string, unknown>): Promise<void>
  /** Delivers what is due, at most `batch` events; returns how many it tried. Safe to run in several places at once. */
  deliver(batch?: number): Promise<number>
}

export function createOutbox(options: {
  clock: Clock
  consumers: readonly OutboxConsumer[]
  onFailure: (event: DomainEvent, consumer: string, error: unknown) => void
}): Outbox {
  const { clock, consumers } = options
  return {
    async publish(name, payload) {
      assertInTransaction()
      const now = clock.now()
      const pending = consumers.filter(({ events }) => events.includes(name)).map((consumer) => consumer.name)
      if (pending.length === 0) return
      const event = {
        _id: newId(),
        name,
        payload,
        occurredAt: now,
        pending,
        dueAt: now,
        attempts: 0,
        deliveredAt: null,
      }
      await insertWhole(OutboxEventModel, [event])
    },
    async deliver(batch = 100) {
      let tried = 0
      while (tried < batch && (await deliverNext(options))) tried += 1
      return tried
    },
  }
}

async function deliverNext({
  clock,
  consumers,
  onFailure,
}: Parameters<typeof createOutbox>[0]): Promise<boolean> {
  const now = clock.now()
  // Taking an event moves its due time on: another relay leaves it alone, and after a crash it comes back.
  const taken = await OutboxEventModel.findOneAndUpdate(
    { deliveredAt: null, dueAt: { $lte: now } },
    { $inc: { attempts: 1 }, $set: { dueAt: new Date(now.getTime() + 30_000) } },
    { sort: { dueAt: 1 }, returnDocument: 'after' },
  ).lean()
  if (!taken) return false
  const event: DomainEvent = {
    id: taken._id,
    name: taken.name,
    payload: taken.payload,
    occurredAt: taken.occurredAt,
  }
  let pending = taken.pending
  for (const name of taken.pending) {
    const consumer = consumers.find((candidate) => candidate.name === name)
    try {
      await consumer?.handle(event)
      pending = pending.filter((candidate) => candidate !== name)
    } catch (error) {
      onFailure(event, name, error)
    }
  }
  const isDelivered = pending.length === 0
  await OutboxEventModel.updateOne(
    { _id: taken._id },
    {
      $set: {
        pending,
        deliveredAt: isDelivered ? now : null,
        ...(isDelivered ? {} : { dueAt: new Date(now.getTime() + retryDelayMs(taken.attempts)) }),
      },
    },
  )
  return true
}
