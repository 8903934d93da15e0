import { Redis } from 'ioredis'

export interface RedisOptions {
  url: string
  /** Told once each time Redis is lost or found again. */
  onChange: (isUp: boolean) => void
}

/**
 * A client for work that can do without Redis: a command fails at once while Redis is away and after
 * 500 ms when it is slow, and the connection is tried again for ever. One that is silent for a second is dropped
 * until Redis answers again: else each of a request's commands would wait in turn, under the locks it holds.
 */
export function connectRedis(options: RedisOptions): Redis {
  const client = new Redis(options.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 1_000,
    commandTimeout: 500,
    socketTimeout: 1_000,
    retryStrategy: (attempt) => Math.min(50 * attempt, 1_000),
  })
  let isUp = false
  const change = (up: boolean) => {
    if (up === isUp) return
    isUp = up
    options.onChange(up)
  }
  client.on('ready', () => change(true))
  client.on('close', () => change(false))
  // Without a listener a lost connection would end the process; `close` already tells.
  client.on('error', () => undefined)
  return client
}

/** Waits until Redis answers, at most `withinMs`; returns whether it does. */
export async function waitForRedis(client: Redis, withinMs: number): Promise<boolean> {
  if (client.status === 'ready') return true
  return await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => {
      client.off('ready', ready)
      resolve(false)
    }, withinMs)
    const ready = () => {
      clearTimeout(timer)
      resolve(true)
    }
    client.once('ready', ready)
  })
}

/** Runs a Redis command whose loss only costs speed; `fallback` is the answer without Redis. */
export async function orWithoutRedis<T>(command: Promise<T>, fallback: T): Promise<T> {
  try {
    return await command
  } catch {
    return fallback
  }
}
