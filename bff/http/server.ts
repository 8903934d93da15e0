import { createServer, type Server } from 'node:http'
import Koa, { type Context, type Middleware } from 'koa'
import helmet from 'koa-helmet'
import type { Logger } from '../platform/logging'
import type { Route } from '../platform/route'
import type { Services } from '../platform/services'
import { checkAnswers } from './check-answers'
import { serveDocs } from './docs-page'
import { type HealthChecks, serveHealth } from './health'
import { mountRoutes } from './mount-routes'
import { observeRequests } from './observe-requests'
import { respondToErrors } from './respond-to-errors'
import { serveFiles } from './serve-files'
import { servePictures } from './serve-pictures'

export interface ServerOptions {
  routes: readonly Route[]
  services: Services
  logger: Logger
  health: HealthChecks
  h5Dir: string | undefined
  picturesDir: string | undefined
  trustedProxies: number
  /** Checks every answer against its contract, refusals too: in tests, where a slip must show. */
  checkResponses: boolean
  /** How long a request may take to come; 30 s when left out. */
  requestTimeoutMs?: number
}

/** What a client leaves behind that goes away, stalls, or speaks something else than HTTP. */
const connectionCodes = new Set([
  'ERR_STREAM_PREMATURE_CLOSE',
  'ERR_HTTP_REQUEST_TIMEOUT',
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
])
const isOfConnection = (code = '') => connectionCodes.has(code) || code.startsWith('HPE_')

/** A request must have come whole by then, its body too; a client that stalls is answered 408 and cut. */
const requestTimeoutMs = 30_000
const timeoutCheckMs = 1_000

/** A connection that is kept open would bring its next request when the process no longer takes any. */
const endConnectionsWhenStopping =
  ({ isStopping }: HealthChecks): Middleware =>
  async (ctx, next) => {
    await next()
    if (isStopping()) ctx.set('Connection', 'close')
  }

/** The HTTP server of the BFF, not yet listening. */
export function createHttpServer(options: ServerOptions): Server {
  const { logger, services } = options
  const router = mountRoutes(options.routes, { services, checkResponses: options.checkResponses })
  const app = new Koa({ proxy: options.trustedProxies > 0, maxIpsCount: options.trustedProxies })
  // Koa reports what no middleware could answer: a client that went away, or a file that broke off half-way.
  app.on('error', (error: Error & { code?: string }, ctx?: Context) => {
    const level = isOfConnection(error.code) ? 'debug' : 'error'
    logger[level]({ err: error, requestId: ctx?.state.requestId }, 'answer broken off')
  })
  app.use(observeRequests(logger))
  if (options.checkResponses)
    app.use(
      checkAnswers(
        router,
        options.routes.map(({ contract }) => contract),
      ),
    )
  app.use(endConnectionsWhenStopping(options.health))
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
  app.use(servePictures(services))
  app.use(serveFiles(options))
  app.use(router.routes())
  const server = createServer(
    {
      requestTimeout: options.requestTimeoutMs ?? requestTimeoutMs,
      connectionsCheckingInterval: timeoutCheckMs,
      keepAliveTimeout: 65_000,
    },
    app.callback(),
  )
  // A server reports a connection that it could not accept, such as when files run out; unheard, that would end the process.
  server.once('listening', () => {
    server.on('error', (error) => logger.error({ err: error }, 'a connection could not be accepted'))
  })
  return server
}
