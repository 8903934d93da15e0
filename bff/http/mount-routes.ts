import Router from '@koa/router'
import type { Context } from 'koa'
import { z } from 'zod'
import type { Contract, image } from '#shared/contracts/contract'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../kernel/errors'
import { networkOf } from '../kernel/network-of'
import type { CsvFile } from '../platform/csv-file'
import type { Call, Route } from '../platform/route'
import type { Services } from '../platform/services'
import { authenticate } from './authenticate'
import { type JsonBody, readCsv, readJson, readXml } from './read-body'
import { readUpload } from './read-upload'
import { sendCsv } from './send-csv'
import './validation-messages'

export interface MountOptions {
  services: Services
  /** Checks responses against their contracts too: in tests, where a slip must show. */
  checkResponses: boolean
}

/**
 * Mounts the features' routes. The order is the contract of each request:
 * rate limit → read JSON where the operation takes it → authenticate → authorise → validate → read files → command → present.
 */
export function mountRoutes(routes: readonly Route[], options: MountOptions): Router {
  const router = new Router()
  for (const route of routes) {
    const { id, method, path } = route.contract
    router.register(path, [method], (ctx) => serve(ctx, route, options), { name: id })
  }
  return router
}

async function serve(
  ctx: Context,
  { contract, policy, handle }: Route,
  options: MountOptions,
): Promise<void> {
  const { services } = options
  // Answers are somebody's own, and some hold codes: no cache on the way keeps any.
  ctx.set('Cache-Control', 'no-store')
  const network = networkOf(ctx.ip)
  await services.rateLimits.count('address', network)
  if (contract.actor === 'public' && contract.method === 'POST')
    await services.rateLimits.count('sign-in', network)
  const json = await readSentJson(ctx, contract)
  const principal = await authenticate(services, contract.actor, ctx, json.text)
  if (principal) await services.rateLimits.count('principal', principal.id)
  if (!policy(principal)) throw new DomainError('auth.forbidden')
  const call = {
    principal,
    params: check(contract.params, ctx.params, 'params', 'resource.not_found'),
    query: check(contract.query, ctx.query, 'query'),
    body: check(contract.body, json.value, 'body'),
    // Read only now: who may not call this may not send megabytes either.
    csv: contract.csvMaxBytes === undefined ? undefined : await readCsv(ctx, contract.csvMaxBytes),
    idempotencyKey: readIdempotencyKey(contract, ctx.get('idempotency-key')),
    upload: await readBytes(ctx, contract),
    services,
    clientAddress: ctx.ip,
    userAgent: ctx.get('user-agent').slice(0, 200) || null,
  }
  const body = await handle(call as unknown as Call<Contract>)
  if (contract.produces === 'csv') return sendCsv(ctx, body as CsvFile)
  if (options.checkResponses) checkResponse(contract, body)
  ctx.status = contract.status
  if (contract.produces === 'image') sendImage(ctx, body as z.output<typeof image>)
  else if (contract.produces === 'text') sendText(ctx, body as string)
  else ctx.body = contract.status === 204 ? null : body
}

/** Before anything is known of the caller, for an open client's signature covers the body. */
async function readSentJson(ctx: Context, { actor, body, method }: Contract): Promise<JsonBody> {
  const isExpected = body !== undefined || (actor === 'open' && method !== 'GET')
  return isExpected ? readJson(ctx) : { text: '', value: undefined }
}

async function readBytes(ctx: Context, { consumes }: Contract): Promise<Buffer | null> {
  if (!consumes) return null
  return consumes === 'image' ? readUpload(ctx.req, limits.uploadBytes) : readXml(ctx, limits.wechatPushBytes)
}

function sendText(ctx: Context, body: string): void {
  ctx.type = 'text/plain'
  ctx.body = body
}

/** Pictures behind a token are the caller's own business: no proxy keeps them, and no browser guesses their type. */
function sendImage(ctx: Context, { contentType, bytes }: z.output<typeof image>): void {
  ctx.set('Content-Type', contentType)
  ctx.set('Cache-Control', 'private, max-age=3600')
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function check(
  schema: z.ZodType | undefined,
  value: unknown,
  where: string,
  code: 'request.invalid' | 'resource.not_found' = 'request.invalid',
): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: [where, ...path].join('.'), message }))
  throw new DomainError(code, {
    message: code === 'request.invalid' ? issues[0]?.message : undefined,
    details: { issues },
  })
}

const keyPattern = new RegExp(`^[\\x21-\\x7e]{1,${limits.idempotencyKeyCharacters}}$`)

function readIdempotencyKey(contract: Contract, header: string): string | null {
  if (!contract.idempotency) return null
  if (header === '') {
    if (contract.idempotency === 'optional') return null
    throw new DomainError('idempotency.key_required')
  }
  if (!keyPattern.test(header))
    throw new DomainError('request.invalid', {
      message: '请求标识有误',
      details: { path: 'Idempotency-Key' },
    })
  return header
}

function checkResponse(contract: Contract, body: unknown): void {
  const parsed = contract.response.safeParse(body)
  if (!parsed.success)
    throw new Error(`${contract.id} answers against its contract: ${z.prettifyError(parsed.error)}`)
}
