import type { PoolClient } from 'pg'
import { packSqlstate } from './errors'
import { booleanOf, firstRow, type Postgres, type Row, type Statement } from './postgres'

/**
 * One row a session: the last numbered write or transaction it had, and the reply it got. The row is written in the
 * same PostgreSQL transaction as the write itself, so that whoever asks again, even after the gateway or PostgreSQL
 * was killed, gets the first reply and no second effect. A command is one PostgreSQL statement, all of it or none,
 * so the session and the number suffice and no statement id is kept.
 *
 * No lock is taken: when the first attempt is still under way while its repetition arrives, both end with the same
 * conditional upsert; the later one finds a row with its own number, fails, is run again and reads the first's reply.
 */
const SCHEMA = `
CREATE SCHEMA IF NOT EXISTS jili_gateway;

CREATE TABLE IF NOT EXISTS jili_gateway.session_records (
  session uuid PRIMARY KEY,
  number bigint NOT NULL,
  is_committed boolean NOT NULL,
  reply documentdb_core.bson,
  is_success boolean,
  used_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

CREATE OR REPLACE FUNCTION jili_gateway.write(
  p_kind text, p_database text, p_command documentdb_core.bson, p_documents documentdb_core.bsonsequence,
  p_session uuid, p_number bigint, p_retried_codes text[],
  OUT reply documentdb_core.bson, OUT is_success boolean
) LANGUAGE plpgsql AS $$
DECLARE
  known jili_gateway.session_records;
BEGIN
  IF p_session IS NOT NULL THEN
    SELECT * INTO known FROM jili_gateway.session_records r WHERE r.session = p_session;
    IF known.number = p_number AND known.reply IS NOT NULL THEN
      reply := known.reply; is_success := known.is_success;
      RETURN;
    ELSIF known.number >= p_number THEN
      RAISE EXCEPTION 'write % of this session is too old, % was seen', p_number, known.number USING ERRCODE = 'M00F5';
    END IF;
  END IF;

  CASE p_kind
    WHEN 'insert' THEN SELECT * INTO reply, is_success FROM documentdb_api.insert(p_database, p_command, p_documents, NULL);
    WHEN 'update' THEN SELECT * INTO reply, is_success FROM documentdb_api.update(p_database, p_command, p_documents, NULL);
    WHEN 'delete' THEN SELECT * INTO reply, is_success FROM documentdb_api.delete(p_database, p_command, p_documents, NULL);
    WHEN 'findandmodify' THEN SELECT * INTO reply, is_success FROM documentdb_api.find_and_modify(p_database, p_command, NULL);
  END CASE;

  -- A conflict is reported beside documents that were written: undo them all, and the gateway runs the command again.
  IF NOT is_success AND EXISTS (
    SELECT FROM documentdb_api_catalog.bson_lookup_unwind(reply, 'writeErrors') e
    WHERE documentdb_core.bson_get_value_text(e, 'code') = ANY (p_retried_codes)
  ) THEN
    RAISE EXCEPTION 'write conflict' USING ERRCODE = 'M00F1';
  END IF;

  IF p_session IS NOT NULL THEN
    INSERT INTO jili_gateway.session_records AS r (session, number, is_committed, reply, is_success)
    VALUES (p_session, p_number, true, write.reply, write.is_success)
    ON CONFLICT (session) DO UPDATE
    SET number = p_number, is_committed = true, reply = write.reply, is_success = write.is_success, used_at = now()
    WHERE r.number < p_number;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the first attempt of this write has just ended' USING ERRCODE = 'M00F1';
    END IF;
  END IF;
END $$;

-- Called last in a transaction. One that wrote nothing leaves no record: asking it to commit twice is harmless.
CREATE OR REPLACE FUNCTION jili_gateway.record_commit(p_session uuid, p_number bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF pg_current_xact_id_if_assigned() IS NULL THEN RETURN; END IF;
  INSERT INTO jili_gateway.session_records AS r (session, number, is_committed)
  VALUES (p_session, p_number, true)
  ON CONFLICT (session) DO UPDATE
  SET number = p_number, is_committed = true, reply = NULL, is_success = NULL, used_at = now()
  WHERE r.number < p_number;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'transaction % was given up', p_number USING ERRCODE = 'M00F6';
  END IF;
END $$;

-- Was this transaction committed? If not, it never will be: the record left here makes its record_commit fail.
-- A commit on its way holds the row, so the answer waits for it.
CREATE OR REPLACE FUNCTION jili_gateway.settle_commit(p_session uuid, p_number bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO jili_gateway.session_records AS r (session, number, is_committed)
  VALUES (p_session, p_number, false)
  ON CONFLICT (session) DO UPDATE
  SET number = p_number, is_committed = false, reply = NULL, is_success = NULL, used_at = now()
  WHERE r.number < p_number;
  RETURN EXISTS (
    SELECT FROM jili_gateway.session_records r WHERE r.session = p_session AND r.number = p_number AND r.is_committed
  );
END $$;
`

