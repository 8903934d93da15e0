import Taro from '@tarojs/taro'
import type { BodyOf, QueryOf, ResponseOf, RouteName } from '#shared/contracts/index'
import { ApiError, errorOfFailure, errorOfResponse } from './api-error'
import { apiBase } from './origin'
import { type Role, useSession } from './session'
import { text } from './text'

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
  /** It is answered without a token too. */
  isTokenOptional?: boolean
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

type RouteOf<Actor extends string> = {
  [R in Route]: RouteName[R]['actor'] extends Actor ? R : never
}[Route]

/** What can be read without a token. The compiler holds this list against the actors in the contracts. */
const isTokenOptional: Record<RouteOf<'member-optional'>, true> = {
  'GET /api/member/gifts': true,
  'GET /api/member/gifts/:id': true,
  'GET /api/member/rains': true,
  'GET /api/member/rains/:id': true,
}

const roleOf = (path: string): Role => (path.startsWith('/api/staff/') ? 'staff' : 'member')

const pathWith = (pattern: string, params: Record<string, string> = {}): string =>
  pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

const queryText = (query: Record<string, string | number | undefined> = {}): string => {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&')}`
}

const tokenNow = (role: Role): string | undefined => useSession.getState()[role]?.token

async function sendOnce(sending: Sending, token: string | undefined): Promise<unknown> {
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
  // Signed out, or in as somebody else, while it was under way: the answer is not theirs to see.
  if (token !== undefined && token !== tokenNow(roleOf(sending.path))) throw otherSession()
  if (answer.statusCode >= 200 && answer.statusCode < 300) return answer.data
  throw errorOfResponse(answer.statusCode, sending.isText ? parsed(answer.data) : answer.data)
}

const otherSession = () =>
  new ApiError({ status: 401, code: 'auth.unauthenticated', message: text.errors.otherSession })

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
async function afterRefusedToken(
  sending: Sending,
  error: ApiError,
  token: string | undefined,
): Promise<unknown> {
  const role = roleOf(sending.path)
  // Somebody has signed in meanwhile: their token was not refused.
  if (token !== tokenNow(role)) throw error
  useSession.getState().signOut(role)
  if (token !== undefined && sending.isTokenOptional) return sendOnce(sending, undefined)
  announceSignedOut(role)
  throw error
}

/** Sends one request, with the retries that are safe. Only for paths outside the contracts; else use `api`. */
export async function send(sending: Sending): Promise<unknown> {
  const retries = sending.retries ?? retryDelaysMs.length
  for (let attempt = 0; ; attempt++) {
    const token = tokenNow(roleOf(sending.path))
    try {
      return await sendOnce(sending, token)
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught
      if (caught.code === 'auth.unauthenticated' && !sending.path.endsWith('/session')) {
        return afterRefusedToken(sending, caught, token)
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
    isTokenOptional: route in isTokenOptional,
  })
  return answer as ResponseOf<R>
}
