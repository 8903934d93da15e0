import { type BusinessDate, weekdayOf } from '#shared/domain/business-date'
import { type AccountKind, type Tier, tierNames } from '#shared/domain/enums'
import type { RuleTerms } from './earning-rule.model'

/** One line of a purchase, as it stands: what was really paid for it, less what was refunded. */
export interface PaidLine {
  paidFen: number
  productGroup: string | null
  isDiscounted: boolean
}

/** All that points depend on; kept with the purchase, so that a refund is judged by the same facts. */
export interface PurchaseFacts {
  lines: PaidLine[]
  storeId: string | null
  occurredAt: Date
  businessDate: BusinessDate
  tier: Tier
  groups: string[]
  /** `MM-DD`, or null when it is not known. */
  birthday: string | null
  accountKind: AccountKind
}

/** The numbers that are no rules: settings of the programme. */
export interface Basics {
  /** Points a yuan, in percent. */
  ratePercent: number
  tierPercent: Record<Tier, number>
  capPerPurchase: Record<AccountKind, number>
}

/** A rule with the name of its terms, `<rule>@<version>`. */
export interface VersionedTerms extends RuleTerms {
  id: string
}

/** The part of the points that one rule adds. */
export interface Share {
  /** `<rule>@<version>`, or `basic`, `tier`. */
  ruleId: string
  name: string
  points: number
}

/** What a cap took away. */
export interface Cut {
  /** The rule whose cap it is, or null for the programme's. */
  ruleId: string | null
  reason: string
  points: number
}

export interface Evaluation {
  points: number
  shares: Share[]
  cuts: Cut[]
}

export const basicRuleId = 'basic'
export const tierRuleId = 'tier'

/**
 * What a purchase earns before anything that others earn counts: floor(Σ paid fen × rate × multiples ÷ 100), rounded once
 * over all lines, then bonuses, then the caps per purchase. A rule's share is what the points grow by when it comes in
 * after those before it, so the shares add up to the points exactly. Whole-number arithmetic throughout.
 */
export function evaluate(facts: PurchaseFacts, rules: readonly VersionedTerms[], basics: Basics): Evaluation {
  const matching = inOrder(rules.filter((rule) => obstacleTo(rule, facts) === null))
  const shares = [...multiplied(facts, matching, basics), ...bonuses(facts, matching)]
  const cuts: Cut[] = []
  for (const share of shares) {
    const cap = matching.find(({ id }) => id === share.ruleId)?.caps.perPurchase ?? null
    if (cap !== null && share.points > cap) {
      cuts.push({
        ruleId: share.ruleId,
        reason: `${share.name}每笔最多 ${cap} 积分`,
        points: share.points - cap,
      })
      share.points = cap
    }
  }
  const cap = basics.capPerPurchase[facts.accountKind]
  const over = sumOf(shares) - cap
  if (over > 0) {
    cutFromLast(shares, over)
    cuts.push({ ruleId: null, reason: `每笔消费最多 ${cap} 积分`, points: over })
  }
  return { points: sumOf(shares), shares, cuts }
}

export const sumOf = (parts: readonly { points: number }[]): number =>
  parts.reduce((sum, { points }) => sum + points, 0)

/** What was added last goes first, so that the basic points stay longest. */
function cutFromLast(shares: Share[], points: number): void {
  let left = points
  for (const share of [...shares].reverse()) {
    const taken = Math.min(left, share.points)
    share.points -= taken
    left -= taken
  }
}

/** Why a rule does not apply to a purchase, for the operator; null when it does, to one line at least. */
export function obstacleTo({ conditions, effect }: RuleTerms, facts: PurchaseFacts): string | null {
  const { startsAt, endsAt, weekdays, tiers, groups, birthday, storeIds } = conditions
  if (startsAt && facts.occurredAt < startsAt) return '还没开始'
  if (endsAt && facts.occurredAt >= endsAt) return '已经结束'
  if (weekdays.length > 0 && !weekdays.includes(weekdayOf(facts.businessDate))) return '不在这几个星期几'
  if (tiers.length > 0 && !tiers.includes(facts.tier))
    return `只给${tiers.map((tier) => tierNames[tier]).join('、')}`
  if (groups.length > 0 && !groups.some((group) => facts.groups.includes(group)))
    return `只给${groups.join('、')}`
  if (birthday && !isBirthday(facts, birthday)) return birthday === 'day' ? '不在生日当天' : '不在生日当月'
  if (storeIds.length > 0 && !storeIds.includes(facts.storeId ?? '')) return '不是指定的门店'
  const paidFen = facts.lines
    .filter((line) => isFor(conditions, line))
    .reduce((sum, line) => sum + line.paidFen, 0)
  if (paidFen === 0) return '没有适用的商品'
  if (effect.kind === 'bonus' && paidFen < effect.minimumPaidFen) return '没有消费满额'
  return null
}

