import type { Middleware } from 'koa'
import type { ErrorCode } from '#shared/domain/error-codes'
import { DomainError } from '../kernel/errors'
import type { Logger } from '../platform/logging'
import { routeOf } from './observe-requests'
import { isWorthRetrying, statusOf } from './statuses'

/** Where nothing knows better how long somebody else's service stays away. */
const usualWaitSeconds = 5

/** Turns every error into the documented body. What is no refusal of ours is logged and hidden. */
export const respondToErrors =
  (logger: Logger): Middleware =>
  async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && ctx.body == null) throw new DomainError('resource.not_found')
    } catch (error) {
      const refusal = toRefusal(error)
      if (refusal.code === 'service.failed') {
        logger.error(
          { err: error, requestId: ctx.state.requestId, method: ctx.method, route: routeOf(ctx) },
          'request failed',
        )
      }
      ctx.status = statusOf(refusal.code)
      const retryAfterSeconds =
        refusal.retryAfterSeconds ?? (isWorthRetrying(refusal.code) ? usualWaitSeconds : undefined)
      if (retryAfterSeconds) ctx.set('Retry-After', String(retryAfterSeconds))
      ctx.body = {
        error: {
          code: refusal.code,
          message: refusal.message,
          details: refusal.details ?? {},
          requestId: ctx.state.requestId,
        },
      }
    }
  }

function toRefusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  const { status, type } = (error ?? {}) as { status?: unknown; type?: unknown }
  if (status === 413 || type === 'entity.too.large') return new DomainError('request.too_large')
  // Thrown by Koa and its body parser for bytes that are no JSON, no UTF-8 or no URL.
  if (typeof status === 'number' && status >= 400 && status < 500)
    return refuse(status === 404 ? 'resource.not_found' : 'request.invalid')
  if (error instanceof URIError) return refuse('request.invalid')
  if (isDatabaseAway(error)) return new DomainError('service.busy', { retryAfterSeconds: 2, cause: error })
  return refuse('service.failed')
}

const refuse = (code: ErrorCode) => new DomainError(code)

/**
 * The driver's errors for a database that is away or too slow. A commit whose answer was lost is among them: a retry
 * under the same key learns what became of it.
 */
const awayNames = [
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoPoolClearedError',
  'MongoNotConnectedError',
  'MongoClientClosedError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
]
/** Writing to a connection that the database has just closed: the driver lets the socket's own error through. */
const brokenSocketCodes = ['EPIPE', 'ECONNRESET']
const isDatabaseAway = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const { name, message, code, errorResponse, hasErrorLabel } = error as DriverError
  return (
    awayNames.includes(name) ||
    brokenSocketCodes.includes(String(code)) ||
    // mongoose waits for a database that is away, for ten seconds.
    (name === 'MongooseError' && message.includes('buffering timed out')) ||
    hasErrorLabel?.call(error, 'TransientTransactionError') === true ||
    // A write of many documents wraps what went wrong.
    isDatabaseAway(errorResponse)
  )
}

interface DriverError extends Error {
  code?: unknown
  errorResponse?: unknown
  hasErrorLabel?: (label: string) => boolean
}
