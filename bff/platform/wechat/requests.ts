import { z } from 'zod'
import { busyErrcode, WechatFailure } from './failure'

/** One request to WeChat, sent as JSON. */
export interface WechatRequest {
  method: 'GET' | 'POST'
  path: string
  query?: Record<string, string>
  body?: Record<string, unknown>
  /** Whether doing it twice is as good as once. What spends a code or sends a message is not. */
  isRepeatable: boolean
}

/** An image, or a JSON value whose errcode is 0 or missing. */
export interface WechatAnswer {
  image: Buffer | null
  json: unknown
}

/** @throws WechatFailure */
export type SendRequest = (request: WechatRequest) => Promise<WechatAnswer>

const outcome = z.object({ errcode: z.number().default(0), errmsg: z.string().default('') })

/**
 * Sends requests to WeChat, each attempt limited to `timeoutMs`. One more attempt is made when none was
 * answered and nothing can have happened twice.
 * @throws WechatFailure
 */
export function createRequests(options: { baseUrl: string; timeoutMs: number }): SendRequest {
  // Checked here, where a message can only quote the setting: later the URL carries the app secret.
  const base = new URL(options.baseUrl).href.replace(/\/+$/, '')

  async function attempt(request: WechatRequest): Promise<WechatAnswer> {
    const { response, bytes } = await exchange(base, request, options.timeoutMs)
    if (!response.ok) throw new WechatFailure('no_answer', request.path, null, `HTTP ${response.status}`)
    if (response.headers.get('content-type')?.startsWith('image/')) return { image: bytes, json: null }
    // The content type says nothing else: some endpoints send JSON as text/plain.
    const json = parseJson(bytes, request.path)
    const { errcode, errmsg } = readAnswer(outcome, json, request.path)
    if (errcode === 0) return { image: null, json }
    throw new WechatFailure('refused', request.path, errcode, `${errcode} ${withoutSent(errmsg, request)}`)
  }

  return async (request) => {
    try {
      return await attempt(request)
    } catch (error) {
      if (!mayRepeat(error, request)) throw error
      return await attempt(request)
    }
  }
}

/** The answer's fields, checked. @throws WechatFailure that names the wrong fields but not their values. */
export function readAnswer<T>(schema: z.ZodType<T>, json: unknown, path: string): T {
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole').join(', ')
  throw new WechatFailure('no_answer', path, null, `unexpected answer at ${fields}`)
}

async function exchange(base: string, request: WechatRequest, timeoutMs: number) {
  const url = new URL(base + request.path)
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value)
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: request.body ? { 'content-type': 'application/json' } : {},
      body: request.body ? JSON.stringify(request.body) : undefined,
      // Following a redirect would hand the secret in the URL to wherever it points.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { response, bytes: Buffer.from(await response.arrayBuffer()) }
  } catch (error) {
    const reason = reasonOf(error)
    throw new WechatFailure(unsentReasons.has(reason) ? 'not_sent' : 'no_answer', request.path, null, reason)
  }
}

/** Reasons that are only given before a connection exists, so that WeChat cannot have seen the request. */
const unsentReasons = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

const fetchError = z.object({
  name: z.string(),
  cause: z.object({ code: z.string() }).optional().catch(undefined),
})

/** The code or name of an error of fetch. Its message is left out: it may quote the URL. */
function reasonOf(error: unknown): string {
  const parsed = fetchError.safeParse(error)
  return parsed.success ? (parsed.data.cause?.code ?? parsed.data.name) : 'unknown'
}

function mayRepeat(error: unknown, request: WechatRequest): boolean {
  if (!(error instanceof WechatFailure)) return false
  if (error.kind === 'not_sent') return true
  return request.isRepeatable && (error.kind === 'no_answer' || error.errcode === busyErrcode)
}

function parseJson(bytes: Buffer, path: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new WechatFailure('no_answer', path, null, 'neither JSON nor an image')
  }
}

/** WeChat's message without what was sent: the secret, a token, a code, a member's text, should it quote one. */
function withoutSent(errmsg: string, request: WechatRequest): string {
  const texts: string[] = []
  JSON.stringify([request.query, request.body], (_key, value: unknown) => {
    if (typeof value === 'string' && value.length >= 6) texts.push(value)
    return value
  })
  return texts.reduce((rest, text) => rest.replaceAll(text, '***'), errmsg).slice(0, 200)
}
