import type { Services } from '../../../platform/services'
import { countEntitlements } from '../../entitlements'
import { type Member, standingOf } from '../../members'
import { readPoints } from '../../points'
import type { MemberStanding } from '../eligibility'
import { type Gift, plainRules } from '../gift.model'

/** What a gift asks of a member, as it is now; inside a transaction as that sees it. Reads only what the gift asks for. */
export async function readStanding(
  services: Pick<Services, 'clock' | 'calendar'>,
  member: Member,
  gift: Gift,
): Promise<MemberStanding> {
  const { minimumBalance, entitlement } = { ...plainRules, ...gift }
  const available = minimumBalance > 0 ? (await readPoints(services, member._id)).available : 0
  const held = entitlement ? await countEntitlements(services, member._id, [entitlement]) : new Map()
  return {
    ...standingOf(member),
    joinedOn: services.calendar.dateOf(member.firstJoinedAt ?? member.joinedAt),
    available,
    entitlements: held.get(entitlement) ?? 0,
  }
}
