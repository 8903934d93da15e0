import { setTimeout } from 'node:timers/promises'
import { ExecutionError, Redlock, ResourceLockedError } from '@sesamecare-oss/redlock'
import AsyncLock from 'async-lock'
import type { Redis } from 'ioredis'
import { DomainError } from '../../kernel/errors'

export interface Locks {
  /**
   * Runs `work` while holding every key, taken one by one in the given order. A lock is a queue, not a
   * guard: without Redis, or when the lease is lost, `work` runs all the same and MongoDB decides. It is told
   * whether somebody else held one of them.
   * @throws `service.busy` when a key stays taken for longer than the wait.
   */
  withLocks<T>(keys: readonly string[], work: (hasQueued: boolean) => Promise<T>): Promise<T>
}

/** How long a contender waits before it asks again. */
const retryMs = 8

export interface LocksOptions {
  redis: Redis
  isEnabled: boolean
  /** How long a lock outlives a holder that died. Renewed while the work lasts. */
  leaseMs?: number
  /** How long to queue for one key. */
  waitMs?: number
}

/**
 * Contenders of one process queue in memory and only the first of them asks Redis, so that a crowd on
 * one gift costs Redis one poll a process instead of one a request.
 */
export function createLocks({ redis, isEnabled, leaseMs = 3_000, waitMs = 5_000 }: LocksOptions): Locks {
  if (!isEnabled) return { withLocks: (_keys, work) => work(false) }
  const local = new AsyncLock({ timeout: waitMs, maxPending: 5_000 })
  const redlock = new Redlock([redis], { retryCount: 0, automaticExtensionThreshold: leaseMs / 3 })
  // Failures of single attempts; what matters is the result of `using`.
  redlock.on('error', () => undefined)

  const withLease = async <T>(key: string, work: Work<T>, hasQueuedHere: boolean): Promise<T> => {
    let outcome: Promise<T> | undefined
    let hasQueued = hasQueuedHere
    const run = async () => {
      outcome = work(hasQueued)
      await outcome.catch(() => undefined)
    }
    const deadline = performance.now() + waitMs
    while (redis.status === 'ready') {
      const failure: unknown = await redlock.using([key], leaseMs, run).then(
        () => undefined,
        (error: unknown) => error,
      )
      // Once the work has run only giving the lock back can have failed: the lease runs out by itself.
      if (outcome) return outcome
      if (!(await isHeldByOthers(failure))) break
      if (performance.now() > deadline) throw busy(failure)
      hasQueued = true
      await setTimeout(retryMs + Math.random() * retryMs)
    }
    return work(hasQueued)
  }

  const inOrder = <T>(keys: readonly string[], work: Work<T>, hasQueued = false): Promise<T> => {
    const [key, ...rest] = keys
    if (key === undefined) return work(hasQueued)
    const isTaken = local.isBusy(key)
    return queued(local, key, () =>
      withLease(key, (hasWaited) => inOrder(rest, work, hasWaited), hasQueued || isTaken),
    )
  }
  return { withLocks: (keys, work) => inOrder(keys, work) }
}

type Work<T> = (hasQueued: boolean) => Promise<T>

async function queued<T>(local: AsyncLock, key: string, work: () => Promise<T>): Promise<T> {
  let isStarted = false
  try {
    return await local.acquire(key, () => {
      isStarted = true
      return work()
    })
  } catch (error) {
    if (isStarted) throw error
    throw busy(error)
  }
}

/** Redlock reports a lock held by someone else and a Redis that fails by one error; its votes tell them apart. */
async function isHeldByOthers(failure: unknown): Promise<boolean> {
  if (!(failure instanceof ExecutionError)) return false
  const attempts = await Promise.all(failure.attempts)
  return attempts.some(({ votesAgainst }) =>
    [...votesAgainst.values()].some((vote) => vote instanceof ResourceLockedError),
  )
}

const busy = (cause: unknown) => new DomainError('service.busy', { retryAfterSeconds: 1, cause })
