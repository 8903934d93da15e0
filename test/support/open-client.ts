import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { Answer, Json } from './client'

export interface OpenCredentials {
  clientId: string
  secret: string
}

export interface OpenRequest {
  method: string
  /** Path with query. */
  target: string
  /** The body's exact text; empty without one. */
  body: string
  /** Milliseconds since 1970. */
  timestamp: number
  nonce: string
}

/** The signature of a request, as docs/open-api.md describes it; made without any of the BFF's code. */
export function signOpenRequest(secret: string, request: OpenRequest): string {
  const { method, target, body, timestamp, nonce } = request
  const bodyHash = createHash('sha256').update(body, 'utf8').digest('hex')
  const text = [method, target, String(timestamp), nonce, bodyHash].join('\n')
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex')
}

/** The headers a signed request carries. */
export const openHeaders = (
  { clientId, secret }: OpenCredentials,
  request: OpenRequest,
): Record<string, string> => ({
  'X-Jili-Client': clientId,
  'X-Jili-Timestamp': String(request.timestamp),
  'X-Jili-Nonce': request.nonce,
  'X-Jili-Signature': signOpenRequest(secret, request),
})

export interface OpenCallOptions {
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown
  nonce?: string
  timestamp?: number
  headers?: Record<string, string>
}

export type OpenCall = (method: string, target: string, options?: OpenCallOptions) => Promise<Answer<Json>>

/** Calls the open API of a BFF as one client. `now` is the time its requests are stamped with. */
export const createOpenClient =
  (baseUrl: string, credentials: OpenCredentials, now: () => number = Date.now): OpenCall =>
  async (method, target, { body, nonce = randomUUID(), timestamp = now(), headers = {} } = {}) => {
    const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(baseUrl + target, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...openHeaders(credentials, { method, target, body: text, timestamp, nonce }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: text }),
    })
    const answer = await response.text()
    return {
      status: response.status,
      body: answer === '' ? null : JSON.parse(answer),
      headers: response.headers,
    }
  }
