import type { ErrorCode } from '#shared/domain/error-codes'
import { text } from './text'

/** What the phone finds out by itself, beside what the BFF answers. */
export type ClientErrorCode = 'network.offline' | 'network.timeout' | 'response.unreadable'

export interface ApiErrorFields {
  status: number
  code: ErrorCode | ClientErrorCode
  message: string
  details?: unknown
  requestId?: string
}

/** Every failure of the API: `code` to branch on, `message` to show. `status` is 0 when no answer came. */
export class ApiError extends Error {
  readonly status: number
  readonly code: ErrorCode | ClientErrorCode
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(fields: ApiErrorFields) {
    super(fields.message)
    this.name = 'ApiError'
    this.status = fields.status
    this.code = fields.code
    this.details = fields.details
    this.requestId = fields.requestId
  }

  /** Nobody knows whether the request took effect: only the same idempotency key may be sent again. */
  get isUndecided(): boolean {
    return this.status === 0 || this.status >= 500 || this.code === 'idempotency.in_progress'
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** The error of an answer that is not 2xx, whatever its body looks like. */
export function errorOfResponse(status: number, body: unknown): ApiError {
  const error = isRecord(body) && isRecord(body.error) ? body.error : null
  if (error && typeof error.code === 'string' && typeof error.message === 'string') {
    return new ApiError({
      status,
      code: error.code as ErrorCode,
      message: error.message,
      details: error.details,
      requestId: typeof error.requestId === 'string' ? error.requestId : undefined,
    })
  }
  if (status >= 500)
    return new ApiError({ status, code: 'service.failed', message: text.errors.serverFailed })
  return new ApiError({ status, code: 'response.unreadable', message: text.errors.unreadable })
}

/** The error of a request that got no answer at all. */
export function errorOfFailure(failure: unknown): ApiError {
  const reason = isRecord(failure) ? String(failure.errMsg ?? failure.message ?? '') : String(failure)
  return /time.?out|abort/i.test(reason)
    ? new ApiError({ status: 0, code: 'network.timeout', message: text.errors.timeout })
    : new ApiError({ status: 0, code: 'network.offline', message: text.errors.offline })
}

/** Any thrown thing as a sentence for the screen. */
export const messageOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : text.errors.unknown
