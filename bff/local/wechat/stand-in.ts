import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { ZodError } from 'zod'
import { type Clock, systemClock } from '#bff/kernel/clock'
import { controlRoutes, createControl, type StandInControl } from './controls'
import { endpoints, refusal, type StandInReply, type StandInRequest } from './endpoints'
import { createState, type StandInState } from './state'

export interface WechatStandIn {
  baseUrl: string
  appId: string
  appSecret: string
  control: StandInControl
  stop(): Promise<void>
}

/** WeChat's server side for demo and tests: the same paths, shapes and errcodes, on loopback only. */
export async function startWechatStandIn(
  options: { port?: number; clock?: Clock; appId?: string; appSecret?: string } = {},
): Promise<WechatStandIn> {
  const { port = 0, clock = systemClock } = options
  const { appId = 'wx0123456789abcdef', appSecret = 'stand-in-app-secret' } = options
  const state = createState({ clock, appId, appSecret })
  const control = createControl(state)
  const stopping = new AbortController()

  const server = createServer((incoming, outgoing) => {
    answer(state, control, incoming, stopping.signal).then(
      (reply) => send(outgoing, reply),
      (error: unknown) => send(outgoing, explain(error)),
    )
  })
  await new Promise<void>((resolve, reject) => {
    // Stays: a connection that cannot be accepted is told here too, and unheard it would end the process.
    server.on('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: actualPort } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${actualPort}`,
    appId,
    appSecret,
    control,
    stop: () => {
      stopping.abort()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      // Clients keep connections open for the next request; waiting for them would take seconds.
      server.closeAllConnections()
      return closed
    },
  }
}

async function answer(
  state: StandInState,
  control: StandInControl,
  incoming: IncomingMessage,
  stopping: AbortSignal,
): Promise<StandInReply> {
  const url = new URL(incoming.url ?? '/', 'http://stand-in')
  const route = `${incoming.method} ${url.pathname}`
  const request: StandInRequest = { query: url.searchParams, body: await readBody(incoming) }
  const controlRoute = controlRoutes.get(route)
  if (controlRoute) return controlRoute(control, request)
  const endpoint = endpoints.get(route)
  if (!endpoint) return { status: 404, text: 'not found' }
  state.requestCounts.set(url.pathname, control.requestCount(url.pathname) + 1)
  return (await meetFailure(state, url.pathname, stopping)) ?? (await endpoint(state, request))
}

/** The reply of a failure that was asked for, if it has one; a delay alone only makes the real reply late. */
async function meetFailure(
  state: StandInState,
  path: string,
  stopping: AbortSignal,
): Promise<StandInReply | null> {
  const failure = state.failures.take(path)
  if (!failure) return null
  if (failure.delayMs) await wait(failure.delayMs, undefined, { signal: stopping, ref: false })
  if (failure.httpStatus)
    return { status: failure.httpStatus, text: '<html><body>upstream error</body></html>' }
  if (failure.errcode === undefined) return null
  // WeChat would not call a token expired and hand out the same one at the next request.
  if (failure.errcode === 42001 || failure.errcode === 40001) state.tokens.expireAll()
  return refusal(failure.errcode)
}

async function readBody(incoming: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of incoming) {
    chunks.push(chunk)
    sizeBytes += chunk.length
    if (sizeBytes > 256 * 1024) throw new RangeError('the body is larger than 256 KiB')
  }
  if (sizeBytes === 0) return {}
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

function explain(error: unknown): StandInReply {
  if (error instanceof SyntaxError) return refusal(47001)
  if (error instanceof ZodError || error instanceof RangeError) return { status: 400, text: error.message }
  return { status: 500, text: String(error) }
}

function send(outgoing: ServerResponse, reply: StandInReply): void {
  if (outgoing.destroyed) return
  if ('image' in reply) {
    outgoing.writeHead(200, { 'content-type': 'image/png' }).end(reply.image)
  } else if ('json' in reply) {
    outgoing.writeHead(reply.status ?? 200, {
      'content-type': reply.contentType ?? 'application/json; encoding=utf-8',
    })
    outgoing.end(JSON.stringify(reply.json))
  } else {
    outgoing.writeHead(reply.status, { 'content-type': 'text/html; charset=utf-8' }).end(reply.text)
  }
}