const isFor = ({ productGroups, discountedOnly }: RuleTerms['conditions'], line: PaidLine): boolean =>
  (productGroups.length === 0 || productGroups.includes(line.productGroup ?? '')) &&
  (!discountedOnly || line.isDiscounted)

/** Who was born on 29 February has it on the 28th in other years. */
function isBirthday({ birthday, businessDate }: PurchaseFacts, unit: 'day' | 'month'): boolean {
  if (!birthday) return false
  if (unit === 'month') return businessDate.slice(5, 7) === birthday.slice(0, 2)
  const year = Number(businessDate.slice(0, 4))
  const isLeapYear = new Date(Date.UTC(year, 2, 0)).getUTCDate() === 29
  return businessDate.slice(5) === (birthday === '02-29' && !isLeapYear ? '02-28' : birthday)
}

const inOrder = (rules: readonly VersionedTerms[]): VersionedTerms[] =>
  [...rules].sort((one, other) => other.priority - one.priority || (one.id < other.id ? -1 : 1))

/** A factor on some of the lines, in percent. */
interface Factor {
  ruleId: string
  name: string
  percentOf: (line: PaidLine) => number
}

function multiplied(facts: PurchaseFacts, rules: readonly VersionedTerms[], basics: Basics): Share[] {
  const rates = rules.filter(({ effect }) => effect.kind === 'rate')
  const rateOf = (line: PaidLine) => rates.find(({ conditions }) => isFor(conditions, line))
  const percentOf = (rule: VersionedTerms | undefined) =>
    rule?.effect.kind === 'rate' ? rule.effect.percent : basics.ratePercent
  const factors = factorsOf(facts, rules, basics)
  // One hundred fen a yuan, one hundred percent for the rate and for each factor.
  const unit = 100n ** BigInt(2 + factors.length)
  const whole = 100n ** BigInt(factors.length)
  let exact = 0n
  const shares: Share[] = []
  const grow = (ruleId: string, name: string, by: bigint) => {
    shares.push({ ruleId, name, points: Number((exact + by) / unit - exact / unit) })
    exact += by
  }
  const amounts = facts.lines.map((line) => BigInt(line.paidFen) * BigInt(percentOf(rateOf(line))) * whole)
  for (const rate of [undefined, ...rates]) {
    const ofRate = amounts.filter((_, i) => rateOf(facts.lines[i] as PaidLine) === rate)
    if (ofRate.length > 0 || !rate)
      grow(
        rate?.id ?? basicRuleId,
        rate?.name ?? '消费积分',
        ofRate.reduce((sum, amount) => sum + amount, 0n),
      )
  }
  for (const factor of factors) {
    let by = 0n
    facts.lines.forEach((line, i) => {
      const before = amounts[i] ?? 0n
      const after = (before * BigInt(factor.percentOf(line))) / 100n
      by += after - before
      amounts[i] = after
    })
    grow(factor.ruleId, factor.name, by)
  }
  return shares
}

function factorsOf(facts: PurchaseFacts, rules: readonly VersionedTerms[], basics: Basics): Factor[] {
  const multiples = rules.flatMap((rule) => {
    const { effect, conditions } = rule
    return effect.kind === 'multiply' ? [{ rule, effect, conditions }] : []
  })
  /** Of those that do not stack, the highest on this line; the first of equals. */
  const bestOn = (line: PaidLine) =>
    multiples
      .filter(({ effect, conditions }) => !effect.stacks && isFor(conditions, line))
      .reduce<(typeof multiples)[number] | null>(
        (best, one) => (best && best.effect.percent >= one.effect.percent ? best : one),
        null,
      )
  const tierPercent = basics.tierPercent[facts.tier]
  const ofTier: Factor[] =
    tierPercent === 100
      ? []
      : [{ ruleId: tierRuleId, name: `${tierNames[facts.tier]}加成`, percentOf: () => tierPercent }]
  return [
    ...ofTier,
    ...multiples.map(({ rule, effect, conditions }) => ({
      ruleId: rule.id,
      name: rule.name,
      percentOf: (line: PaidLine) => {
        const counts = effect.stacks ? isFor(conditions, line) : bestOn(line)?.rule === rule
        return counts ? effect.percent : 100
      },
    })),
  ]
}

const bonuses = (_facts: PurchaseFacts, rules: readonly VersionedTerms[]): Share[] =>
  rules.flatMap(({ id, name, effect }) =>
    effect.kind === 'bonus' ? [{ ruleId: id, name, points: effect.points }] : [],
  )
