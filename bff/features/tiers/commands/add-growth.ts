import type { BusinessDate } from '#shared/domain/business-date'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import { withGrowth } from '../growth'
import { readStanding, settleTier, type TierServices } from './settle-tier'

export interface Growth {
  memberId: string
  /** The business date it counts on. */
  date: BusinessDate
  /** Whole; negative to take back what was given on that date. */
  value: number
}

/**
 * Adds growth and settles the tier, in the transaction of what makes it grow. Call it after that has given its points:
 * they are judged by the tier before. A blocked member does not grow, but what is taken back is taken; of one who left
 * nothing is kept.
 * @returns what was given, to take exactly that back later.
 */
export async function addGrowth(services: TierServices, { memberId, date, value }: Growth): Promise<number> {
  assertInTransaction()
  if (value === 0) return 0
  const standing = await readStanding(services, memberId)
  if (!standing || (value > 0 && standing.member.blockedReason !== null)) return 0
  const { account, today } = standing
  const days = withGrowth(account.days, { date, value }, today)
  await settleTier(services, { ...standing, account: { ...account, days } })
  return value
}
