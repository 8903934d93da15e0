import { type AdjustableClock, createAdjustableClock } from '#bff/kernel/clock'
import { startWechatStandIn } from '#bff/local/wechat/stand-in'
import { createWechatClient, type WechatClient } from '#bff/platform/wechat/client'

type StandIn = Awaited<ReturnType<typeof startWechatStandIn>>

/** A token cache in memory; `entries` lets a test look in or share it between clients. */
export function createMemoryCache(entries = new Map<string, string>()) {
  const ttlsSeconds: number[] = []
  return {
    entries,
    ttlsSeconds,
    get: async (key: string) => entries.get(key) ?? null,
    set: async (key: string, value: string, ttlSeconds: number) => {
      entries.set(key, value)
      ttlsSeconds.push(ttlSeconds)
    },
  }
}

export interface Setting {
  standIn: StandIn
  control: StandIn['control']
  clock: AdjustableClock
  wechat: WechatClient
  /** A client of the same app, as another process has it. */
  client(options?: Partial<Parameters<typeof createWechatClient>[0]>): WechatClient
}

/** A stand-in of its own and a client of it, both on one clock that only the test moves. */
export async function openSetting(): Promise<Setting> {
  const start = new Date('2030-03-01T04:00:00Z')
  const clock = createAdjustableClock({ now: () => start })
  const standIn = await startWechatStandIn({ clock })
  const { baseUrl, appId, appSecret, control } = standIn
  const client: Setting['client'] = (options) =>
    createWechatClient({ baseUrl, appId, appSecret, clock, tokenCache: createMemoryCache(), ...options })
  return { standIn, control, clock, client, wechat: client() }
}

/** What a promise is rejected with; a fulfilled one fails the test. */
export async function rejectionOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('was expected to be rejected')
}

export const paths = {
  session: '/sns/jscode2session',
  token: '/cgi-bin/stable_token',
  phone: '/wxa/business/getuserphonenumber',
  message: '/cgi-bin/message/subscribe/send',
  code: '/wxa/getwxacodeunlimit',
  text: '/wxa/msg_sec_check',
} as const
