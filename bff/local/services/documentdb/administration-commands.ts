import type { Document } from 'bson'
import { CommandError, codeOfSqlstate, ErrorCode, unpackSqlstate } from './errors'
import type { CommandTable, Execution } from './execution'
import { booleanOf, bsonOf, documentOf, firstRow, type Statement } from './postgres'
import { wholeReply } from './read-commands'

const CREATE_INDEXES: Statement = {
  name: 'createIndexes',
  text: 'SELECT documentdb_api_internal.create_indexes_non_concurrently($1, $2, true)',
}
const DROP_INDEXES: Statement = { name: 'dropIndexes', text: 'CALL documentdb_api.drop_indexes($1, $2)' }
const DROP: Statement = { name: 'drop', text: 'SELECT documentdb_api.drop_collection($1, $2)' }
const DROP_DATABASE: Statement = { name: 'dropDatabase', text: 'SELECT documentdb_api.drop_database($1)' }
const RENAME: Statement = { name: 'renameCollection', text: 'SELECT documentdb_api.rename_collection($1)' }
const COLLECTION_MODIFY: Statement = { name: 'collMod', text: 'SELECT documentdb_api.coll_mod($1, $2, $3)' }
const LIST_DATABASES: Statement = { name: 'listDatabases', text: 'SELECT documentdb_api.list_databases($1)' }
const COLLECTION_STATS: Statement = { name: 'collStats', text: 'SELECT documentdb_api.coll_stats($1, $2, 1)' }
const DATABASE_STATS: Statement = { name: 'dbStats', text: 'SELECT documentdb_api.db_stats($1, 1, false)' }

async function createIndexes({ command, client }: Execution): Promise<Document> {
  const reply = documentOf(await firstRow(client, CREATE_INDEXES, [command.database, command.body]), 0)
  // The answer comes per shard, and there is one.
  const [shard] = Object.values<Document>(reply.raw ?? {})
  if (shard?.code) throw new CommandError(codeOfSqlstate(unpackSqlstate(shard.code)), shard.errmsg)
  return { ...shard, ok: 1 }
}

async function dropIndexes({ command, client }: Execution): Promise<Document> {
  const reply = documentOf(await firstRow(client, DROP_INDEXES, [command.database, command.body]), 0)
  if (!reply.ok) throw new CommandError(codeOfSqlstate(unpackSqlstate(reply.code)), reply.errmsg)
  return { ...reply, ok: 1 }
}

async function drop({ command, client }: Execution): Promise<Document> {
  const isDropped = booleanOf(await firstRow(client, DROP, [command.database, command.collection]), 0)
  return isDropped ? { ns: command.namespace, nIndexesWas: 1, ok: 1 } : { ok: 1 }
}

async function dropDatabase({ command, client }: Execution): Promise<Document> {
  await firstRow(client, DROP_DATABASE, [command.database])
  return { dropped: command.database, ok: 1 }
}

async function renameCollection({ command, client }: Execution): Promise<Document> {
  await firstRow(client, RENAME, [command.body])
  return { ok: 1 }
}

async function collectionModify({ command, client }: Execution): Promise<Buffer> {
  return bsonOf(
    await firstRow(client, COLLECTION_MODIFY, [command.database, command.collection, command.body]),
    0,
  )
}

async function listDatabases({ command, client }: Execution): Promise<Buffer> {
  return bsonOf(await firstRow(client, LIST_DATABASES, [command.body]), 0)
}

async function collectionStats({ command, client }: Execution): Promise<Buffer> {
  return bsonOf(await firstRow(client, COLLECTION_STATS, [command.database, command.collection]), 0)
}

async function databaseStats({ command, client }: Execution): Promise<Buffer> {
  return bsonOf(await firstRow(client, DATABASE_STATS, [command.database]), 0)
}

export const administrationCommands: CommandTable = {
  create: wholeReply('create', 'SELECT documentdb_api.create_collection_view($1, $2)'),
  validate: wholeReply('validate', 'SELECT documentdb_api.validate($1, $2)'),
  createindexes: createIndexes,
  dropindexes: dropIndexes,
  deleteindexes: dropIndexes,
  drop,
  dropdatabase: dropDatabase,
  renamecollection: renameCollection,
  collmod: collectionModify,
  listdatabases: listDatabases,
  collstats: collectionStats,
  dbstats: databaseStats,
}

export function unknownCommand(spelledName: string): CommandError {
  return new CommandError(ErrorCode.CommandNotFound, `no such command: '${spelledName}'`)
}
