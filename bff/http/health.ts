import type { Middleware } from 'koa'
import { register } from 'prom-client'

export interface HealthChecks {
  isMongoReady(): Promise<boolean>
  isRedisReady(): boolean
  isStopping(): boolean
}

/** `/healthz`: alive. `/readyz`: 503 without MongoDB or while stopping; without Redis ready but degraded. `/metrics`. */
export const serveHealth =
  (checks: HealthChecks): Middleware =>
  async (ctx, next) => {
    if (ctx.path === '/healthz') ctx.body = { status: 'alive' }
    else if (ctx.path === '/readyz') {
      const hasMongo = await checks.isMongoReady()
      const hasRedis = checks.isRedisReady()
      ctx.status = hasMongo && !checks.isStopping() ? 200 : 503
      ctx.body = {
        status: ctx.status === 503 ? 'unavailable' : hasRedis ? 'ready' : 'degraded',
        mongodb: hasMongo,
        redis: hasRedis,
      }
    } else if (ctx.path === '/metrics') {
      ctx.type = register.contentType
      ctx.body = await register.metrics()
    } else await next()
  }
