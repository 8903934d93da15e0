import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Contract } from '#shared/contracts/contract'

type Input<C extends Contract, Key extends 'params' | 'body'> =
  C extends Record<Key, infer T> ? (T extends z.ZodType ? z.input<T> : undefined) : undefined

export interface CallOptions<C extends Contract> {
  params?: Input<C, 'params'>
  body?: Input<C, 'body'>
  /** A CSV file in place of a body. */
  csv?: string
  /** A picture in place of a body. */
  jpeg?: Buffer
}

/** Calls one operation as somebody. @throws Error with the answer when it is no success */
export type Caller = <C extends Contract>(
  contract: C,
  options?: CallOptions<C>,
) => Promise<z.output<C['response']>>

interface Request {
  token: string | null
  options: { params?: unknown; body?: unknown; csv?: string; jpeg?: Buffer }
}

const bodyOf = ({ csv, jpeg, body }: Request['options']) =>
  csv ?? (jpeg ? new Uint8Array(jpeg) : body === undefined ? undefined : JSON.stringify(body))

const signInsMax = 4

/** A client of the BFF that seeds the world the way people would: over HTTP, one request after the other. */
export function createApi(baseUrl: string) {
  const send = async (contract: Contract, { token, options }: Request): Promise<Response> => {
    const params = Object.entries(options.params ?? {})
    const path = params.reduce(
      (text, [name, value]) => text.replace(`:${name}`, String(value)),
      contract.path,
    )
    return fetch(baseUrl + path, {
      method: contract.method,
      headers: {
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.csv === undefined ? {} : { 'content-type': 'text/csv' }),
        ...(options.jpeg === undefined ? {} : { 'content-type': 'image/jpeg' }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(contract.idempotency ? { 'idempotency-key': randomUUID() } : {}),
      },
      body: bodyOf(options),
    })
  }
  const read = async <C extends Contract>(
    contract: C,
    response: Response,
  ): Promise<z.output<C['response']>> => {
    const text = await response.text()
    if (!response.ok) throw new Error(`${contract.id} answered ${response.status}: ${text}`)
    return contract.response.parse(text === '' ? null : JSON.parse(text)) as z.output<C['response']>
  }
  const anyone: Caller = async (contract, options = {}) =>
    read(contract, await send(contract, { token: null, options }))

  return {
    anyone,
    /**
     * Somebody who signs in when needed: the days of the history pass faster than sessions expect, and the database
     * removes sessions of the past whenever its own clock says so.
     */
    person(signIn: (anyone: Caller) => Promise<string>): Caller {
      let signedIn: Promise<string> | undefined
      const token = () => {
        signedIn ??= signIn(anyone)
        return signedIn
      }
      return async (contract, options = {}) => {
        for (let attempt = 1; ; attempt += 1) {
          const used = token()
          const response = await send(contract, { token: await used, options })
          if (response.status !== 401 || attempt === signInsMax) return read(contract, response)
          if (signedIn === used) signedIn = undefined
        }
      }
    },
  }
}

export type Api = ReturnType<typeof createApi>
