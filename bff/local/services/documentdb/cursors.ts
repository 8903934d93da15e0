import { CommandError, ErrorCode } from './errors'
import { cursorLifetimeS } from './postgres-process.cjs'
import type { Transaction } from './transactions'

const SWEEP_EVERY_MS = 30_000
const CURSORS_AT_MOST = 5_000

/**
 * Where a cursor goes on. DocumentDB keeps its rows in a file, so an open cursor occupies no connection and an
 * abandoned one costs a map entry until it expires.
 */
export interface Cursor {
  continuation: Buffer
  transaction: Transaction | undefined
  usedAt: number
}

export class Cursors {
  /** Least recently used first: each use puts a cursor at the end. */
  private readonly open = new Map<string, Cursor>()
  private readonly sweeper = setInterval(() => this.forgetExpired(), SWEEP_EVERY_MS)

  keep(id: string, continuation: Buffer, transaction: Transaction | undefined): void {
    this.open.delete(id)
    this.open.set(id, { continuation, transaction, usedAt: Date.now() })
    const [oldest] = this.open.keys()
    if (this.open.size > CURSORS_AT_MOST && oldest !== undefined) this.open.delete(oldest)
  }

  /** @throws CommandError CursorNotFound also for a cursor of another transaction, whose snapshot is not this one's */
  get(id: string, transaction: Transaction | undefined): Cursor {
    const cursor = this.open.get(id)
    if (cursor && cursor.transaction === transaction) return cursor
    throw new CommandError(ErrorCode.CursorNotFound, `cursor id ${id} not found`)
  }

  /** @returns whether it was open */
  forget(id: string): boolean {
    return this.open.delete(id)
  }

  forgetThoseOf(transaction: Transaction): void {
    this.forgetWhere((cursor) => cursor.transaction === transaction)
  }

  private forgetExpired(): void {
    const usedBefore = Date.now() - cursorLifetimeS * 1000
    this.forgetWhere((cursor) => cursor.usedAt < usedBefore)
  }

  private forgetWhere(isToForget: (cursor: Cursor) => boolean): void {
    for (const [id, cursor] of this.open) if (isToForget(cursor)) this.open.delete(id)
  }

  end(): void {
    clearInterval(this.sweeper)
    this.open.clear()
  }
}
