import { BSON, type Document } from 'bson'
import type { Command } from './command'
import type { DuplicateKeyDetails, Violation } from './errors'
import { documentOf, firstRow, type Postgres, type Statement, textOf } from './postgres'
import { FIND, LIST_INDEXES } from './read-commands'

const INDEX_OF_CONSTRAINT: Statement = {
  name: 'indexOfConstraint',
  text: `SELECT (index_spec).index_name, (index_spec).index_key
    FROM documentdb_api_catalog.collection_indexes WHERE index_id = $1`,
}

interface Index {
  name: string
  key: Document
}

const ID_INDEX: Index = { name: '_id_', key: { _id: 1 } }

/**
 * Rebuilds what MongoDB says about a duplicate key in a write error, in which DocumentDB names only the index. For an
 * insert the value is in the command. For an update it is put together from the document that the update matched, its
 * query and its $set, $setOnInsert and $inc; other operators are not worked out, and code that needs the value of such
 * a key has it already.
 */
export async function describeDuplicateKey(
  postgres: Postgres,
  command: Command,
  message: string,
  statementIndex: number,
): Promise<DuplicateKeyDetails> {
  const name = /Index '([^']+)'/.exec(message)?.[1] ?? ID_INDEX.name
  const index = await indexByName(postgres, command, name)
  if (!index) return { errmsg: duplicateKeyMessage(command, name, {}) }
  return detailsOf(command, index, await writtenDocument(postgres, command, statementIndex))
}

/**
 * The same for an error that PostgreSQL threw: it names the constraint and shows the document that broke it. That is
 * so for findAndModify, and for an index that cannot be built.
 */
export async function describeViolation(
  postgres: Postgres,
  command: Command,
  violation: Violation,
): Promise<DuplicateKeyDetails> {
  const index =
    command.name === 'createindexes'
      ? indexToBuild(command, violation.detail)
      : await indexOfConstraint(postgres, violation.constraint)
  const document = shownDocument(violation.detail)
  if (!index || !document)
    return { errmsg: duplicateKeyMessage(command, index?.name ?? violation.constraint, {}) }
  return detailsOf(command, index, document)
}

function detailsOf(command: Command, { name, key }: Index, written: Document): DuplicateKeyDetails {
  const keyValue = Object.fromEntries(Object.keys(key).map((path) => [path, valueAt(written, path) ?? null]))
  return { errmsg: duplicateKeyMessage(command, name, keyValue), keyPattern: key, keyValue }
}

function duplicateKeyMessage(command: Command, index: string, keyValue: Document): string {
  const dupKey = BSON.EJSON.stringify(keyValue)
  return `E11000 duplicate key error collection: ${command.namespace} index: ${index} dup key: ${dupKey}`
}

async function indexByName(postgres: Postgres, command: Command, name: string): Promise<Index | undefined> {
  if (name === ID_INDEX.name) return ID_INDEX
  const listIndexes = { listIndexes: command.collection, cursor: { batchSize: 100 } }
  const reply = await ask(postgres, LIST_INDEXES, command.database, listIndexes)
  const indexes: Document[] = reply?.cursor.firstBatch ?? []
  const key: Document | undefined = indexes.find((index) => index.name === name)?.key
  return key && { name, key }
}

/** A collection's primary key is `collection_pk_…`, any other unique index `documents_rum_index_` and its number. */
async function indexOfConstraint(postgres: Postgres, constraint: string): Promise<Index | undefined> {
  if (constraint.startsWith('collection_pk_')) return ID_INDEX
  const id = /_index_(\d+)$/.exec(constraint)?.[1]
  if (id === undefined) return undefined
  return orUndefined(
    postgres.withStatementClient(async (client) => {
      const row = await firstRow(client, INDEX_OF_CONSTRAINT, [id])
      return { name: textOf(row, 0), key: documentOf(row, 1) }
    }),
  )
}

/** An index that could not be built is not there to be looked up; the error shows its paths. */
function indexToBuild(command: Command, detail: string): Index | undefined {
  const hex = /shard_key_value, 'BSONHEX([0-9a-f]+)'/.exec(detail)?.[1] ?? ''
  const paths = hex === '' ? '' : Object.keys(BSON.deserialize(Buffer.from(hex, 'hex'))).join()
  const indexes: Index[] = BSON.deserialize(command.body).indexes ?? []
  return indexes.find(({ key }) => Object.keys(key).join() === paths)
}

/** "Key (document, …)=(BSONHEX…, …) conflicts …", or for the primary key "Key (…, object_id)=(17, BSONHEX…) …". */
function shownDocument(detail: string): Document | undefined {
  const hex = /\)=\((?:-?\d+, )?BSONHEX([0-9a-f]+)/.exec(detail)?.[1]
  if (hex === undefined) return undefined
  const document = BSON.deserialize(Buffer.from(hex, 'hex'))
  return '' in document ? { _id: document[''] } : document
}

/** These look-ups only make an error more telling; if one fails, the error goes out without. */
function orUndefined<T>(lookUp: Promise<T>): Promise<T | undefined> {
  return lookUp.catch(() => undefined)
}

function ask(
  postgres: Postgres,
  question: Statement,
  database: string,
  command: Document,
): Promise<Document | undefined> {
  const body = Buffer.from(BSON.serialize(command))
  return orUndefined(
    postgres.withStatementClient(async (client) =>
      documentOf(await firstRow(client, question, [database, body]), 0),
    ),
  )
}

async function writtenDocument(
  postgres: Postgres,
  command: Command,
  statementIndex: number,
): Promise<Document> {
  if (command.name === 'insert') return documentAt(command.documentsOf('documents'), statementIndex)
  const { q, u } = documentAt(command.documentsOf('updates'), statementIndex)
  return updatedDocument(postgres, command, q, u)
}

function documentAt(documents: Buffer[], index: number): Document {
  const document = documents[index]
  return document ? BSON.deserialize(document) : {}
}

async function updatedDocument(
  postgres: Postgres,
  command: Command,
  query: Document = {},
  update: Document = {},
): Promise<Document> {
  const reply = await ask(postgres, FIND, command.database, {
    find: command.collection,
    filter: query,
    limit: 1,
    singleBatch: true,
  })
  const matched: Document | undefined = reply?.cursor.firstBatch[0]
  if (Array.isArray(update)) return matched ?? equalities(query)
  const isReplacement = !Object.keys(update).some((key) => key.startsWith('$'))
  if (isReplacement) return { ...(matched && { _id: matched._id }), ...update }
  const increments: [string, unknown][] = Object.entries(update.$inc ?? {}).map(([path, step]) => [
    path,
    Number(matched ? (valueAt(matched, path) ?? 0) : 0) + Number(step),
  ])
  return {
    ...(matched ?? { ...equalities(query), ...update.$setOnInsert }),
    ...update.$set,
    ...Object.fromEntries(increments),
  }
}

/** What a query fixes, and an upsert therefore writes. */
function equalities(query: Document): Document {
  const isCondition = (value: unknown) =>
    typeof value === 'object' && value !== null && Object.keys(value).some((key) => key.startsWith('$'))
  return Object.fromEntries(
    Object.entries(query).filter(([path, value]) => !path.startsWith('$') && !isCondition(value)),
  )
}

/** A dotted path may stand whole, as in `$set`, or lead through nested documents. */
function valueAt(document: Document, path: string): unknown {
  if (path in document) return document[path]
  return path.split('.').reduce<unknown>((value, step) => {
    return typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined
  }, document)
}
