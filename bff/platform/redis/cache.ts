import type { Redis } from 'ioredis'
import { orWithoutRedis } from './client'

/** Short-lived copies of what MongoDB or WeChat holds; empty while Redis is away. */
export interface Cache {
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlSeconds: number): Promise<void>
  delete(key: string): Promise<void>
}

export const createCache = (redis: Redis): Cache => ({
  get: (key) => orWithoutRedis(redis.get(key), null),
  set: async (key, value, ttlSeconds) => {
    await orWithoutRedis(redis.set(key, value, 'EX', ttlSeconds), null)
  },
  delete: async (key) => {
    await orWithoutRedis(redis.del(key), 0)
  },
})
