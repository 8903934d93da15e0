import type { Document } from 'bson'
import type { PoolClient } from 'pg'
import type { Command } from './command'
import type { Cursors } from './cursors'
import type { Postgres } from './postgres'
import type { Transaction, Transactions } from './transactions'

/** What the commands share. */
export interface GatewayState {
  readonly port: number
  readonly postgres: Postgres
  readonly cursors: Cursors
  readonly transactions: Transactions
}

/** A command on its way: on the transaction's PostgreSQL connection, or else on one of its own. */
export interface Execution {
  readonly command: Command
  readonly client: PoolClient
  readonly transaction: Transaction | undefined
  readonly gateway: GatewayState
  /** Counts from 0; a command that met a write conflict outside a transaction is run again. */
  readonly attempt: number
}

/** Answers with a document, or with BSON that is passed on as it is. */
export type CommandHandler = (execution: Execution) => Promise<Document | Buffer>

/** By the command's name in lower case. */
export type CommandTable = Readonly<Record<string, CommandHandler>>
