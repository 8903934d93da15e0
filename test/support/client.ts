import { randomUUID } from 'node:crypto'

export interface Answer<T = Record<string, unknown>> {
  status: number
  body: T
  headers: Headers
}

interface RequestOptions {
  token?: string | undefined
  body?: unknown
  /** `null` sends none; left out, writes get a new one. */
  key?: string | null
  headers?: Record<string, string>
}

// The shapes of answers are checked against the contracts by the BFF under test, so tests may read them freely.
// biome-ignore lint/suspicious/noExplicitAny: a test states the fields it needs and fails when they are missing
export type Json = any

export type Send = (method: string, path: string, options?: RequestOptions) => Promise<Answer<Json>>

/** A client of one BFF over real HTTP. */
export const createClient =
  (baseUrl: string): Send =>
  async (method, path, { token, body, key, headers = {} } = {}) => {
    const isWrite = method !== 'GET'
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(isWrite && key !== null ? { 'idempotency-key': key ?? randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : parse(text), headers: response.headers }
  }

/** Texts and bytes go out as they are. */
const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array

const parse = (text: string): Json => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
