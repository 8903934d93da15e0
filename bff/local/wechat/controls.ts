import { z } from 'zod'
import type { StandInReply, StandInRequest } from './endpoints'
import { type Failure, failureSchema } from './failures'
import { type Follow, followSchema, pushFollow } from './follows'
import type { Identity, SentMessage, StandInState } from './state'

/** What WeChat's app and its users would do, for whoever runs the stand-in in its own process. */
export interface StandInControl {
  /** A wx.login code of this member: works once, for 5 minutes. */
  issueCode(identity: Identity): string
  /** A code of the phone button: works once, for 5 minutes. */
  issuePhoneCode(phone: string): string
  /** A demo person follows the official account, or no longer does; WeChat tells `pushTo` of it, the address it was given. */
  follow(follow: Follow): Promise<void>
  fail(failure: Failure): void
  clearFailures(): void
  expireAccessTokens(): void
  messages(): readonly SentMessage[]
  /** How often a path of WeChat was asked, failures included. */
  requestCount(path: string): number
}

export const createControl = (state: StandInState): StandInControl => ({
  issueCode: (identity) => state.loginCodes.issue(identity),
  issuePhoneCode: (phone) => state.phoneCodes.issue(phone),
  follow: (follow) => pushFollow(state, follow),
  fail: (failure) => state.failures.ask(failure),
  clearFailures: () => state.failures.clear(),
  expireAccessTokens: () => state.tokens.expireAll(),
  messages: () => [...state.messages],
  requestCount: (path) => state.requestCounts.get(path) ?? 0,
})

type ControlRoute = (control: StandInControl, request: StandInRequest) => StandInReply | Promise<StandInReply>

const identitySchema = z.object({
  openid: z.string().min(1).max(128),
  unionid: z.string().min(1).max(128).optional(),
})
const phoneSchema = z.object({ phone: z.string().min(1).max(20) })

const done: StandInReply = { json: {} }

/** The same over HTTP, for tests in other processes. */
export const controlRoutes: ReadonlyMap<string, ControlRoute> = new Map<string, ControlRoute>([
  [
    'POST /stand-in/codes',
    (control, { body }) => ({ json: { code: control.issueCode(identitySchema.parse(body)) } }),
  ],
  [
    'POST /stand-in/phone-codes',
    (control, { body }) => ({ json: { code: control.issuePhoneCode(phoneSchema.parse(body).phone) } }),
  ],
  [
    'POST /stand-in/failures',
    (control, { body }) => {
      control.fail(failureSchema.parse(body))
      return done
    },
  ],
  [
    'DELETE /stand-in/failures',
    (control) => {
      control.clearFailures()
      return done
    },
  ],
  [
    'POST /stand-in/follows',
    async (control, { body }) => {
      await control.follow(followSchema.parse(body))
      return done
    },
  ],
  ['GET /stand-in/messages', (control) => ({ json: { items: control.messages() } })],
])
