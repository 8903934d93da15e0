import { tierNames } from '#shared/domain/enums'
import type { Member } from '../members'
import type { Rain } from './rain.model'

/** Why a member cannot take part, in his words; null when he can. */
export function obstacleOf(
  { tiers, groups }: Pick<Rain, 'tiers' | 'groups'>,
  member: Pick<Member, 'tier' | 'groups'>,
): string | null {
  if (tiers.length > 0 && !tiers.includes(member.tier))
    return `这一场只给${tiers.map((tier) => tierNames[tier]).join('、')}`
  if (groups.length > 0 && !groups.some((group) => member.groups.includes(group)))
    return `这一场只给${groups.join('、')}`
  return null
}
