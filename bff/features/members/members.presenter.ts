import type { z } from 'zod'
import type { adminMember, member as memberContract } from '#shared/contracts/members'
import type { Services } from '../../platform/services'
import { readPoints } from '../points'
import { type Member, newStanding } from './member.model'

export const presentMember = (member: Member): z.input<typeof memberContract> => ({
  id: member._id,
  nick: member.nick,
  avatarUrl: member.avatarUrl,
  tier: member.tier,
  inviteCode: member.inviteCode,
  joinedAt: member.joinedAt.toISOString(),
  isBlocked: member.blockedReason !== null,
})

export async function presentAdminMember(
  services: Pick<Services, 'clock' | 'calendar'>,
  member: Member,
): Promise<z.input<typeof adminMember>> {
  const { available, frozen, debt } = await readPoints(services, member._id)
  return {
    ...presentMember(member),
    ...standingOf(member),
    blockedReason: member.blockedReason,
    closedAt: member.closedAt?.toISOString() ?? null,
    points: { available, frozen, debt },
  }
}

/** What gifts ask of a member, whenever he was written. */
export function standingOf(member: Member): Pick<Member, 'tier' | keyof typeof newStanding> {
  const { tier, groups, birthday, isPhoneBound, spend, accountKind } = { ...newStanding, ...member }
  return { tier, groups, birthday, isPhoneBound, spend, accountKind }
}
