import { redisKeys } from '../../../platform/redis/keys'
import type { Services } from '../../../platform/services'
import { EarningRuleModel } from '../earning-rule.model'

/** Queues whoever earns at once by rules with a budget, whose one counter they would otherwise fight for; no promise rests on it. */
export async function withBudgetLocks<T>(
  { locks }: Pick<Services, 'locks'>,
  work: () => Promise<T>,
): Promise<T> {
  const rules = await EarningRuleModel.find({ state: 'running', 'caps.budget': { $ne: null } })
    .select('_id')
    .sort({ _id: 1 })
    .lean()
  return locks.withLocks(
    rules.map(({ _id }) => redisKeys.budgetLock(_id)),
    work,
  )
}
