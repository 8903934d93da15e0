import type { BusinessDate } from '#shared/domain/business-date'
import type { Tier } from '#shared/domain/enums'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import { loanOf, longerLoan } from '../../members'
import { readStanding, settleTier, type TierServices } from './settle-tier'

/**
 * Lends a member a tier until a date, in the caller's transaction: he has it at once and for no longer. It lies over his
 * own tier, its floor and its grace, and changes none of them; a higher one that is lent already stays. Nothing for one
 * who left.
 */
export async function lendTier(
  services: TierServices,
  { memberId, tier, until }: { memberId: string; tier: Tier; until: BusinessDate },
): Promise<void> {
  assertInTransaction()
  const standing = await readStanding(services, memberId)
  if (!standing) return
  const loan = longerLoan(loanOf(standing.member, standing.today), { tier, until })
  await settleTier(services, standing, { loan })
}
