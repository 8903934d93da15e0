import { createServer, type Server } from 'node:http'
import { bodyParser } from '@koa/bodyparser'
import Koa, { type Context } from 'koa'
import helmet from 'koa-helmet'
import { limits } from '#shared/domain/limits'
import type { Logger } from '../platform/logging'
import type { Route } from '../platform/route'
import type { Services } from '../platform/services'
import { serveDocs } from './docs-page'
import { type HealthChecks, serveHealth } from './health'
import { mountRoutes } from './mount-routes'
import { observeRequests } from './observe-requests'
import { respondToErrors } from './respond-to-errors'
import { serveFiles } from './serve-files'

export interface ServerOptions {
  routes: readonly Route[]
  services: Services
  logger: Logger
  health: HealthChecks
  h5Dir: string | undefined
  picturesDir: string | undefined
  trustedProxies: number
  checkResponses: boolean
}

/** What a client that goes away leaves behind. */
const connectionCodes = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE', 'ECONNABORTED'])

/** The HTTP server of the BFF, not yet listening. */
export function createHttpServer(options: ServerOptions): Server {
  const { logger, services } = options
  const app = new Koa({ proxy: options.trustedProxies > 0, maxIpsCount: options.trustedProxies })
  // Koa reports what no middleware could answer: a client that went away, or a file that broke off half-way.
  app.on('error', (error: Error & { code?: string }, ctx?: Context) => {
    const level = error.code && connectionCodes.has(error.code) ? 'debug' : 'error'
    logger[level]({ err: error, requestId: ctx?.state.requestId }, 'answer broken off')
  })
  app.use(observeRequests(logger))
  app.use(respondToErrors(logger))
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          styleSrc: ["'self'", "'unsafe-inline'"],
          // A browser reads the photos that a member chose as addresses of this kind, and uploads what it read.
          connectSrc: ["'self'", 'blob:'],
          mediaSrc: ["'self'", 'blob:'],
          // The demo is plain HTTP; browsers would turn its own files into HTTPS.
          upgradeInsecureRequests: null,
        },
      },
      strictTransportSecurity: options.trustedProxies > 0,
    }),
  )
  app.use(serveHealth(options.health))
  app.use(serveDocs())
  app.use(serveFiles(options))
  app.use(
    bodyParser({
      enableTypes: ['json'],
      jsonLimit: limits.requestBodyBytes,
      jsonStrict: true,
      encoding: 'utf-8',
    }),
  )
  app.use(mountRoutes(options.routes, { services, checkResponses: options.checkResponses }).routes())
  const server = createServer(app.callback())
  server.requestTimeout = 30_000
  server.keepAliveTimeout = 65_000
  return server
}
