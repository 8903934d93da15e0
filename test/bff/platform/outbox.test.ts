import { randomUUID } from 'node:crypto'
import { createAdjustableClock } from '#bff/kernel/clock'
import { inTransaction } from '#bff/platform/mongo/transaction'
import { createOutbox, type DomainEvent, type OutboxConsumer } from '#bff/platform/outbox/outbox'
import { OutboxEventModel } from '#bff/platform/outbox/outbox-event.model'
import { connectTestDatabase } from './database'

connectTestDatabase()

/** An outbox with consumers of events that no other test has, and a clock that only the test moves. */
function openOutbox(
  handlers: Record<string, (event: DomainEvent) => Promise<void>>,
  name = `test.${randomUUID()}`,
) {
  const start = new Date()
  const clock = createAdjustableClock({ now: () => start })
  const failures: string[] = []
  const consumers: OutboxConsumer[] = Object.entries(handlers).map(([consumer, handle]) => ({
    name: consumer,
    events: [name],
    handle,
  }))
  const outbox = createOutbox({
    clock,
    consumers,
    onFailure: (_event, consumer) => failures.push(consumer),
  })
  const publish = (payload: Record<string, unknown> = {}) =>
    inTransaction(() => outbox.publish(name, payload))
  return { name, clock, outbox, failures, publish }
}

beforeEach(() => OutboxEventModel.deleteMany({}))

test('an event is delivered once to each consumer that wants it', async () => {
  const taken: string[] = []
  const { name, outbox, publish } = openOutbox({
    first: async ({ payload }) => void taken.push(`first ${payload.n}`),
    second: async ({ payload }) => void taken.push(`second ${payload.n}`),
  })
  await publish({ n: 1 })
  expect(await outbox.deliver()).toBe(1)
  expect(await outbox.deliver()).toBe(0)
  expect(taken).toEqual(['first 1', 'second 1'])
  expect(await OutboxEventModel.findOne({ name }).lean()).toMatchObject({ pending: [], attempts: 1 })
})

test('after a failure only the consumer that failed gets it again, later and later', async () => {
  const taken: string[] = []
  let isBroken = true
  const { clock, outbox, failures, publish } = openOutbox({
    works: async () => void taken.push('works'),
    fails: async () => {
      if (isBroken) throw new Error('away')
      taken.push('fails')
    },
  })
  await publish()
  await outbox.deliver()
  expect([taken, failures]).toEqual([['works'], ['fails']])
  // Not due yet: one poisoned event does not spin.
  expect(await outbox.deliver()).toBe(0)
  clock.advance(2_000)
  expect(await outbox.deliver()).toBe(1)
  clock.advance(2_000)
  expect(await outbox.deliver()).toBe(0)
  isBroken = false
  clock.advance(2_000)
  expect(await outbox.deliver()).toBe(1)
  expect([taken, failures]).toEqual([
    ['works', 'fails'],
    ['fails', 'fails'],
  ])
  clock.advance(3_600_000)
  expect(await outbox.deliver()).toBe(0)
})

test('a crash in the middle delivers again, with the same id to tell it by', async () => {
  const ids: string[] = []
  const { name, clock, outbox, publish } = openOutbox({ only: async ({ id }) => void ids.push(id) })
  await publish()
  await outbox.deliver()
  // As it stands when the process dies after the consumer and before the mark.
  await OutboxEventModel.updateOne({ name }, { $set: { pending: ['only'], deliveredAt: null } })
  expect(await outbox.deliver()).toBe(0)
  clock.advance(30_000)
  expect(await outbox.deliver()).toBe(1)
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

test('two relays at once deliver each event once', async () => {
  const taken: unknown[] = []
  const { outbox, publish } = openOutbox({ only: async ({ payload }) => void taken.push(payload.n) })
  for (let n = 0; n < 10; n += 1) await publish({ n })
  await Promise.all([outbox.deliver(), outbox.deliver(), outbox.deliver()])
  expect([...taken].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})

test('an event of an aborted transaction never was, and none is published outside one', async () => {
  const { name, outbox } = openOutbox({ only: async () => undefined })
  const aborted = inTransaction(async () => {
    await outbox.publish(name, {})
    throw new Error('changed my mind')
  })
  await expect(aborted).rejects.toThrow('changed my mind')
  await expect(outbox.publish(name, {})).rejects.toThrow('must run inside a transaction')
  expect(await OutboxEventModel.countDocuments({ name })).toBe(0)
})

test('an event that nobody wants is not kept', async () => {
  const { outbox } = openOutbox({ only: async () => undefined })
  await inTransaction(() => outbox.publish('test.unwanted', {}))
  expect(await OutboxEventModel.countDocuments({ name: 'test.unwanted' })).toBe(0)
})

describe('two versions side by side', () => {
  const both = (taken: string[], name?: string) =>
    openOutbox({ old: async () => void taken.push('old'), added: async () => void taken.push('added') }, name)

  test('an event waits for a consumer that the old worker does not know, and the new one delivers it', async () => {
    const taken: string[] = []
    const newer = both(taken)
    const older = openOutbox({ old: async () => void taken.push('old') }, newer.name)
    await newer.publish()
    expect(await older.outbox.deliver()).toBe(1)
    expect(taken).toEqual(['old'])
    const stored = await OutboxEventModel.findOne({ name: newer.name }).lean()
    expect(stored).toMatchObject({ pending: ['added'], deliveredAt: null })
    // The old worker leaves it alone, whenever it looks.
    older.clock.advance(3_600_000)
    expect(await older.outbox.deliver()).toBe(0)
    newer.clock.advance(1)
    expect(await newer.outbox.deliver()).toBe(1)
    expect(taken).toEqual(['old', 'added'])
    const delivered = await OutboxEventModel.findOne({ name: newer.name }).lean()
    expect(delivered).toMatchObject({ pending: [], deliveredAt: expect.any(Date) })
    expect(await newer.outbox.deliver()).toBe(0)
  })

  test('events for others do not keep a worker from its own', async () => {
    const taken: string[] = []
    const newer = both(taken)
    const older = openOutbox({ old: async ({ payload }) => void taken.push(`old ${payload.n}`) }, newer.name)
    const foreign = openOutbox({ added: async () => undefined }, newer.name)
    for (let n = 0; n < 5; n += 1) await foreign.publish()
    await older.publish({ n: 1 })
    older.clock.advance(1_000)
    expect(await older.outbox.deliver(1)).toBe(1)
    expect(taken).toEqual(['old 1'])
    expect(await OutboxEventModel.countDocuments({ deliveredAt: null, attempts: 0 })).toBe(5)
  })

  test('what another process took meanwhile stays taken', async () => {
    const taken: string[] = []
    const newer = both(taken)
    const slow = openOutbox(
      {
        old: async () => {
          // Its lease ran out, and another process has taken the rest.
          await OutboxEventModel.updateOne({ name: newer.name }, { $set: { pending: ['old'] } })
        },
      },
      newer.name,
    )
    await newer.publish()
    await slow.outbox.deliver()
    expect(await OutboxEventModel.findOne({ name: newer.name }).lean()).toMatchObject({
      pending: [],
      deliveredAt: expect.any(Date),
    })
  })
})

test('a batch stops at its size and the next one goes on', async () => {
  const { outbox, publish } = openOutbox({ only: async () => undefined })
  for (let n = 0; n < 3; n += 1) await publish()
  expect([await outbox.deliver(2), await outbox.deliver(2)]).toEqual([2, 1])
})
