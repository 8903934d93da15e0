import type { Contract } from '#shared/contracts/contract'
import type { ErrorCode } from '#shared/domain/error-codes'
import { statusOf } from './statuses'

/** The account may be closed while its own request is under way. */
const byActor: Record<Contract['actor'], readonly ErrorCode[]> = {
  public: [],
  member: ['auth.unauthenticated', 'auth.forbidden', 'member.closed'],
  'member-optional': ['auth.unauthenticated', 'auth.forbidden'],
  staff: ['auth.unauthenticated', 'auth.forbidden'],
  admin: ['auth.unauthenticated', 'auth.forbidden'],
  wechat: ['open.signature_invalid', 'open.timestamp_expired', 'resource.not_found'],
  open: [
    'open.signature_invalid',
    'open.timestamp_expired',
    'open.nonce_reused',
    'open.client_disabled',
    'auth.forbidden',
  ],
}

/** The server reads what these send before it knows for whom: too much is refused whatever the operation takes. */
const methodsWithBody: readonly Contract['method'][] = ['POST', 'PUT', 'PATCH']

/**
 * Every code that an operation may answer with: what its contract names, and what follows from the rest of it. The
 * OpenAPI document lists these, and in tests no answer may be outside of them.
 */
export function refusalsOf(contract: Contract): ReadonlySet<ErrorCode> {
  const { actor, errors = [], idempotency, method, params } = contract
  const codes: ErrorCode[] = ['request.invalid', ...byActor[actor], ...errors]
  if (methodsWithBody.includes(method)) codes.push('request.too_large')
  if (params) codes.push('resource.not_found')
  if (idempotency === 'required') codes.push('idempotency.key_required')
  if (idempotency) codes.push('idempotency.key_reused', 'idempotency.in_progress')
  return new Set([...codes, 'rate.limited', 'service.busy', 'service.failed'])
}

/** The same by HTTP status, lowest first. */
export function refusalsByStatus(contract: Contract): [status: number, codes: ErrorCode[]][] {
  const groups = new Map<number, ErrorCode[]>()
  for (const code of refusalsOf(contract))
    groups.set(statusOf(code), [...(groups.get(statusOf(code)) ?? []), code])
  return [...groups].sort(([one], [other]) => one - other)
}
