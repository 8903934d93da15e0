import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../../kernel/errors'
import { redisKeys } from './keys'

/** How often something may be done, by whom the key names. */
const rules = {
  /** Requests of one address, of IPv6 its /64, all together; a shop's members share one. */
  address: { points: 6_000, duration: 60 },
  /** Uploaded pictures that one address loads: each asks the storage, and a bucket has its price. */
  picture: { points: 6_000, duration: 60 },
  /** Requests of one signed-in person. */
  principal: { points: 1_200, duration: 60 },
  /** Sign-ins of one address. */
  'sign-in': { points: 600, duration: 60 },
} as const

export type RateRule = keyof typeof rules

/** Limits on how often; counted in Redis for all processes together, in memory while Redis is away. */
export interface RateLimits {
  /** Counts one, and refuses it when it is one too many. @throws `rate.limited` with seconds to wait */
  count(rule: RateRule, key: string): Promise<void>
  /** False only with the test setting, and then nothing is counted anywhere. */
  isEnabled: boolean
}

export function createRateLimits(redis: Redis, isEnabled: boolean): RateLimits {
  if (!isEnabled) return { isEnabled, count: async () => undefined }
  const limiters = new Map(
    Object.entries(rules).map(([name, { points, duration }]) => {
      const options = { keyPrefix: `${redisKeys.rateLimit}:${name}`, points, duration }
      const insuranceLimiter = new RateLimiterMemory(options)
      return [name, new RateLimiterRedis({ ...options, storeClient: redis, insuranceLimiter })] as const
    }),
  )
  const limiterOf = (rule: RateRule) => {
    const limiter = limiters.get(rule)
    if (!limiter) throw new Error(`no rate rule ${rule}`)
    return limiter
  }
  return {
    isEnabled,
    async count(rule, key) {
      try {
        await limiterOf(rule).consume(key)
      } catch (refusal) {
        throw refusal instanceof RateLimiterRes ? limited(refusal) : refusal
      }
    },
  }
}

const limited = ({ msBeforeNext }: RateLimiterRes) =>
  new DomainError('rate.limited', { retryAfterSeconds: Math.max(1, Math.ceil(msBeforeNext / 1_000)) })
