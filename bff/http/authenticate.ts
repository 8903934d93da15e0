import type { Actor } from '#shared/contracts/contract'
import { findAdmin } from '../features/admins'
import { findSession } from '../features/sessions'
import { DomainError } from '../kernel/errors'
import type { Principal } from '../platform/route'
import type { Services } from '../platform/services'

/**
 * Who sends a request, from its bearer token; null for operations that need nobody.
 * @throws `auth.unauthenticated` without a living session of the right kind.
 */
export async function authenticate(
  services: Pick<Services, 'clock' | 'cache'>,
  actor: Actor,
  authorization: string | undefined,
): Promise<Principal | null> {
  if (actor === 'public') return null
  const token = /^Bearer ([\w-]{20,200})$/.exec(authorization ?? '')?.[1]
  if (!token) {
    if (actor === 'member-optional' && authorization === undefined) return null
    throw new DomainError('auth.unauthenticated')
  }
  const wanted = actor === 'member-optional' ? 'member' : actor
  const session = await findSession(services, token)
  if (!session) throw new DomainError('auth.unauthenticated', { message: '登录已过期，请重新登录' })
  if (session.kind !== wanted) throw new DomainError('auth.forbidden')
  const { tokenHash, subjectId: id } = session
  if (wanted !== 'admin') return { kind: wanted, id, tokenHash }
  const admin = await findAdmin(id)
  if (!admin) throw new DomainError('auth.unauthenticated')
  return { kind: 'admin', id, tokenHash, name: admin.name, role: admin.role }
}
