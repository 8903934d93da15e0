import type { BusinessDate } from '#shared/domain/business-date'
import { findGiven } from '../../earning'
import { periodOf, type TaskHistory } from '../standing'
import type { Task } from '../task.model'
import { TaskAttemptModel } from '../task-attempt.model'
import { type TaskCompletion, TaskCompletionModel } from '../task-completion.model'
import { type TaskProof, TaskProofModel } from '../task-proof.model'

/** The rule that the points of a task are counted under: its caps go on over all its versions. */
export const ruleIdOf = (taskId: string): string => `task:${taskId}`

/** What a member has done of each of these tasks in its present period, one after the other: it may be in a transaction. */
export async function readHistories(
  memberId: string,
  tasks: readonly Task[],
  today: BusinessDate,
): Promise<(task: Task) => TaskHistory> {
  const ofTasks = { memberId, taskId: { $in: tasks.map(({ _id }) => _id) } }
  const period = { $in: ['ever', today] }
  const completions = await TaskCompletionModel.find({ ...ofTasks, period }).lean()
  const proofs = await TaskProofModel.find({ ...ofTasks, period })
    .sort({ slot: -1 })
    .lean()
  const attempts = await TaskAttemptModel.find({ ...ofTasks, businessDate: today })
    .select('taskId')
    .lean()
  const given = await findGiven(
    tasks.map(({ _id }) => ruleIdOf(_id)),
    memberId,
  )
  return (task) => {
    const isOfPeriod = (one: TaskCompletion | TaskProof) =>
      one.taskId === task._id && one.period === periodOf(task, today)
    const ownProofs = proofs.filter(isOfPeriod)
    return {
      completion: completions.find(isOfPeriod) ?? null,
      proof: ownProofs[0] ?? null,
      triesUsed: ownProofs.length + attempts.filter(({ taskId }) => taskId === task._id).length,
      given: given.get(ruleIdOf(task._id)) ?? { points: 0, toMember: 0 },
    }
  }
}
