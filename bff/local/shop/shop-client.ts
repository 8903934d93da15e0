import { createHash, createHmac, randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { BodyOf, ResponseOf } from '#shared/contracts/index'

export interface ShopClientOptions {
  /** Where Jili is, like `https://jili.example`. */
  baseUrl: string
  clientId: string
  secret: string
  /** Milliseconds since 1970; the machine's clock when left out. */
  now?: () => number
}

/** What a shop's system tells Jili. A call that was lost may be made again: each number counts once. */
export interface ShopClient {
  recordPurchase(
    purchase: BodyOf<'POST /api/open/purchases'>,
  ): Promise<ResponseOf<'POST /api/open/purchases'>>
  recordRefund(refund: BodyOf<'POST /api/open/refunds'>): Promise<ResponseOf<'POST /api/open/refunds'>>
}

/** Jili's refusal: trying again changes nothing. `code` is stable, the message is for people. */
export class ShopRefusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown>,
  ) {
    super(message)
    this.name = 'ShopRefusal'
  }
}

const attempts = 5
const timeoutMs = 10_000

/**
 * A client for tills and shop systems, as `docs/open-api.md` describes it. Lost answers, 429 and 503 are tried again, each time
 * signed anew.
 * @throws ShopRefusal for every other answer; the last failure when none of five tries was answered.
 */
export function createShopClient(options: ShopClientOptions): ShopClient {
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await postOnce(options, path, JSON.stringify(body))
      } catch (error) {
        if (attempt === attempts || (error instanceof ShopRefusal && !isPassing(error.status))) throw error
        await setTimeout(200 * 2 ** attempt)
      }
    }
  }
  return {
    recordPurchase: (purchase) => post('/api/open/purchases', purchase),
    recordRefund: (refund) => post('/api/open/refunds', refund),
  }
}

const isPassing = (status: number): boolean => status === 429 || status >= 500

async function postOnce<T>(options: ShopClientOptions, path: string, body: string): Promise<T> {
  const { baseUrl, clientId, secret, now = Date.now } = options
  const timestamp = String(now())
  const nonce = randomUUID()
  const bodyHash = createHash('sha256').update(body).digest('hex')
  const signed = ['POST', path, timestamp, nonce, bodyHash].join('\n')
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Jili-Client': clientId,
      'X-Jili-Timestamp': timestamp,
      'X-Jili-Nonce': nonce,
      'X-Jili-Signature': createHmac('sha256', secret).update(signed).digest('hex'),
    },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  })
  const answer: unknown = await response.json()
  if (response.ok) return answer as T
  const { error } = answer as { error?: { code: string; message: string; details?: Record<string, unknown> } }
  throw new ShopRefusal(
    response.status,
    error?.code ?? 'unknown',
    error?.message ?? response.statusText,
    error?.details ?? {},
  )
}
