import type { BusinessDate } from '#shared/domain/business-date'
import { type Tier, tiers } from '#shared/domain/enums'
import { assertInTransaction } from '../../platform/mongo/transaction'
import { type Member, MemberModel } from './member.model'

type Floor = NonNullable<Member['tierFloor']>
type Loan = Pick<NonNullable<Member['lentTier']>, 'tier' | 'until'>

const isAbove = (tier: Tier, other: Tier): boolean => tiers.indexOf(tier) > tiers.indexOf(other)

/** The tier a member has of his own, whatever is lent to him over it. */
export const ownTierOf = ({ tier, lentTier }: Member): Tier => lentTier?.own ?? tier

/** The floor that holds on a date. A tier that was given before floors were kept holds for good. */
export function floorOf(member: Member, today: BusinessDate): Floor | null {
  const { tierFloor } = member
  const tier = ownTierOf(member)
  if (tierFloor === undefined) return tier === 'regular' ? null : { tier, until: null }
  return tierFloor && (tierFloor.until === null || tierFloor.until >= today) ? tierFloor : null
}

/** What is lent to a member on a date. */
export const loanOf = ({ lentTier }: Member, today: BusinessDate): Loan | null =>
  lentTier && lentTier.until >= today ? { tier: lentTier.tier, until: lentTier.until } : null

/** The two loans as one: the higher tier counts, of one tier the later end. */
export function longerLoan(one: Loan | null, other: Loan): Loan {
  if (!one || isAbove(other.tier, one.tier)) return other
  return one.tier === other.tier && other.until > one.until ? other : one
}

/**
 * Sets a member's own tier, what is left of his floor and what is lent to him, in the caller's transaction.
 * @returns the tier he has now: the higher of his own and the lent one.
 */
export async function setTier(
  memberId: string,
  { own, floor, loan }: { own: Tier; floor: Floor | null; loan: Loan | null },
): Promise<Tier> {
  assertInTransaction()
  const tier = loan && isAbove(loan.tier, own) ? loan.tier : own
  const lentTier = loan && { ...loan, own }
  await MemberModel.updateOne({ _id: memberId }, { $set: { tier, tierFloor: floor, lentTier } })
  return tier
}
