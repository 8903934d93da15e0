import type { BusinessDate } from '#shared/domain/business-date'
import type { Tier } from '#shared/domain/enums'
import { assertInTransaction } from '../../platform/mongo/transaction'
import { type Member, MemberModel } from './member.model'

type Floor = NonNullable<Member['tierFloor']>

/** The floor that holds on a date. A tier that was given before floors were kept holds for good. */
export function floorOf({ tier, tierFloor }: Member, today: BusinessDate): Floor | null {
  if (tierFloor === undefined) return tier === 'regular' ? null : { tier, until: null }
  return tierFloor && (tierFloor.until === null || tierFloor.until >= today) ? tierFloor : null
}

/** Sets a member's tier and what is left of his floor, in the caller's transaction. */
export async function setTier(memberId: string, tier: Tier, tierFloor: Floor | null): Promise<void> {
  assertInTransaction()
  await MemberModel.updateOne({ _id: memberId }, { $set: { tier, tierFloor } })
}
