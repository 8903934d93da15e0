import Taro from '@tarojs/taro'
import type { BodyOf, QueryOf, ResponseOf, RouteName } from '#shared/contracts/index'
import { ApiError, errorOfFailure, errorOfResponse } from './api-error'
import { apiBase } from './origin'
import { type Role, useSession } from './session'

const timeoutMs = 10_000
const retryDelaysMs = [400, 1_200]

export type Route = keyof RouteName

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never

type Needs<Key extends string, Value> = [Value] extends [undefined]
  ? { [K in Key]?: undefined }
  : { [K in Key]: Value }

/** What one call of a route takes. `idempotencyKey` also allows the call to be retried. */
export type RequestOptions<R extends Route> = Needs<'body', BodyOf<R>> &
  Needs<'params', [ParamNames<R>] extends [never] ? undefined : Record<ParamNames<R>, string>> & {
    query?: QueryOf<R>
    idempotencyKey?: string
    /** How often to try again by itself; 0 for callers that retry visibly. */
    retries?: number
  }

type OptionsArgument<R extends Route> =
  Record<never, never> extends RequestOptions<R>
    ? [options?: RequestOptions<R>]
    : [options: RequestOptions<R>]

interface Sending {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: unknown
  idempotencyKey?: string
  retries?: number
  /** The answer is taken as it is, not as JSON. */
  isText?: boolean
}

type LooseOptions = Pick<Sending, 'body' | 'idempotencyKey' | 'retries'> & {
  params?: Record<string, string>
  query?: Record<string, string | number | undefined>
}

let announceSignedOut: (role: Role) => void = () => {}

/** Who is told when a token is no longer accepted: app.tsx opens the sign-in page. */
export function onSignedOut(listener: (role: Role) => void): void {
  announceSignedOut = listener
}

const roleOf = (path: string): Role => (path.startsWith('/api/staff/') ? 'staff' : 'member')

const pathWith = (pattern: string, params: Record<string, string> = {}): string =>
  pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

const queryText = (query: Record<string, string | number | undefined> = {}): string => {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`
}

async function sendOnce(sending: Sending): Promise<unknown> {
  const token = useSession.getState()[roleOf(sending.path)]?.token
  const answer = await Taro.request<unknown>({
    url: `${apiBase}${sending.path}`,
    method: sending.method,
    timeout: timeoutMs,
    ...(sending.isText ? { dataType: 'text', responseType: 'text' as const } : {}),
    data: sending.body === undefined ? undefined : JSON.stringify(sending.body),
    header: {
      ...(sending.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(sending.idempotencyKey ? { 'idempotency-key': sending.idempotencyKey } : {}),
    },
  }).catch((failure: unknown) => {
    throw errorOfFailure(failure)
  })
  if (answer.statusCode >= 200 && answer.statusCode < 300) return answer.data
  throw errorOfResponse(answer.statusCode, sending.isText ? parsed(answer.data) : answer.data)
}

/** Refusals are JSON even where a file was asked for. */
function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body))
  } catch {
    return body
  }
}

const mayRetry = (sending: Sending, error: ApiError): boolean =>
  error.isUndecided && (sending.method === 'GET' || sending.idempotencyKey !== undefined)

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** A token the server refuses is dropped; browsing goes on without it, anything else asks to sign in again. */
async function afterRefusedToken(sending: Sending, error: ApiError): Promise<unknown> {
  const role = roleOf(sending.path)
  const hadToken = useSession.getState()[role] !== null
  useSession.getState().signOut(role)
  if (hadToken && sending.method === 'GET' && sending.path.startsWith('/api/member/gifts')) {
    return sendOnce(sending)
  }
  announceSignedOut(role)
  throw error
}

/** Sends one request, with the retries that are safe. Only for paths outside the contracts; else use `api`. */
export async function send(sending: Sending): Promise<unknown> {
  const retries = sending.retries ?? retryDelaysMs.length
  for (let attempt = 0; ; attempt++) {
    try {
      return await sendOnce(sending)
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      if (caught.code === 'auth.unauthenticated' && !sending.path.endsWith('/session')) {
        return afterRefusedToken(sending, caught)
      }
      if (attempt >= retries || !mayRetry(sending, caught)) throw caught
      await wait(retryDelaysMs[attempt] ?? 1_200)
    }
  }
}

/** The text of a file the member may have. @throws ApiError */
export const fetchFile = async (path: string): Promise<string> =>
  (await send({ method: 'GET', path, isText: true })) as string

/**
 * Calls one route of the contracts: `api('POST /api/member/orders', { body, idempotencyKey })`.
 * The bearer token of the right role goes along.
 * @throws ApiError for every refusal and for no answer
 */
export async function api<R extends Route>(route: R, ...args: OptionsArgument<R>): Promise<ResponseOf<R>> {
  const [method = 'GET', pattern = ''] = route.split(' ')
  const options = (args[0] ?? {}) as LooseOptions
  const answer = await send({
    method: method as Sending['method'],
    path: pathWith(pattern, options.params) + queryText(options.query),
    body: options.body,
    idempotencyKey: options.idempotencyKey,
    retries: options.retries,
  })
  return answer as ResponseOf<R>
}
