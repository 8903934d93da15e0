import { DomainError } from '../../kernel/errors'
import { hmacSha256, isSameSecret, open, sha256 } from '../../kernel/secrets'
import { isDuplicateKey } from '../../platform/mongo/transaction'
import type { OpenPrincipal } from '../../platform/route'
import type { Services } from '../../platform/services'
import { type OpenClient, OpenClientModel } from './open-client.model'
import { OpenNonceModel } from './open-nonce.model'

/** How far a request's timestamp may be from our clock, either way. */
const windowMs = 5 * 60_000
/** A timestamp from the far end of the window is accepted for two windows; one more allows for clocks that differ. */
const nonceLifeMs = 3 * windowMs

/** A request as it was signed. */
export interface SignedRequest {
  method: string
  /** Path with query, byte for byte as sent. */
  target: string
  /** The body's text as it was parsed; empty without one. */
  body: string
  headers: { client: string; timestamp: string; nonce: string; signature: string }
}

type OpenServices = Pick<Services, 'clock' | 'codeKeys'>

/**
 * Who signed a request. Its nonce is used up by this, but only when all else was right, so that nobody can use up
 * another's.
 * @throws `open.signature_invalid`, `open.timestamp_expired`, `open.client_disabled`, `open.nonce_reused`.
 */
export async function authenticateOpenClient(
  services: OpenServices,
  request: SignedRequest,
): Promise<OpenPrincipal> {
  const now = services.clock.now()
  assertWellFormed(request.headers)
  assertInTime(Number(request.headers.timestamp), now)
  const client = await OpenClientModel.findById(request.headers.client).lean()
  if (!client || !isSignedBy(services, client, request, now)) throw new DomainError('open.signature_invalid')
  if (client.isDisabled) throw new DomainError('open.client_disabled')
  await spendNonce(client._id, request.headers.nonce, now)
  return { kind: 'open', id: client._id, name: client.name, scopes: client.scopes }
}

const shapes = {
  client: /^[0-9a-f]{32}$/,
  timestamp: /^\d{13}$/,
  nonce: /^[\w-]{16,64}$/,
  signature: /^[0-9a-f]{64}$/,
}

function assertWellFormed(headers: SignedRequest['headers']): void {
  const wrong = (Object.keys(shapes) as (keyof typeof shapes)[]).find(
    (name) => !shapes[name].test(headers[name]),
  )
  if (!wrong) return
  const header = `X-Jili-${wrong[0]?.toUpperCase()}${wrong.slice(1)}`
  throw new DomainError('open.signature_invalid', {
    message: `请求头 ${header} 缺少或有误`,
    details: { header },
  })
}

function assertInTime(timestamp: number, now: Date): void {
  if (Math.abs(now.getTime() - timestamp) > windowMs)
    throw new DomainError('open.timestamp_expired', { details: { serverTime: now.toISOString() } })
}

function isSignedBy(
  { codeKeys }: OpenServices,
  client: OpenClient,
  request: SignedRequest,
  now: Date,
): boolean {
  const { timestamp, nonce, signature } = request.headers
  const signed = [request.method, request.target, timestamp, nonce, sha256(request.body)].join('\n')
  return client.secrets
    .filter(({ validUntil }) => validUntil === null || validUntil > now)
    .some(({ sealed }) => {
      const secret = open(codeKeys.sealing, sealed, secretContext(client._id))
      return isSameSecret(signature, hmacSha256(secret, signed, 'hex'))
    })
}

/** What a client's sealed secrets belong to: moved to another client, they cannot be opened. */
export const secretContext = (clientId: string): string => `open-client:${clientId}`

async function spendNonce(clientId: string, nonce: string, now: Date): Promise<void> {
  const used = { _id: `${clientId} ${nonce}`, expiresAt: new Date(now.getTime() + nonceLifeMs) }
  await OpenNonceModel.insertMany([used]).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new DomainError('open.nonce_reused') : error
  })
}
