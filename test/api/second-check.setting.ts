import { randomInt } from 'node:crypto'
import { type SmsStandIn, startSmsStandIn } from '#bff/local/sms/stand-in'
import { bindPhone } from '#test/support/bind-phone'
import { type Api, startApi, success } from './setting'

export const thresholdPoints = 1_000

export interface SecondCheck {
  api: Api
  sms: SmsStandIn
  /** A member with points for everything, and a phone unless told. */
  member(options?: { phone?: string | null }): Promise<{ id: string; token: string; phone: string }>
  /** A gift that needs a code. */
  dearGift(overrides?: object): Promise<{ id: string }>
  /** Asks for a code and reads it off the phone. */
  receiveCode(token: string): Promise<string>
  /** A code that is not this one. */
  otherThan(code: string): string
}

/** A BFF with a provider of text messages, where orders from 1,000 points need a code. */
export function startSecondCheck(overrides: NodeJS.ProcessEnv = {}): SecondCheck {
  const check = {} as SecondCheck
  Object.assign(check, {
    async member({ phone = `139${randomInt(1e7, 1e8)}` }: { phone?: string | null } = {}) {
      const { id, token } = await check.api.make.member({ points: 50_000 })
      if (phone) success(await bindPhone(check.api.send, token, phone))
      return { id, token, phone: phone ?? '' }
    },
    dearGift: (more = {}) => check.api.make.gift({ pricePoints: thresholdPoints, stock: 100, ...more }),
    async receiveCode(token: string) {
      const sent = check.sms.messages.length
      success(await check.api.send('POST', '/api/member/orders/verification-codes', { token }), 201)
      return check.sms.messages[sent]?.params[0] ?? ''
    },
    otherThan: (code: string) => String((Number(code) + 1) % 1e6).padStart(6, '0'),
  } satisfies Omit<SecondCheck, 'api' | 'sms'>)
  check.api = startApi(async () => {
    check.sms = await startSmsStandIn()
    return { ...check.sms.settings, ...overrides }
  })
  beforeAll(async () => {
    await check.api.make.admin('PATCH', '/api/admin/settings', { secondCheckPoints: thresholdPoints })
  })
  afterAll(() => check.sms.stop())
  return check
}
