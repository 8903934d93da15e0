import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { createCache } from '#bff/platform/redis/cache'
import { connectRedis, waitForRedis } from '#bff/platform/redis/client'
import { createGate } from '#bff/platform/redis/gate'
import { testEnv } from '#test/support/environment'
import { eventually } from '#test/support/eventually'

let redis: Redis
beforeAll(async () => {
  redis = connectRedis({ url: testEnv().REDIS_URL, onChange: () => undefined })
  await waitForRedis(redis, 2_000)
})
afterAll(() => redis.disconnect())

const newKeys = () => [1, 2, 3].map(() => `jili:{test:${randomUUID()}}:sold-out`) as [string, string, string]

test('a mark turns away whom it names and nobody else, until it is cleared', async () => {
  const gate = createGate(redis, true)
  const [a, b, c] = newKeys()
  await gate.mark(a)
  await gate.mark(b)
  expect(await gate.marked([a, b, c])).toEqual([a, b])
  await gate.clear([a, c])
  expect(await gate.marked([a, b, c])).toEqual([b])
  expect(await gate.marked([])).toEqual([])
})

test('a mark is gone after two seconds at most', async () => {
  const gate = createGate(redis, true)
  const [key] = newKeys()
  await gate.mark(key)
  const remainingMs = await redis.pttl(key)
  expect(remainingMs).toBeGreaterThan(0)
  expect(remainingMs).toBeLessThanOrEqual(2_000)
  // As time does, only sooner.
  await redis.pexpire(key, 1)
  await eventually(async () => expect(await gate.marked([key])).toEqual([]), { withinMs: 1_000 })
})

test('switched off, or without Redis, it turns nobody away and fails nobody', async () => {
  const away = connectRedis({ url: 'redis://127.0.0.1:1', onChange: () => undefined })
  const [key] = newKeys()
  for (const gate of [createGate(redis, false), createGate(away, true)]) {
    await gate.mark(key)
    expect(await gate.marked([key])).toEqual([])
    await gate.clear([key])
  }
  const cache = createCache(away)
  await cache.set(key, 'value', 10)
  expect(await cache.get(key)).toBeNull()
  await cache.delete(key)
  expect(await waitForRedis(away, 50)).toBe(false)
  away.disconnect()
})
