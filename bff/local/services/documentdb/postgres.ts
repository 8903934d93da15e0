import { EventEmitter } from 'node:events'
import { BSON, type Document } from 'bson'
import { Client, Pool, type PoolClient, type PoolConfig } from 'pg'
import { CommandError, ErrorCode, isConnectionLost } from './errors'
import { Slots } from './slots'

/** How many single commands, and how many transactions, PostgreSQL works on at once; the rest queue, first come first served. */
const STATEMENT_CONNECTIONS = 40
const TRANSACTION_CONNECTIONS = 100
const CONNECT_WITHIN_MS = 30_000
/**
 * A transaction that waits for its connection keeps a socket of the client's pool busy, perhaps the last one, while
 * those that have a connection need a socket to go on. So it does not wait for long: it is told to try again.
 */
const TRANSACTION_QUEUE_LIMIT_MS = 250
const PROBE_EVERY_MS = 50

/**
 * A statement waits this long for a lock, gives its connection back and is run again: writers that wait for an idle
 * transaction must not occupy every connection.
 */
const STATEMENT_LOCK_WAIT = '1s'
/** Inside a transaction a lock that is taken means a write conflict, as in MongoDB; the wait covers a commit on its way. */
const TRANSACTION_LOCK_WAIT = '20ms'

const SETTINGS = ['search_path=documentdb_api_catalog,documentdb_api,public', 'client_min_messages=error']

/** A row in PostgreSQL's text form: `pg` decodes binary columns as UTF-8, which BSON does not survive. */
export type Row = readonly (string | null)[]

/** A statement of ours: its text is prepared once per connection under its name. */
export interface Statement {
  name: string
  text: string
}

/** Runs a prepared statement and gives its first row. */
export async function firstRow(
  client: PoolClient,
  statement: Statement,
  values: readonly unknown[],
): Promise<Row> {
  const query = { ...statement, values: [...values], rowMode: 'array' as const, types: asTheyCome }
  const result = await client.query<(string | null)[]>(query)
  return result.rows[0] ?? []
}

const asTheyCome = { getTypeParser: () => (value: unknown) => value }

const BSON_PREFIX = 'BSONHEX'

function decodeBson(text: string): Buffer {
  return Buffer.from(text.slice(BSON_PREFIX.length), 'hex')
}

/** A column that is never null. */
export function textOf(row: Row, column: number): string {
  const text = row[column]
  if (typeof text !== 'string')
    throw new CommandError(ErrorCode.InternalError, `no column ${column} in the row`)
  return text
}

export function bsonOf(row: Row, column: number): Buffer {
  return decodeBson(textOf(row, column))
}

export function optionalBsonOf(row: Row, column: number): Buffer | undefined {
  const text = row[column]
  return typeof text === 'string' ? decodeBson(text) : undefined
}

export function documentOf(row: Row, column: number): Document {
  return BSON.deserialize(bsonOf(row, column))
}

export function booleanOf(row: Row, column: number): boolean {
  return row[column] === 't'
}

/** Says 'lost' when PostgreSQL goes away and 'found' when it is back. */
export class Postgres extends EventEmitter<{ lost: []; found: [] }> {
  private readonly statements: Pool
  private readonly transactions: Pool
  private readonly transactionSlots = new Slots(TRANSACTION_CONNECTIONS)
  private readonly connection: PoolConfig
  private isEnding = false
  isAvailable = false

  constructor(port: number) {
    super()
    this.connection = { host: '127.0.0.1', port, user: 'postgres', database: 'postgres' }
    this.statements = this.pool(STATEMENT_CONNECTIONS, [`lock_timeout=${STATEMENT_LOCK_WAIT}`])
    this.transactions = this.pool(TRANSACTION_CONNECTIONS, [
      `lock_timeout=${TRANSACTION_LOCK_WAIT}`,
      'default_transaction_isolation=repeatable\\ read',
    ])
    this.transactions.on('release', () => this.transactionSlots.give())
  }

  private pool(max: number, settings: readonly string[]): Pool {
    const options = [...SETTINGS, ...settings].map((setting) => `-c ${setting}`).join(' ')
    const pool = new Pool({
      ...this.connection,
      max,
      options,
      idleTimeoutMillis: 300_000,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
    })
    pool.on('error', (error) => this.noticeLoss(error))
    // A client that is checked out has no other listener, and an 'error' event without one ends the process.
    pool.on('connect', (client) => client.on('error', (error) => this.noticeLoss(error)))
    return pool
  }

  /** Runs `work` on a connection of its own, outside any transaction. */
  async withStatementClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.checkOut(this.statements)
    let broken = false
    try {
      return await work(client)
    } catch (error) {
      broken = this.noticeLoss(error)
      throw error
    } finally {
      client.release(broken)
    }
  }

  /** A connection for a transaction. The caller releases it. */
  async transactionClient(): Promise<PoolClient> {
    if (!(await this.transactionSlots.take(TRANSACTION_QUEUE_LIMIT_MS))) {
      const message = 'too many transactions are open; try again'
      throw new CommandError(ErrorCode.WriteConflict, message, ['TransientTransactionError'])
    }
    try {
      return await this.checkOut(this.transactions)
    } catch (error) {
      this.transactionSlots.give()
      throw error
    }
  }

  private async checkOut(pool: Pool): Promise<PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      this.noticeLoss(error)
      throw error
    }
  }

  /** Cancels what a connection is doing, if it takes longer than `maxTimeMs`. */
  async withTimeLimit<T>(client: PoolClient, maxTimeMs: number, work: () => Promise<T>): Promise<T> {
    if (maxTimeMs <= 0) return work()
    let cancelled: Promise<unknown> = Promise.resolve()
    const timer = setTimeout(() => {
      cancelled = this.cancel(client)
    }, maxTimeMs)
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      // The connection is not given back before the cancel was delivered, or it would hit whoever has it next.
      await cancelled.catch(() => undefined)
    }
  }

  private async cancel(client: PoolClient): Promise<void> {
    const processId = 'processID' in client ? Number(client.processID) : 0
    const canceller = new Client(this.connection)
    canceller.on('error', () => undefined)
    await canceller.connect()
    await canceller.query('SELECT pg_cancel_backend($1)', [processId])
    await canceller.end()
  }

  /** @returns whether the error means that PostgreSQL is gone */
  noticeLoss(error: unknown): boolean {
    if (!isConnectionLost(error)) return false
    if (this.isAvailable) {
      this.isAvailable = false
      this.emit('lost')
      void this.waitUntilAvailable()
    }
    return true
  }

  /** Asks until PostgreSQL answers. */
  async waitUntilAvailable(): Promise<void> {
    while (!this.isEnding && !this.isAvailable) {
      this.isAvailable = await this.answers()
      if (!this.isAvailable) await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS))
    }
    if (this.isAvailable) this.emit('found')
  }

  private async answers(): Promise<boolean> {
    const client = new Client({ ...this.connection, connectionTimeoutMillis: 2_000 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('SELECT 1')
      return true
    } catch {
      return false
    } finally {
      await client.end().catch(() => undefined)
    }
  }

  async end(): Promise<void> {
    this.isEnding = true
    await Promise.allSettled([this.statements.end(), this.transactions.end()])
  }
}
