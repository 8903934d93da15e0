import { z } from 'zod'
import type { Clock } from '#bff/kernel/clock'
import { redisKeys } from '../redis/keys'
import { readAnswer, type SendRequest } from './requests'

/** Where processes share the access token. May lose it or fail: then each process asks WeChat itself. */
export interface WechatTokenCache {
  get(key: string): Promise<string | null>
  set(key: string, value: string, ttlSeconds: number): Promise<void>
}

/** The app's access token, valid now and for at least the next request. @throws WechatFailure when none can be had */
export interface AccessTokens {
  current(): Promise<string>
  /** A token to use in place of one that WeChat refused. */
  replace(refusedToken: string): Promise<string>
}

/**
 * In a token's last 5 minutes WeChat gives a new one on request and accepts both
 * (https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-access-token/getStableAccessToken.html),
 * so it is renewed in that time. A little later than its start, because a token handed out just before
 * may be valid for exactly 5 minutes and would otherwise be renewed at every call.
 */
const renewAheadMs = 4 * 60_000

const path = '/cgi-bin/stable_token'
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

const heldToken = z.object({ token: z.string().min(1), expiresAtMs: z.number() })
type HeldToken = z.infer<typeof heldToken>

/** Keeps one token in the process and one in the cache, and asks WeChat for another before it expires. */
export function createAccessTokens(options: {
  appId: string
  appSecret: string
  tokenCache: WechatTokenCache
  clock: Clock
  send: SendRequest
}): AccessTokens {
  const { appId, appSecret, tokenCache, clock, send } = options
  const key = redisKeys.wechatToken(`access-token:${appId}`)
  let held: HeldToken | null = null
  let refused: string | null = null
  let pending: Promise<HeldToken> | null = null

  const remainingMs = (candidate: HeldToken) => candidate.expiresAtMs - clock.now().getTime()
  const isFresh = (candidate: HeldToken) =>
    candidate.token !== refused && remainingMs(candidate) > renewAheadMs

  /**
   * Asks without `force_refresh`: the answer is the one token that is valid now, the same for every process
   * that asks. Forcing would end the others' tokens and is limited to 20 a day.
   */
  async function issue(): Promise<HeldToken> {
    const askedAtMs = clock.now().getTime()
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret }
    const answer = await send({ method: 'POST', path, body, isRepeatable: true })
    const { access_token: token, expires_in: expiresInSeconds } = readAnswer(tokenAnswer, answer.json, path)
    refused = null
    const issued = { token, expiresAtMs: askedAtMs + expiresInSeconds * 1_000 }
    const ttlSeconds = Math.floor((remainingMs(issued) - renewAheadMs) / 1_000)
    if (ttlSeconds > 0) await tokenCache.set(key, JSON.stringify(issued), ttlSeconds).catch(() => undefined)
    return issued
  }

  async function load(): Promise<HeldToken> {
    const shared = parseHeldToken(await tokenCache.get(key).catch(() => null))
    return shared && isFresh(shared) ? shared : await issue()
  }

  /** One load at a time: a thousand callers with an expired token are one request. */
  function loadOnce(): Promise<HeldToken> {
    pending ??= load()
      .then((loaded) => {
        held = loaded
        return loaded
      })
      .finally(() => {
        pending = null
      })
    return pending
  }

  async function current(): Promise<string> {
    if (held && isFresh(held)) return held.token
    try {
      return (await loadOnce()).token
    } catch (error) {
      // Renewal is tried early, so a failed one is no reason to stop while the old token still holds.
      if (held && held.token !== refused && remainingMs(held) > 0) return held.token
      throw error
    }
  }

  return {
    current,
    replace: (refusedToken) => {
      refused = refusedToken
      return current()
    },
  }
}

function parseHeldToken(text: string | null): HeldToken | null {
  if (text === null) return null
  try {
    return heldToken.parse(JSON.parse(text))
  } catch {
    return null
  }
}
