import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import { TaskAnswerModel } from '../task-answer.model'
import { TaskCompletionModel } from '../task-completion.model'
import { TaskProofModel } from '../task-proof.model'

/** Forgets what a member who leaves wrote and showed, in the caller's transaction; that tasks were done stays. */
export async function eraseTasks(memberId: string): Promise<void> {
  await TaskAnswerModel.updateMany({ memberId }, { $set: { texts: [] } })
  await TaskProofModel.updateMany({ memberId }, { $set: { photoIds: [], note: '' } })
  await TaskProofModel.updateMany({ memberId, state: 'reviewing' }, { $set: { state: 'withdrawn' } })
}

/**
 * Marks what one account of a person has done once for ever as done by another one of his, in the caller's transaction:
 * closing an account does not bring the rewards again.
 */
export async function carryCompletions(fromMemberId: string, toMemberId: string): Promise<void> {
  assertInTransaction()
  if (fromMemberId === toMemberId) return
  const ofPerson = { memberId: { $in: [fromMemberId, toMemberId] }, period: 'ever' }
  const all = await TaskCompletionModel.find(ofPerson).lean()
  const has = new Set(all.filter(({ memberId }) => memberId === toMemberId).map(({ taskId }) => taskId))
  const carried = all.filter(({ memberId, taskId }) => memberId === fromMemberId && !has.has(taskId))
  if (carried.length === 0) return
  await insertWhole(
    TaskCompletionModel,
    carried.map((one) => ({ ...one, _id: newId(), memberId: toMemberId })),
  )
}
