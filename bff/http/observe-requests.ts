import type { Context, Middleware } from 'koa'
import { Counter, collectDefaultMetrics, Histogram, register } from 'prom-client'
import { newId } from '../kernel/ids'
import type { Logger } from '../platform/logging'
import { transactionRetries } from '../platform/mongo/transaction'

register.clear()
collectDefaultMetrics()

const duration = new Histogram({
  name: 'jili_http_request_seconds',
  help: 'Time to answer, by route and status.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
})

// Counted where transactions run; read when the metrics are asked for.
let reported = 0
new Counter({
  name: 'jili_transaction_retries_total',
  help: 'Transaction attempts after the first.',
  collect() {
    this.inc(transactionRetries() - reported)
    reported = transactionRetries()
  },
})

/** The pattern that a request's path matched: a path itself may hold what its sender put there. */
export const routeOf = (ctx: Context): string =>
  typeof ctx._matchedRoute === 'string' ? ctx._matchedRoute : 'other'

/** Gives each request an id, times it and logs it in one line, without its query, body or token. */
export const observeRequests =
  (logger: Logger): Middleware =>
  async (ctx, next) => {
    const given = ctx.get('x-request-id')
    ctx.state.requestId = /^[\w-]{8,64}$/.test(given) ? given : newId()
    ctx.set('X-Request-Id', ctx.state.requestId)
    const startedAt = performance.now()
    await next()
    const elapsedMs = performance.now() - startedAt
    const route = routeOf(ctx)
    duration.observe({ method: ctx.method, route, status: ctx.status }, elapsedMs / 1_000)
    logger.info(
      {
        requestId: ctx.state.requestId,
        method: ctx.method,
        route,
        status: ctx.status,
        elapsedMs: Math.round(elapsedMs),
      },
      'request',
    )
  }
