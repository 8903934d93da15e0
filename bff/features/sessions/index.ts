import { randomSecret, sha256 } from '../../kernel/secrets'
import { insertWhole } from '../../platform/mongo/insert-whole'
import { assertInTransaction } from '../../platform/mongo/transaction'
import { redisKeys } from '../../platform/redis/keys'
import type { Services } from '../../platform/services'
import { type Session, SessionModel } from './session.model'

const dayMs = 86_400_000
const lifetimeMs = { member: 30 * dayMs, staff: 14 * dayMs, admin: dayMs / 2 }
/** A revoked session may live this much longer in another process's cache. */
const cacheSeconds = 30

type SessionServices = Pick<Services, 'clock' | 'cache'>

/** Opens a session: an opaque token of 256 random bits, kept only as its hash. */
export async function openSession(
  { clock }: Pick<Services, 'clock'>,
  kind: Session['kind'],
  subjectId: string,
  userAgent: string | null = null,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomSecret(256)
  const createdAt = clock.now()
  const expiresAt = new Date(createdAt.getTime() + lifetimeMs[kind])
  await insertWhole(SessionModel, [{ _id: sha256(token), kind, subjectId, createdAt, expiresAt, userAgent }])
  return { token, expiresAt }
}

/**
 * Whose token this is, or null when it is unknown, expired or revoked. Cached in Redis for ≤ 30 s, except an admin's: what
 * ends an admin's session holds at once in every process, with Redis or without.
 */
export async function findSession(
  { clock, cache }: SessionServices,
  token: string,
): Promise<{ tokenHash: string; kind: Session['kind']; subjectId: string } | null> {
  const tokenHash = sha256(token)
  const cached = await cache.get(redisKeys.session(tokenHash))
  const session = cached ? parseCached(cached) : await readSession(cache, tokenHash)
  if (!session || session.expiresAt <= clock.now().getTime()) return null
  return { tokenHash, kind: session.kind, subjectId: session.subjectId }
}

interface CachedSession {
  kind: Session['kind']
  subjectId: string
  expiresAt: number
}

const parseCached = (text: string) => JSON.parse(text) as CachedSession

async function readSession(cache: Services['cache'], tokenHash: string): Promise<CachedSession | null> {
  const stored = await SessionModel.findById(tokenHash).lean()
  if (!stored) return null
  const session = { kind: stored.kind, subjectId: stored.subjectId, expiresAt: stored.expiresAt.getTime() }
  if (session.kind !== 'admin')
    await cache.set(redisKeys.session(tokenHash), JSON.stringify(session), cacheSeconds)
  return session
}

/** Ends one session at once. */
export async function closeSession({ cache }: Pick<Services, 'cache'>, tokenHash: string): Promise<void> {
  await SessionModel.deleteOne({ _id: tokenHash })
  await cache.delete(redisKeys.session(tokenHash))
}

/** Ends every session of a person. */
export async function closeSessionsOf(
  { cache }: Pick<Services, 'cache'>,
  kind: Session['kind'],
  subjectId: string,
): Promise<void> {
  const sessions = await SessionModel.find({ subjectId, kind }).select('_id').lean()
  await SessionModel.deleteMany({ subjectId, kind })
  for (const { _id } of sessions) await cache.delete(redisKeys.session(_id))
}

/** The living sessions of an admin, newest first. */
export const listAdminSessions = ({ clock }: Pick<Services, 'clock'>, adminId: string): Promise<Session[]> =>
  SessionModel.find({ subjectId: adminId, kind: 'admin', expiresAt: { $gt: clock.now() } })
    .sort({ createdAt: -1, _id: 1 })
    .limit(100)
    .lean()

/** Ends sessions of an admin in the caller's transaction: all, all but one, or one. Returns how many there were. */
export async function endAdminSessions(
  adminId: string,
  which: { only: string } | { except: string } | 'all',
): Promise<number> {
  assertInTransaction()
  const chosen = which === 'all' ? {} : 'only' in which ? { _id: which.only } : { _id: { $ne: which.except } }
  const ended = await SessionModel.deleteMany({ subjectId: adminId, kind: 'admin', ...chosen })
  return ended.deletedCount
}
