import type { Clock } from '#bff/kernel/clock'
import { createStandInAccessTokens, type StandInAccessTokens } from './access-tokens'
import { BoundedMap } from './bounded-map'
import { createFailures, type Failures } from './failures'
import { createOneTimeCodes, type OneTimeCodes } from './one-time-codes'

export interface Identity {
  openid: string
  unionid?: string
}

/** A subscribe message as it was sent. */
export interface SentMessage {
  openid: string
  templateId: string
  page: string | null
  values: Record<string, string>
  miniProgramState: string
  sentAt: string
}

/** The official account that the stand-in plays beside the mini program; not secret, for it is nobody's. */
export const standInAccount = {
  appId: 'wxfedcba9876543210',
  appSecret: 'stand-in-official-secret',
  token: 'standInToken',
  name: '积礼生活',
}

/** The settings of a BFF that uses it. */
export const standInAccountSettings = {
  WECHAT_OFFICIAL_APP_ID: standInAccount.appId,
  WECHAT_OFFICIAL_APP_SECRET: standInAccount.appSecret,
  WECHAT_OFFICIAL_TOKEN: standInAccount.token,
  WECHAT_OFFICIAL_NAME: standInAccount.name,
}

/** All that the stand-in remembers. */
export interface StandInState {
  clock: Clock
  appId: string
  appSecret: string
  loginCodes: OneTimeCodes<Identity>
  phoneCodes: OneTimeCodes<string>
  tokens: StandInAccessTokens
  /** Tokens of the official account, which is another app. */
  accountTokens: StandInAccessTokens
  /** Who follows the official account: its openid of a person → his unionid. */
  followers: Map<string, string>
  failures: Failures
  /** Oldest first; the last 1,000. */
  messages: SentMessage[]
  /** How often each path of WeChat was asked. */
  requestCounts: Map<string, number>
}

export const createState = (options: { clock: Clock; appId: string; appSecret: string }): StandInState => ({
  ...options,
  loginCodes: createOneTimeCodes(options.clock),
  phoneCodes: createOneTimeCodes(options.clock),
  tokens: createStandInAccessTokens(options.clock),
  accountTokens: createStandInAccessTokens(options.clock),
  followers: new BoundedMap(10_000),
  failures: createFailures(),
  messages: [],
  requestCounts: new Map(),
})