const WRITE: Statement = {
  name: 'write',
  text: 'SELECT reply, is_success FROM jili_gateway.write($1, $2, $3, $4, $5, $6, $7)',
}
const SETTLE: Statement = { name: 'settle', text: 'SELECT jili_gateway.settle_commit($1, $2)' }

/** MongoDB forgets a session 30 minutes after its last use, and so does the driver. */
const FORGET_AFTER = '30 minutes'

const CONFLICT_STATES = ['M00F1', 'M00EW', '40001', '40P01', '55P03', '55000']
const DUPLICATE_KEY_STATES = ['M001C', '23505', '23P01']
const CONFLICT_CODES = CONFLICT_STATES.map((state) => String(packSqlstate(state)))
const CONFLICT_AND_DUPLICATE_KEY_CODES = [
  ...CONFLICT_CODES,
  ...DUPLICATE_KEY_STATES.map((state) => String(packSqlstate(state))),
]

export type WriteKind = 'insert' | 'update' | 'delete' | 'findandmodify'

export interface Write {
  kind: WriteKind
  database: string
  body: Buffer
  documents: Buffer | null
  /** Set for a retryable write. */
  session: string | null
  number: bigint | null
}

export async function installSessionRecords(postgres: Postgres): Promise<void> {
  await postgres.withStatementClient((client) => client.query(SCHEMA))
}

/**
 * Applies a write once, however often it is asked for.
 * @param duplicateKeyIsConflict treats a duplicate key as a conflict, which undoes the whole command
 */
export function applyWrite(client: PoolClient, write: Write, duplicateKeyIsConflict: boolean): Promise<Row> {
  return firstRow(client, WRITE, [
    write.kind,
    write.database,
    write.body,
    write.documents,
    write.session,
    write.number,
    duplicateKeyIsConflict ? CONFLICT_AND_DUPLICATE_KEY_CODES : CONFLICT_CODES,
  ])
}

/** The statement that ends a transaction; `session` and `number` were parsed, so they are safe to write out. */
export function commitText(session: string, number: bigint): string {
  return `SELECT jili_gateway.record_commit('${session}', ${number}); COMMIT`
}

/** Whether a transaction that the gateway no longer knows was committed; if not, it never will be. */
export async function settleCommit(client: PoolClient, session: string, number: bigint): Promise<boolean> {
  return booleanOf(await firstRow(client, SETTLE, [session, number]), 0)
}

/** Forgets sessions that ended, or else those that were not used for long. */
export async function forgetSessions(client: PoolClient, sessions?: readonly string[]): Promise<void> {
  if (sessions)
    await client.query('DELETE FROM jili_gateway.session_records WHERE session = ANY ($1::uuid[])', [
      sessions,
    ])
  else
    await client.query(
      `DELETE FROM jili_gateway.session_records WHERE used_at < now() - interval '${FORGET_AFTER}'`,
    )
}
