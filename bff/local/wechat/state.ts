import type { Clock } from '#bff/kernel/clock'
import { createStandInAccessTokens, type StandInAccessTokens } from './access-tokens'
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

/** All that the stand-in remembers. */
export interface StandInState {
  clock: Clock
  appId: string
  appSecret: string
  loginCodes: OneTimeCodes<Identity>
  phoneCodes: OneTimeCodes<string>
  tokens: StandInAccessTokens
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
  failures: createFailures(),
  messages: [],
  requestCounts: new Map(),
})
