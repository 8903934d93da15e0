import { BSON, type Document } from 'bson'
import type { Command } from './command'
import { describeDuplicateKey } from './duplicate-key'
import { CommandError, codeOfSqlstate, ErrorCode, nameOfCode, unpackSqlstate } from './errors'
import type { CommandTable, Execution } from './execution'
import { booleanOf, bsonOf, documentOf, firstRow, type Row, type Statement } from './postgres'
import { applyWrite, type WriteKind } from './session-records'

/**
 * Two upserts of one new key collide; MongoDB runs the later one again, and then it finds the document. After so many
 * tries the collision is no race but another unique index, and the duplicate key is the answer.
 */
const UPSERT_ATTEMPTS = 3

function plain(name: string, call: string): Statement {
  return { name, text: `SELECT * FROM documentdb_api.${call}` }
}

/** Inside a transaction the commit leaves the record, so the write needs none. */
const IN_TRANSACTION: Readonly<Record<WriteKind, Statement>> = {
  insert: plain('insert', 'insert($1, $2, $3, NULL)'),
  update: plain('update', 'update($1, $2, $3, NULL)'),
  delete: plain('delete', 'delete($1, $2, $3, NULL)'),
  findandmodify: plain('findAndModify', 'find_and_modify($1, $2, NULL)'),
}

interface WriteError {
  index: number
  code: number
  errmsg: string
}

function isUpsert(command: Command): boolean {
  if (command.name === 'findandmodify') return command.fields.upsert === true
  if (command.name !== 'update') return false
  return command
    .documentsOf('updates')
    .some((update) => BSON.deserialize(update, { raw: true }).upsert === true)
}

async function runWrite(kind: WriteKind, { command, client, transaction, attempt }: Execution): Promise<Row> {
  const documents = command.sequence?.documents ?? null
  if (transaction) {
    const values = [command.database, command.body, ...(kind === 'findandmodify' ? [] : [documents])]
    return firstRow(client, IN_TRANSACTION[kind], values)
  }
  const { database, body, session = null, transactionNumber = null } = command
  const isRetryable = session !== null && transactionNumber !== null
  return applyWrite(
    client,
    {
      kind,
      database,
      body,
      documents,
      session: isRetryable ? session : null,
      number: isRetryable ? transactionNumber : null,
    },
    attempt < UPSERT_ATTEMPTS && isUpsert(command),
  )
}

/** insert, update and delete report what failed beside what succeeded. */
function writeMany(kind: 'insert' | 'update' | 'delete') {
  return async (execution: Execution): Promise<Document | Buffer> => {
    const row = await runWrite(kind, execution)
    if (booleanOf(row, 1)) return bsonOf(row, 0)
    const reply = documentOf(row, 0)
    const writeErrors: WriteError[] = Array.isArray(reply.writeErrors) ? reply.writeErrors : []
    for (const writeError of writeErrors) writeError.code = codeOfSqlstate(unpackSqlstate(writeError.code))
    if (execution.transaction) await endTransaction(execution, writeErrors)
    for (const writeError of writeErrors) await explain(execution, writeError)
    return reply
  }
}

/** As in MongoDB, any error ends the transaction. */
async function endTransaction({ transaction, gateway }: Execution, writeErrors: WriteError[]): Promise<void> {
  if (!transaction || writeErrors.length === 0) return
  await gateway.transactions.rollBack(transaction)
  const conflict = writeErrors.find(
    ({ code }) => code === ErrorCode.WriteConflict || code === ErrorCode.LockTimeout,
  )
  if (conflict)
    throw new CommandError(ErrorCode.WriteConflict, conflict.errmsg, ['TransientTransactionError'])
}

async function explain({ command, gateway }: Execution, writeError: WriteError): Promise<void> {
  if (writeError.code !== ErrorCode.DuplicateKey) {
    Object.assign(writeError, { codeName: nameOfCode(writeError.code) })
    return
  }
  Object.assign(
    writeError,
    await describeDuplicateKey(gateway.postgres, command, writeError.errmsg, writeError.index),
  )
}

async function findAndModify(execution: Execution): Promise<Buffer> {
  return bsonOf(await runWrite('findandmodify', execution), 0)
}

export const writeCommands: CommandTable = {
  insert: writeMany('insert'),
  update: writeMany('update'),
  delete: writeMany('delete'),
  findandmodify: findAndModify,
}

/** Whether a duplicate key may be a race between two upserts, worth another attempt. */
export function mayBeUpsertRace(command: Command, attempt: number): boolean {
  return attempt < UPSERT_ATTEMPTS && isUpsert(command)
}
