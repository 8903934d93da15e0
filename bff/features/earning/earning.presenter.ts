import type { z } from 'zod'
import type * as contracts from '#shared/contracts/earning-rules'
import { budgetCounterOf } from './commands/award-points'
import { EarningCounterModel } from './earning-counter.model'
import type { EarningRule, EarningRuleVersion } from './earning-rule.model'

type RuleView = z.input<typeof contracts.earningRule>

/** Rules as admins see them, with what each budget has given. */
export async function presentRules(rules: readonly EarningRule[]): Promise<RuleView[]> {
  const counters = await EarningCounterModel.find({
    _id: { $in: rules.map(({ _id }) => budgetCounterOf(_id)) },
  }).lean()
  const given = new Map(counters.map(({ _id, points }) => [_id, points]))
  return rules.map(({ _id, createdAt, updatedAt, ...rule }) => ({
    id: _id,
    ...rule,
    conditions: presentConditions(rule.conditions),
    givenPoints: rule.caps.budget === null ? null : (given.get(budgetCounterOf(_id)) ?? 0),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }))
}

export const presentVersion = ({ version, terms, createdAt }: EarningRuleVersion) => ({
  version,
  ...terms,
  conditions: presentConditions(terms.conditions),
  createdAt: createdAt.toISOString(),
})

const presentConditions = (conditions: EarningRule['conditions']): RuleView['conditions'] => ({
  ...conditions,
  startsAt: conditions.startsAt?.toISOString() ?? null,
  endsAt: conditions.endsAt?.toISOString() ?? null,
})
