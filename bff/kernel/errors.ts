import { type ErrorCode, errorMessages } from '#shared/domain/error-codes'

export interface DomainErrorOptions {
  /** A more exact public Chinese message than the code's own. */
  message?: string
  /** Public facts a client can act on. */
  details?: Record<string, unknown>
  /** When it makes sense to try again, in seconds. */
  retryAfterSeconds?: number
  /** The internal reason; logged, never sent. */
  cause?: unknown
}

/** An expected refusal: a stable code and a public Chinese message. Its HTTP status is decided in http/. */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, options: DomainErrorOptions = {}) {
    super(options.message ?? errorMessages[code], { cause: options.cause })
    this.name = 'DomainError'
    this.code = code
    this.details = options.details
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export const isDomainError = (error: unknown, code?: ErrorCode): error is DomainError =>
  error instanceof DomainError && (code === undefined || error.code === code)

/** The one answer for what is missing, hidden or another's. */
export const notFound = (message?: string): DomainError => new DomainError('resource.not_found', { message })
