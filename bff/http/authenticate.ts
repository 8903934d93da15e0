import type { Context } from 'koa'
import type { Actor } from '#shared/contracts/contract'
import { findAdmin } from '../features/admins'
import { authenticateOpenClient } from '../features/open-clients'
import { findSession } from '../features/sessions'
import { DomainError, notFound } from '../kernel/errors'
import type { Principal } from '../platform/route'
import type { Services } from '../platform/services'

/**
 * Who sends a request, from its bearer token or its signature; null for operations that need nobody.
 * @throws `auth.unauthenticated` without a living session of the right kind; the `open.*` codes; `resource.not_found` for
 * WeChat's pushes where no official account is set up.
 */
export async function authenticate(
  services: Pick<Services, 'clock' | 'cache' | 'codeKeys' | 'officialAccount'>,
  actor: Actor,
  ctx: Context,
  bodyText: string,
): Promise<Principal | null> {
  if (actor === 'public') return null
  if (actor === 'wechat') return assertFromWechat(services, ctx)
  if (actor === 'open') return authenticateOpenClient(services, readSignedRequest(ctx, bodyText))
  const authorization = ctx.get('authorization') || undefined
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

/** How far a push's time may be from ours, either way. */
const pushWindowMs = 5 * 60_000

/** WeChat is nobody: what it tells is asked about again. @throws `open.signature_invalid`, `open.timestamp_expired` */
function assertFromWechat(
  { officialAccount, clock }: Pick<Services, 'officialAccount' | 'clock'>,
  ctx: Context,
): null {
  if (!officialAccount) throw notFound('没有配置公众号')
  const part = (name: string) => [ctx.query[name] ?? ''].flat().join()
  const push = { signature: part('signature'), timestamp: part('timestamp'), nonce: part('nonce') }
  if (!officialAccount.isSigned(push)) throw new DomainError('open.signature_invalid')
  const ageMs = clock.now().getTime() - Number(push.timestamp) * 1_000
  // Not a number is not in time either.
  if (!(Math.abs(ageMs) <= pushWindowMs)) throw new DomainError('open.timestamp_expired')
  return null
}

/**
 * The body is taken as `read-body.ts` decoded it, so what is proved is what is used: bytes that are no UTF-8, or that
 * no parser read, do not match their signature.
 */
const readSignedRequest = (ctx: Context, bodyText: string) => ({
  method: ctx.method,
  target: ctx.originalUrl,
  body: bodyText,
  headers: {
    client: ctx.get('x-jili-client'),
    timestamp: ctx.get('x-jili-timestamp'),
    nonce: ctx.get('x-jili-nonce'),
    signature: ctx.get('x-jili-signature'),
  },
})
