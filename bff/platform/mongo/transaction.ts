import type { AsyncLocalStorage } from 'node:async_hooks'
import mongoose from 'mongoose'
import pLimit from 'p-limit'
import { DomainError } from '../../kernel/errors'

const duplicateKey = 11000

/** Set by platform/mongo/connection; mongoose has it without a type. */
const transactionStore = mongoose as unknown as {
  transactionAsyncLocalStorage?: AsyncLocalStorage<{ session: mongoose.ClientSession }>
}

/** Whether an error is MongoDB's refusal of a second document with the same unique key. */
export const isDuplicateKey = (error: unknown): error is Error & { keyPattern?: Record<string, unknown> } =>
  error instanceof Error && (error as { code?: unknown }).code === duplicateKey

/** Thrown inside a transaction when what it read is out of date: the transaction runs again. */
export class StaleReadError extends mongoose.mongo.MongoError {
  constructor(what: string) {
    super(`stale read: ${what}`)
    this.addErrorLabel('TransientTransactionError')
  }
}

export interface TransactionOptions {
  /** After this time no further attempt is made. */
  timeoutMs?: number
}

/** Transactions of one process at once: more of them on one document only abort each other. */
const admission = pLimit(16)

/**
 * Who has met a conflict goes on alone. A crowd on one document would otherwise abort each other again and again,
 * the more the slower the machine is; first attempts still run side by side.
 */
const conflictLane = pLimit(1)

const enterConflictLane = (): Promise<() => void> =>
  new Promise((entered) => {
    void conflictLane(() => new Promise<void>((leave) => entered(leave)))
  })

let retries = 0

/** Attempts after the first since the process started, for metrics. */
export const transactionRetries = (): number => retries

/**
 * Runs `work` in one transaction: all of it or nothing, conflicting attempts are run again.
 * Nothing outside the database may happen inside. Operations on models join the transaction by themselves.
 * They must be awaited one by one: a session carries one operation at a time.
 * @throws `service.busy` when conflicts last longer than `timeoutMs` (5 s unless told).
 */
export async function inTransaction<T>(work: () => Promise<T>, options: TransactionOptions = {}): Promise<T> {
  const deadline = performance.now() + (options.timeoutMs ?? 5_000)
  const assertInTime = () => {
    if (performance.now() > deadline) throw new DomainError('service.busy', { retryAfterSeconds: 1 })
  }
  let attempts = 0
  let leaveLane = () => {}
  const attempt = async () => {
    attempts += 1
    if (attempts > 1) retries += 1
    // The snapshot is taken with the first operation, so what is read after the wait is fresh.
    if (attempts === 2) leaveLane = await enterConflictLane()
    assertInTime()
    return await work()
  }
  return admission(async () => {
    try {
      return await mongoose.connection.transaction(attempt, {
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority' },
      })
    } finally {
      leaveLane()
    }
  })
}

/** Refuses to run outside a transaction: for steps that are only safe as a part of one. */
export function assertInTransaction(): void {
  if (!transactionStore.transactionAsyncLocalStorage?.getStore()?.session.inTransaction())
    throw new Error('this step must run inside a transaction')
}
