import { BSON, type Document, ObjectId } from 'bson'
import { type Command, sessionId } from './command'
import type { GatewayState } from './execution'
import { forgetSessions } from './session-records'

/** Commands that need no statement in PostgreSQL: the handshake, and what concerns sessions and transactions. */
export type SessionCommandHandler = (command: Command, gateway: GatewayState) => Document | Promise<Document>

export const REPLICA_SET = 'rs0'
const VERSION = [7, 0, 0, 0]
const VERSION_TEXT = VERSION.slice(0, 3).join('.')
const ELECTION = new ObjectId('7fffffff0000000000000001')
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
/** Limits a session's row in PostgreSQL and the driver's own bookkeeping alike. */
const SESSION_TIMEOUT_MINUTES = 30

/**
 * A replica set of one, for drivers open transactions and retry writes on nothing less. Without `topologyVersion` a
 * driver asks now and then instead of keeping a `hello` open.
 */
function hello(_command: Command, { port }: GatewayState): Document {
  const me = `127.0.0.1:${port}`
  return {
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    secondary: false,
    setName: REPLICA_SET,
    setVersion: 1,
    hosts: [me],
    primary: me,
    me,
    electionId: ELECTION,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 25_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: SESSION_TIMEOUT_MINUTES,
    minWireVersion: 0,
    maxWireVersion: 21,
    readOnly: false,
    ok: 1,
  }
}

const ok = (): Document => ({ ok: 1 })

async function endSessions({ fields }: Command, { postgres, transactions }: GatewayState): Promise<Document> {
  const lsids: unknown = fields.endSessions
  const sessions = (Array.isArray(lsids) ? lsids : [])
    .map((lsid) =>
      Buffer.isBuffer(lsid) ? sessionId(BSON.deserialize(lsid, { promoteBuffers: false })) : undefined,
    )
    .filter((session) => session !== undefined)
  transactions.endThoseOfSessions(sessions)
  await postgres.withStatementClient((client) => forgetSessions(client, sessions))
  return ok()
}

async function commitTransaction(command: Command, { transactions }: GatewayState): Promise<Document> {
  await transactions.commit(command)
  return ok()
}

async function abortTransaction(command: Command, { transactions }: GatewayState): Promise<Document> {
  await transactions.abort(command)
  return ok()
}

export const sessionCommands: Readonly<Record<string, SessionCommandHandler>> = {
  hello,
  ismaster: hello,
  ping: ok,
  startsession: ok,
  refreshsessions: ok,
  endsessions: endSessions,
  committransaction: commitTransaction,
  aborttransaction: abortTransaction,
  buildinfo: () => ({
    version: VERSION_TEXT,
    versionArray: VERSION,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    ok: 1,
  }),
  connectionstatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
  getparameter: () => ({ featureCompatibilityVersion: { version: '7.0' }, ok: 1 }),
  serverstatus: () => ({
    version: VERSION_TEXT,
    process: 'documentdb-gateway',
    uptime: process.uptime(),
    ok: 1,
  }),
  getlog: () => ({ totalLinesWritten: 0, log: [], ok: 1 }),
}
