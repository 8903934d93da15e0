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
  const known = consumers.map(({ name }) => name)
  // Taking an event moves its due time on: another relay leaves it alone, and after a crash it comes back. One that waits
  // only for consumers of another version of Jili is not seen here: it is theirs, and must keep nobody busy.
  const taken = await OutboxEventModel.findOneAndUpdate(
    { deliveredAt: null, dueAt: { $lte: now }, pending: { $in: known } },
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
  const done: string[] = []
  for (const consumer of consumers.filter(({ name }) => taken.pending.includes(name))) {
    try {
      await consumer.handle(event)
      done.push(consumer.name)
    } catch (error) {
      onFailure(event, consumer.name, error)
    }
  }
  const left = taken.pending.filter((name) => !done.includes(name))
  const hasFailed = left.some((name) => known.includes(name))
  // Who is left and unknown here may take it at once.
  const nextDueAt = hasFailed ? new Date(now.getTime() + retryDelayMs(taken.attempts)) : now
  const dueAt = left.length > 0 ? nextDueAt : taken.dueAt
  // In one step and from what is stored: another process may have taken the event meanwhile, and what it did stays done.
  await OutboxEventModel.updateOne(
    { _id: taken._id },
    [
      { $set: { pending: { $setDifference: ['$pending', done] }, dueAt } },
      { $set: { deliveredAt: { $cond: [{ $eq: ['$pending', []] }, now, null] } } },
    ],
    { updatePipeline: true },
  )
  return true
}
