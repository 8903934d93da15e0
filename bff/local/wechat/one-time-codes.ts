import type { Clock } from '#bff/kernel/clock'
import { randomSecret } from '#bff/kernel/secrets'
import { BoundedMap } from './bounded-map'

/** Codes of wx.login and of the phone button both live this long and work once. */
const codeLifeMs = 5 * 60_000

export interface OneTimeCodes<T> {
  issue(value: T): string
  redeem(code: string): { value: T } | 'invalid' | 'used'
}

export function createOneTimeCodes<T>(clock: Clock): OneTimeCodes<T> {
  const codes = new BoundedMap<string, { value: T; issuedAtMs: number; isUsed: boolean }>(10_000)
  return {
    issue(value) {
      const code = randomSecret(192)
      codes.set(code, { value, issuedAtMs: clock.now().getTime(), isUsed: false })
      return code
    },
    redeem(code) {
      const entry = codes.get(code)
      if (!entry || clock.now().getTime() - entry.issuedAtMs >= codeLifeMs) return 'invalid'
      if (entry.isUsed) return 'used'
      entry.isUsed = true
      return { value: entry.value }
    },
  }
}
