import { hmacSha256 } from '../../kernel/secrets'
import type { Services } from '../../platform/services'
import type { VerificationPurpose } from './verification-code.model'

export const codeLifeMs = 5 * 60_000
export const triesMax = 5
export const dayMs = 24 * 3_600_000

/** How many codes a member may be sent within a time; sending costs money and may pester whoever has the phone. */
const sendLimits = [
  { count: 1, withinMs: 60_000 },
  { count: 5, withinMs: 3_600_000 },
  { count: 10, withinMs: dayMs },
] as const

/** When the next code may be sent; in the past when it may be sent now. */
export function nextSendAt(sentAt: readonly Date[]): Date {
  const waits = sendLimits.map(({ count, withinMs }) => {
    const first = sentAt.at(-count)
    return first ? first.getTime() + withinMs : 0
  })
  return new Date(Math.max(...waits))
}

/** Whose codes, and for what. */
export interface CodeOwner {
  memberId: string
  purpose: VerificationPurpose
}

export const idOf = ({ memberId, purpose }: CodeOwner): string => `${memberId}:${purpose}`

/** Six digits are soon tried out by who has a plain hash; the key is not in the database. */
export const hashOf = ({ codeKeys }: Pick<Services, 'codeKeys'>, owner: CodeOwner, code: string): string =>
  hmacSha256(codeKeys.lookup, `verification-code:${idOf(owner)}:${code}`)
