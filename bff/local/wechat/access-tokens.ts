import type { Clock } from '#bff/kernel/clock'
import { randomSecret } from '#bff/kernel/secrets'

const lifeMs = 7_200_000
/** In a token's last 5 minutes a new one is issued on request, and both work until the old one ends. */
const overlapMs = 5 * 60_000

export interface StandInAccessTokens {
  issue(isForced: boolean): { token: string; expiresInSeconds: number }
  judge(token: string): 'valid' | 'expired' | 'invalid'
  /** Ends every token at once. */
  expireAll(): void
}

export function createStandInAccessTokens(clock: Clock): StandInAccessTokens {
  /** Newest first; older ones are kept only to tell "expired" from "never issued". */
  let issued: { token: string; expiresAtMs: number }[] = []
  const nowMs = () => clock.now().getTime()
  const expireAll = () => {
    for (const entry of issued) entry.expiresAtMs = Math.min(entry.expiresAtMs, nowMs())
  }
  return {
    expireAll,
    issue(isForced) {
      if (isForced) expireAll()
      let newest = issued[0]
      if (!newest || newest.expiresAtMs - nowMs() <= overlapMs) {
        newest = { token: randomSecret(512), expiresAtMs: nowMs() + lifeMs }
        issued = [newest, ...issued].slice(0, 10)
      }
      return { token: newest.token, expiresInSeconds: Math.floor((newest.expiresAtMs - nowMs()) / 1_000) }
    },
    judge(token) {
      const entry = issued.find((candidate) => candidate.token === token)
      if (!entry) return 'invalid'
      return entry.expiresAtMs > nowMs() ? 'valid' : 'expired'
    },
  }
}
