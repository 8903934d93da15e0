import { budgetCounterOf, memberCounterOf } from '../commands/award-points'
import { EarningCounterModel } from '../earning-counter.model'

/** What rules with a budget have given of it, and what those with a cap per member gave this one; without a cap nothing is counted. */
export async function findGiven(
  ruleIds: readonly string[],
  memberId = '',
): Promise<Map<string, { points: number; toMember: number }>> {
  const ids = ruleIds.flatMap((ruleId) => [budgetCounterOf(ruleId), memberCounterOf(ruleId, memberId)])
  const rows = await EarningCounterModel.find({ _id: { $in: ids } }).lean()
  const counted = new Map(rows.map(({ _id, points }) => [_id, points]))
  return new Map(
    ruleIds.map((ruleId) => [
      ruleId,
      {
        points: counted.get(budgetCounterOf(ruleId)) ?? 0,
        toMember: counted.get(memberCounterOf(ruleId, memberId)) ?? 0,
      },
    ]),
  )
}
