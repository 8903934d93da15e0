import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { connectRedis, waitForRedis } from '#bff/platform/redis/client'
import { createLocks, type LocksOptions } from '#bff/platform/redis/locks'
import { eventually } from '#test/support/eventually'
import { type OwnRedis, startOwnRedis } from './own-redis'

let server: OwnRedis
let clients: Redis[]

beforeAll(async () => {
  server = await startOwnRedis()
  clients = [1, 2].map(() => connectRedis({ url: server.url, onChange: () => undefined }))
  for (const client of clients) await waitForRedis(client, 2_000)
})
afterAll(async () => {
  for (const client of clients) client.disconnect()
  await server.kill()
})

const client = (index = 0): Redis => {
  const found = clients[index]
  if (!found) throw new Error('no such client')
  return found
}
const locksOf = (index: number, options: Partial<LocksOptions> = {}) =>
  createLocks({ redis: client(index), isEnabled: true, ...options })
const newKey = () => `jili:{test:${randomUUID()}}:lock`
/** Something that the test opens. */
function gateway() {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

test('of two processes one works at a time, and all get their turn', async () => {
  const key = newKey()
  let working = 0
  let most = 0
  const work = async () => {
    working += 1
    most = Math.max(most, working)
    await client().ping()
    working -= 1
  }
  const processes = [locksOf(0), locksOf(1)]
  await Promise.all(Array.from({ length: 20 }, (_, index) => processes[index % 2]?.withLocks([key], work)))
  expect([most, working]).toEqual([1, 0])
  expect(await client().exists(key)).toBe(0)
})

test('the result and the error of the work come through, and the lock is given back', async () => {
  const key = newKey()
  const locks = locksOf(0)
  expect(await locks.withLocks([key], async () => 'done')).toBe('done')
  await expect(locks.withLocks([key], () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(await client().exists(key)).toBe(0)
  expect(await locksOf(1).withLocks([key], async () => 'next')).toBe('next')
})

test('several keys are held together and taken in order', async () => {
  const keys = [newKey(), newKey()]
  const held = await locksOf(0).withLocks(keys, () => client().exists(...keys))
  expect(held).toBe(2)
  expect(await client().exists(...keys)).toBe(0)
})

test('the lease is renewed while the work lasts', async () => {
  const key = newKey()
  const { open, opened } = gateway()
  const working = locksOf(0, { leaseMs: 300 }).withLocks([key], () => opened)
  await eventually(async () => expect(await client().exists(key)).toBe(1), { withinMs: 1_000 })
  const until = performance.now() + 900
  await eventually(
    async () => {
      expect(await client().exists(key)).toBe(1)
      expect(performance.now()).toBeGreaterThan(until)
    },
    { withinMs: 2_000 },
  )
  open()
  await working
  expect(await client().exists(key)).toBe(0)
})

test('a lease that was lost ends no work, and giving it back leaves the new holder alone', async () => {
  const key = newKey()
  const { open, opened } = gateway()
  const working = locksOf(0).withLocks([key], async () => {
    await opened
    return 'done'
  })
  await eventually(async () => expect(await client().exists(key)).toBe(1), { withinMs: 1_000 })
  await client().set(key, 'another holder')
  open()
  expect(await working).toBe('done')
  expect(await client().get(key)).toBe('another holder')
})

test('a key that stays taken ends in service.busy without the work', async () => {
  const key = newKey()
  await client().set(key, 'a holder that does not end')
  let hasWorked = false
  const waiting = locksOf(0, { waitMs: 100 }).withLocks([key], async () => {
    hasWorked = true
  })
  await expect(waiting).rejects.toMatchObject({ code: 'service.busy' })
  expect(hasWorked).toBe(false)
})

test('a dead holder is waited for no longer than its lease', async () => {
  const key = newKey()
  await client().set(key, 'a process that was killed', 'PX', 200)
  expect(await locksOf(0, { waitMs: 5_000 }).withLocks([key], async () => 'done')).toBe('done')
})

test('switched off, work runs at once and nothing is locked', async () => {
  const key = newKey()
  await client().set(key, 'a holder')
  const locks = createLocks({ redis: client(), isEnabled: false })
  expect(await locks.withLocks([key], async () => 'done')).toBe('done')
})

test('without Redis work still runs: it dies under the work, stays away, and comes back', async () => {
  const key = newKey()
  const locks = locksOf(0)
  const during = await locks.withLocks([key], async () => {
    await server.kill()
    return 'finished'
  })
  expect(during).toBe('finished')
  expect(await locks.withLocks([key], async () => 'without')).toBe('without')
  await server.start()
  await eventually(async () => expect(await client().ping()).toBe('PONG'), { withinMs: 5_000 })
  const held = await locks.withLocks([key], () => client().exists(key))
  expect(held).toBe(1)
}, 15_000)
