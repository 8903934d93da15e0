import type { PoolClient } from 'pg'
import type { Command } from './command'
import { CommandError, ErrorCode, isConnectionLost } from './errors'
import type { Postgres } from './postgres'
import { commitText, settleCommit } from './session-records'

/** As MongoDB's transactionLifetimeLimitSeconds: a transaction that nobody ends must not hold its locks for ever. */
const LIFETIME_MS = 60_000
const SWEEP_EVERY_MS = 1_000
/** Open ones and those that wait for a connection. */
const TRANSACTIONS_AT_MOST = 1_000

/** One transaction of a client on a PostgreSQL connection of its own. */
export interface Transaction {
  readonly session: string
  readonly number: bigint
  readonly startedAt: number
  readonly client: Promise<PoolClient>
  /** The client connection that used it last. */
  usedBy: object
  isOver: boolean
}

function noSuchTransaction(number: bigint | undefined): CommandError {
  return new CommandError(ErrorCode.NoSuchTransaction, `transaction ${number} is not in progress`, [
    'TransientTransactionError',
  ])
}

export class Transactions {
  private readonly open = new Map<string, Transaction>()
  private readonly sweeper: NodeJS.Timeout

  constructor(
    private readonly postgres: Postgres,
    private readonly onEnd: (transaction: Transaction) => void,
  ) {
    this.sweeper = setInterval(() => this.endExpired(), SWEEP_EVERY_MS)
    // What was open on a PostgreSQL that went away was rolled back there.
    postgres.on('lost', () => this.forgetAll())
  }

  /** The transaction that a command belongs to; the first command of one starts it. */
  async of(command: Command, usedBy: object): Promise<Transaction> {
    const session = command.session ?? ''
    let transaction = this.open.get(session)
    if (command.startsTransaction) {
      if (transaction) await this.rollBack(transaction)
      transaction = this.start(session, command.transactionNumber ?? 0n, usedBy)
    }
    if (!transaction || transaction.number !== command.transactionNumber) {
      throw noSuchTransaction(command.transactionNumber)
    }
    transaction.usedBy = usedBy
    return transaction
  }

  private start(session: string, number: bigint, usedBy: object): Transaction {
    if (this.open.size >= TRANSACTIONS_AT_MOST) {
      throw new CommandError(ErrorCode.LockTimeout, 'too many transactions', ['TransientTransactionError'])
    }
    const client = this.begin()
    const transaction: Transaction = { session, number, startedAt: Date.now(), client, usedBy, isOver: false }
    this.open.set(session, transaction)
    client.catch(() => this.close(transaction))
    return transaction
  }

  private async begin(): Promise<PoolClient> {
    const client = await this.postgres.transactionClient()
    try {
      await client.query('BEGIN')
      return client
    } catch (error) {
      client.release(true)
      this.postgres.noticeLoss(error)
      throw error
    }
  }

  /**
   * Commits. A driver that lost the answer asks again, perhaps another gateway process than the one it asked first;
   * then the record that the commit left in PostgreSQL decides.
   */
  async commit(command: Command): Promise<void> {
    const { session = '', transactionNumber: number = 0n } = command
    const transaction = this.open.get(session)
    if (transaction?.number === number) return this.commitOpen(transaction)
    const isCommitted = await this.postgres.withStatementClient((client) =>
      settleCommit(client, session, number),
    )
    if (!isCommitted) throw noSuchTransaction(number)
  }

  private async commitOpen(transaction: Transaction): Promise<void> {
    this.close(transaction)
    const client = await transaction.client
    try {
      const results: unknown = await client.query(commitText(transaction.session, transaction.number))
      const last: unknown = Array.isArray(results) ? results.at(-1) : results
      if (!isCommit(last)) throw noSuchTransaction(transaction.number)
      client.release()
    } catch (error) {
      const isLost = this.postgres.noticeLoss(error)
      if (!isLost) await client.query('ROLLBACK').catch(() => undefined)
      client.release(isLost)
      throw error
    }
  }

  /** Rolls back the transaction that a command names, if it is open. */
  async abort(command: Command): Promise<void> {
    const transaction = this.open.get(command.session ?? '')
    if (transaction && transaction.number === command.transactionNumber) await this.rollBack(transaction)
  }

  async rollBack(transaction: Transaction): Promise<void> {
    if (transaction.isOver) return
    this.close(transaction)
    const client = await transaction.client.catch(() => undefined)
    if (!client) return
    try {
      await client.query('ROLLBACK')
      client.release()
    } catch (error) {
      client.release(true)
      if (!isConnectionLost(error)) throw error
      this.postgres.noticeLoss(error)
    }
  }

  /** A client connection is gone: nobody can end its transactions any more, and their locks would stay until they expire. */
  endThoseOf(usedBy: object): void {
    this.endWhere((transaction) => transaction.usedBy === usedBy)
  }

  endThoseOfSessions(sessions: readonly string[]): void {
    this.endWhere((transaction) => sessions.includes(transaction.session))
  }

  private endExpired(): void {
    const startedBefore = Date.now() - LIFETIME_MS
    this.endWhere((transaction) => transaction.startedAt < startedBefore)
  }

  private endWhere(isToEnd: (transaction: Transaction) => boolean): void {
    for (const transaction of this.open.values()) {
      if (isToEnd(transaction)) void this.rollBack(transaction).catch(() => undefined)
    }
  }

  private close(transaction: Transaction): void {
    transaction.isOver = true
    if (this.open.get(transaction.session) === transaction) this.open.delete(transaction.session)
    this.onEnd(transaction)
  }

  private forgetAll(): void {
    for (const transaction of this.open.values()) {
      this.close(transaction)
      void transaction.client.then((client) => client.release(true)).catch(() => undefined)
    }
  }

  end(): void {
    clearInterval(this.sweeper)
    this.endWhere(() => true)
  }
}

function isCommit(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'command' in result && result.command === 'COMMIT'
}
