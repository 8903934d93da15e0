import { addDays, type BusinessDate } from '#shared/domain/business-date'
import type { Services } from '../../../platform/services'
import type { Expiry } from '../earning-rule.model'
import {
  type Basics,
  basicRuleId,
  evaluate,
  type PurchaseFacts,
  sumOf,
  type VersionedTerms,
} from '../evaluate'
import { basicsOf } from '../queries/find-rules'
import { type Award, type Awarded, awardPoints, type GivenShare } from './award-points'

/** A purchase, for its points. */
export interface PurchaseAward extends Omit<Award, 'shares' | 'cuts' | 'businessDate'> {
  facts: PurchaseFacts
  rules: readonly VersionedTerms[]
}

/** Gives the points of a purchase in the caller's transaction, by rules and caps. @throws as `awardPoints`. */
export function awardPurchase(
  services: Pick<Services, 'clock' | 'calendar'>,
  { facts, rules, ...award }: PurchaseAward,
): Promise<Awarded> {
  const { shares, cuts } = evaluate(facts, rules, basicsOf(award.settings))
  const ruleById = new Map(rules.map((rule) => [rule.id, rule]))
  return awardPoints(services, {
    ...award,
    businessDate: facts.businessDate,
    cuts,
    shares: shares.map((share) => {
      const rule = ruleById.get(share.ruleId)
      return {
        ...share,
        caps: rule?.caps ?? null,
        expiresOn: expiryOf(rule?.expiry ?? null, facts.businessDate),
      }
    }),
  })
}

/** The last business date of points earned on a day; null for the usual year. */
export const expiryOf = (expiry: Expiry, earnedOn: BusinessDate): BusinessDate | null => {
  if (!expiry) return null
  return expiry.kind === 'days' ? addDays(earnedOn, expiry.days) : expiry.date
}

/**
 * What is left of a purchase's points once part of it was refunded: judged anew by what remains paid, the same rules and
 * the same facts. No rule keeps more than it gave, so no cap is passed; a point that rounding moves from a rule that no
 * cap had cut goes to the basic share, so that without such cuts it is exactly what the rest alone would have earned.
 */
export function remainingShares(
  given: readonly GivenShare[],
  { facts, rules, basics }: Pick<PurchaseAward, 'facts' | 'rules'> & { basics: Basics },
): GivenShare[] {
  const anew = new Map(evaluate(facts, rules, basics).shares.map((share) => [share.ruleId, share.points]))
  let moved = 0
  const rest = given.map((share) => {
    const wanted = anew.get(share.ruleId) ?? 0
    const points = Math.min(wanted, share.points)
    if (share.cutPoints === 0) moved += wanted - points
    return { ...share, points }
  })
  const basic = rest.find(({ ruleId }) => ruleId === basicRuleId) ?? rest[0]
  const room = sumOf(given) - sumOf(rest)
  if (basic) basic.points += Math.min(moved, room)
  return rest
}
