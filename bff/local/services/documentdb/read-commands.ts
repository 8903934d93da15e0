import type { Document } from 'bson'
import { CommandError, ErrorCode } from './errors'
import type { CommandTable, Execution } from './execution'
import { bsonOf, firstRow, optionalBsonOf, type Row, type Statement, textOf } from './postgres'

const CURSOR_COLUMNS = 'cursorpage, continuation, cursorid'

function cursorStatement(name: string, call: string): Statement {
  return { name, text: `SELECT ${CURSOR_COLUMNS} FROM documentdb_api.${call}($1, $2)` }
}

export const FIND = cursorStatement('find', 'find_cursor_first_page')
export const LIST_INDEXES = cursorStatement('listIndexes', 'list_indexes_cursor_first_page')

const GET_MORE: Statement = {
  name: 'getMore',
  text: 'SELECT cursorpage, continuation FROM documentdb_api.cursor_get_more($1, $2, $3)',
}

function firstPage(statement: Statement) {
  return async ({ command, client, transaction, gateway }: Execution): Promise<Buffer> => {
    const row: Row = await firstRow(client, statement, [command.database, command.body])
    const continuation = optionalBsonOf(row, 1)
    if (continuation) gateway.cursors.keep(textOf(row, 2), continuation, transaction)
    return bsonOf(row, 0)
  }
}

async function getMore({ command, client, transaction, gateway }: Execution): Promise<Buffer> {
  const id = String(command.fields.getMore)
  const cursor = gateway.cursors.get(id, transaction)
  const row = await firstRow(client, GET_MORE, [command.database, command.body, cursor.continuation])
  const continuation = optionalBsonOf(row, 1)
  if (continuation) gateway.cursors.keep(id, continuation, transaction)
  else gateway.cursors.forget(id)
  return bsonOf(row, 0)
}

async function killCursors({ command, client, gateway }: Execution): Promise<Document> {
  const ids: unknown = command.fields.cursors
  if (!Array.isArray(ids)) throw new CommandError(ErrorCode.BadValue, 'killCursors needs an array of cursors')
  const killed = ids.filter((id) => gateway.cursors.forget(String(id)))
  if (killed.length > 0) {
    await client.query('SELECT documentdb_api_internal.delete_cursors($1::bigint[])', [killed.map(String)])
  }
  const notFound = ids.filter((id) => !killed.includes(id))
  return { cursorsKilled: killed, cursorsNotFound: notFound, cursorsAlive: [], cursorsUnknown: [], ok: 1 }
}

/** A command whose reply DocumentDB builds as a whole from the database's name and the command. */
export function wholeReply(name: string, text: string) {
  const statement: Statement = { name, text }
  return async ({ command, client }: Execution): Promise<Buffer> => {
    return bsonOf(await firstRow(client, statement, [command.database, command.body]), 0)
  }
}

export const readCommands: CommandTable = {
  find: firstPage(FIND),
  aggregate: firstPage(cursorStatement('aggregate', 'aggregate_cursor_first_page')),
  listcollections: firstPage(cursorStatement('listCollections', 'list_collections_cursor_first_page')),
  listindexes: firstPage(LIST_INDEXES),
  getmore: getMore,
  killcursors: killCursors,
  count: wholeReply('count', 'SELECT document FROM documentdb_api.count_query($1, $2)'),
  distinct: wholeReply('distinct', 'SELECT document FROM documentdb_api.distinct_query($1, $2)'),
}
