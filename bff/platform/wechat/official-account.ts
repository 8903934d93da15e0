import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '#bff/kernel/clock'
import { isSameSecret } from '#bff/kernel/secrets'
import { createAccessTokens, type WechatTokenCache } from './access-token'
import { createAuthorized, told } from './authorized'
import { createRequests, readAnswer } from './requests'

/** What WeChat sends with each push, to show that it knows the account's token. */
export interface PushSignature {
  signature: string
  timestamp: string
  nonce: string
}

/** The brand's WeChat official account 公众号. */
export interface OfficialAccount {
  /** As members find it. */
  name: string
  /** Whether a push is WeChat's own. The signature does not cover the body, so a body is only a hint whom to ask about. */
  isSigned(push: PushSignature): boolean
  /**
   * Whether an openid of this account follows it now, and who that is; `unionid` is null when the account and the mini
   * program are not bound to one Open Platform account.
   * @throws `auth.wechat_unavailable`, `rate.limited`
   */
  followerOf(openid: string): Promise<{ isFollowing: boolean; unionid: string | null }>
}

/** https://developers.weixin.qq.com/doc/offiaccount/User_Management/Get_users_basic_information_UnionID.html */
const userInfo = z.object({ subscribe: z.int(), unionid: z.string().optional() })

/** SHA-1 over the sorted three: https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html */
export const signPush = (token: string, { timestamp, nonce }: Omit<PushSignature, 'signature'>): string =>
  createHash('sha1').update([token, timestamp, nonce].sort().join('')).digest('hex')

/** @throws Error when `baseUrl` is no URL */
export function createOfficialAccount(options: {
  baseUrl: string
  appId: string
  appSecret: string
  token: string
  name: string
  tokenCache: WechatTokenCache
  clock: Clock
  timeoutMs?: number
}): OfficialAccount {
  const { baseUrl, token, name, timeoutMs = 3_000, ...app } = options
  const send = createRequests({ baseUrl, timeoutMs })
  const sendAuthorized = createAuthorized(send, createAccessTokens({ ...app, send }))
  return {
    name,
    isSigned: (push) => isSameSecret(signPush(token, push), push.signature),
    followerOf: (openid) =>
      told(
        (async () => {
          const path = '/cgi-bin/user/info'
          const query = { openid, lang: 'zh_CN' }
          const answer = await sendAuthorized({ method: 'GET', path, query, isRepeatable: true })
          const { subscribe, unionid } = readAnswer(userInfo, answer.json, path)
          return { isFollowing: subscribe === 1, unionid: unionid || null }
        })(),
      ),
  }
}
