import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { awardPoints, expiryOf } from '../../earning'
import { readSettings } from '../../settings'
import { ruleIdOf } from '../queries/read-history'
import type { TaskTerms } from '../task.model'
import { TaskCompletionModel } from '../task-completion.model'

export interface Completion {
  taskId: string
  version: number
  terms: TaskTerms
  memberId: string
  period: string
}

/**
 * Rewards a member for a task, once a period, in the caller's transaction: the completion's unique key, and behind it the
 * journal's.
 * @throws `task.done`; `task.no_points_left` when caps leave nothing, so that nobody does it for nothing.
 */
export async function completeTask(
  services: Pick<Services, 'clock' | 'calendar'>,
  { taskId, version, terms, memberId, period }: Completion,
): Promise<{ points: number; cuts: string[] }> {
  assertInTransaction()
  const now = services.clock.now()
  const businessDate = services.calendar.dateOf(now)
  const { name, budget, perMember } = terms
  const completion = { _id: newId(), memberId, taskId, period, version, points: 0, completedAt: now }
  await insertWhole(TaskCompletionModel, [completion]).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new DomainError('task.done') : error
  })
  const { points, cuts: taken } = await awardPoints(services, {
    memberId,
    businessDate,
    key: `task:${taskId}:${period}`,
    source: 'task',
    title: `任务：${name}`,
    settings: await readSettings(),
    shares: [
      {
        ruleId: `${ruleIdOf(taskId)}@${version}`,
        name,
        points: terms.rewardPoints,
        caps: { perPurchase: null, perDay: null, perMonth: null, perMember, budget },
        expiresOn: expiryOf(terms.expiry, businessDate),
      },
    ],
  })
  const cuts = taken.filter((cut) => cut.points > 0).map((cut) => `${cut.reason}，少得 ${cut.points}`)
  if (points === 0) throw new DomainError('task.no_points_left', { message: cuts[0], details: { cuts } })
  await TaskCompletionModel.updateOne({ _id: completion._id }, { $set: { points } })
  return { points, cuts }
}
