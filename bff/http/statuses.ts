import type { ErrorCode } from '#shared/domain/error-codes'

/** The one table from error codes to HTTP statuses: what is not named is a business refusal, 409. */
const statuses: Partial<Record<ErrorCode, number>> = {
  'auth.unauthenticated': 401,
  'auth.wechat_code_invalid': 401,
  'auth.wrong_password': 401,
  'auth.admin_stopped': 403,
  'auth.forbidden': 403,
  'auth.staff_not_bound': 403,
  'auth.wechat_unavailable': 503,
  'open.signature_invalid': 401,
  'open.timestamp_expired': 401,
  'open.client_disabled': 403,
  'request.invalid': 400,
  'request.too_large': 413,
  'upload.unsupported': 400,
  'resource.not_found': 404,
  'idempotency.key_required': 400,
  'idempotency.key_reused': 422,
  'sms.unavailable': 503,
  'sms.too_often': 429,
  'rate.limited': 429,
  'service.busy': 503,
  'service.failed': 500,
}

export const statusOf = (code: ErrorCode): number => statuses[code] ?? 409

/** Whether the same request may succeed by itself a little later. Such an answer always says when, in `Retry-After`. */
export const isWorthRetrying = (code: ErrorCode): boolean =>
  statusOf(code) === 429 || statusOf(code) === 503 || code === 'idempotency.in_progress'
