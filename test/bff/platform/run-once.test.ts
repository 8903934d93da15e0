import { randomUUID } from 'node:crypto'
import { EventEmitter, once as onceEmitted } from 'node:events'
import { DomainError } from '#bff/kernel/errors'
import { IdempotencyRecordModel } from '#bff/platform/idempotency/idempotency-record.model'
import { type OnceRequest, runOnce } from '#bff/platform/idempotency/run-once'
import { inTransaction } from '#bff/platform/mongo/transaction'
import { connectTestDatabase } from './database'

connectTestDatabase()

const request = (overrides: Partial<OnceRequest> = {}): OnceRequest => ({
  actor: 'member:1',
  operation: 'order.place',
  key: randomUUID(),
  input: { items: [{ giftId: 'a', quantity: 1 }], note: 'x' },
  now: new Date(),
  ...overrides,
})
/** An effect that tells each time it ran. */
function counted() {
  const runs: number[] = []
  const effect = async () => {
    runs.push(runs.length + 1)
    return { status: 201, body: { run: runs.length, nested: { b: 1, a: 2 } } }
  }
  return { runs, effect }
}

test('a repeat gets the first status and body, byte for byte, without running', async () => {
  const once = request()
  const { runs, effect } = counted()
  const first = await runOnce(once, effect)
  const second = await runOnce(once, effect)
  expect(first).toMatchObject({ status: 201, isReplay: false })
  expect(second).toMatchObject({ status: 201, isReplay: true })
  expect(JSON.stringify(second.body)).toBe(JSON.stringify(first.body))
  expect(runs).toHaveLength(1)
})

test('the order of fields does not matter, every value does', async () => {
  const once = request()
  const { runs, effect } = counted()
  await runOnce(once, effect)
  const sameInput = { note: 'x', items: [{ quantity: 1, giftId: 'a' }] }
  expect((await runOnce({ ...once, input: sameInput }, effect)).isReplay).toBe(true)
  for (const input of [{ ...sameInput, note: 'y' }, { ...sameInput, items: [] }, null])
    await expect(runOnce({ ...once, input }, effect)).rejects.toMatchObject({
      code: 'idempotency.key_reused',
    })
  expect(runs).toHaveLength(1)
})

test('keys of other actors and operations never meet', async () => {
  const once = request()
  const { runs, effect } = counted()
  await runOnce(once, effect)
  await runOnce({ ...once, actor: 'member:2' }, effect)
  await runOnce({ ...once, operation: 'points.adjust' }, effect)
  expect(runs).toHaveLength(3)
})

test('twenty duplicates at once run one effect and get one answer', async () => {
  const once = request()
  const { effect } = counted()
  const results = await Promise.all(Array.from({ length: 20 }, () => runOnce(once, effect)))
  expect(results.filter(({ isReplay }) => !isReplay)).toHaveLength(1)
  const record = await IdempotencyRecordModel.findById(`${once.actor} ${once.operation} ${once.key}`).lean()
  expect(new Set(results.map(({ body }) => JSON.stringify(body)))).toEqual(new Set([record?.body]))
})

test('a refusal stores nothing and is judged anew', async () => {
  const once = request()
  const refuse = () => Promise.reject(new DomainError('gift.sold_out'))
  await expect(runOnce(once, refuse)).rejects.toMatchObject({ code: 'gift.sold_out' })
  expect(
    await IdempotencyRecordModel.findById(`${once.actor} ${once.operation} ${once.key}`).lean(),
  ).toBeNull()
  const { effect } = counted()
  expect((await runOnce(once, effect)).isReplay).toBe(false)
})

test('a refusal that races its own success gives the success', async () => {
  const once = request()
  const { effect } = counted()
  const refuse = async () => {
    await runOnce(once, effect)
    throw new DomainError('gift.sold_out')
  }
  for (const surroundings of [{ around: refuse }, { gate: refuse }])
    expect(await runOnce(once, effect, surroundings)).toMatchObject({ status: 201, isReplay: true })
})

test('the record exists exactly when the effect does', async () => {
  const once = request()
  const { effect } = counted()
  const id = `${once.actor} ${once.operation} ${once.key}`
  const failing = runOnce(once, async () => {
    expect(await IdempotencyRecordModel.exists({ _id: id })).not.toBeNull()
    await effect()
    throw new Error('crashed before the commit')
  })
  await expect(failing).rejects.toThrow('crashed before the commit')
  expect(await IdempotencyRecordModel.exists({ _id: id })).toBeNull()
  await inTransaction(async () => undefined)
  expect((await runOnce(once, effect)).isReplay).toBe(false)
})

test('who waits 5 s for its duplicate is told that it is still running', async () => {
  const once = request()
  const { effect } = counted()
  const steps = new EventEmitter()
  const isRunning = onceEmitted(steps, 'running')
  const first = runOnce(once, async () => {
    const mayEnd = onceEmitted(steps, 'may end')
    steps.emit('running')
    await mayEnd
    return effect()
  })
  await isRunning
  await expect(runOnce(once, effect)).rejects.toMatchObject({ code: 'idempotency.in_progress' })
  steps.emit('may end')
  expect((await first).isReplay).toBe(false)
  expect((await runOnce(once, effect)).isReplay).toBe(true)
}, 30_000)
