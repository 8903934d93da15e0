import type { Redis } from 'ioredis'
import { orWithoutRedis } from './client'

/** How long a mark may be wrong: it says "no" at most this long after the answer became "yes". */
const markTtlMs = 2_000

/**
 * Turns away the crowd that MongoDB has already refused. It holds only marks, set after MongoDB refused and
 * deleted when stock or a claim returns, so it can only ever say "no" a moment too long, never "yes" wrongly.
 */
export interface Gate {
  /** Which of the keys, all of one gift, are marked; none when Redis is away. */
  marked(keys: readonly string[]): Promise<string[]>
  mark(key: string): Promise<void>
  clear(keys: readonly string[]): Promise<void>
}

export function createGate(redis: Redis, isEnabled: boolean): Gate {
  return {
    async marked(keys) {
      if (!isEnabled || keys.length === 0) return []
      const found = await orWithoutRedis(redis.mget([...keys]), [])
      return keys.filter((_key, index) => found[index] === '1')
    },
    async mark(key) {
      if (isEnabled) await orWithoutRedis(redis.set(key, '1', 'PX', markTtlMs), null)
    },
    async clear(keys) {
      if (isEnabled && keys.length > 0)
        await orWithoutRedis(Promise.all(keys.map((key) => redis.del(key))), [])
    },
  }
}
