import type { z } from 'zod'
import { submitTask as contract } from '#shared/contracts/tasks'
import type { ErrorCode } from '#shared/domain/error-codes'
import { DomainError } from '../../../kernel/errors'
import { runOnce } from '../../../platform/idempotency/run-once'
import { redisKeys } from '../../../platform/redis/keys'
import type { Services } from '../../../platform/services'
import { type Member, requireActiveMember, requireOpenMember } from '../../members'
import { readPoints } from '../../points'
import { joinTexts } from '../forms'
import { readHistories, ruleIdOf } from '../queries/read-history'
import { judge, periodOf } from '../standing'
import { type Task, TaskModel } from '../task.model'
import { invalidField, noTask } from '../tasks.errors'
import { type Input, type TaskServices, takeSubmission } from './take-submission'

type Answer = z.input<typeof contract.response>

/**
 * Takes what a member does for a task: profile and following are proved from the database, a survey is kept, a quiz is
 * judged with its attempt counted, photos wait for review. The reward comes in the same transaction, once a period.
 * @throws the `task.*` codes, `member.blocked`, `auth.wechat_unavailable`, `request.invalid` for answers that do not fit.
 */
export async function submitTask(
  services: TaskServices,
  { memberId, taskId, key, input }: { memberId: string; taskId: string; key: string; input: Input },
): Promise<Answer> {
  await assertTextsPass(services, memberId, input)
  const now = services.clock.now()
  const once = { actor: `member:${memberId}`, operation: contract.id, key, input: { taskId, ...input }, now }
  const { body } = await runOnce(
    once,
    async () => {
      const member = await requireActiveMember(memberId)
      const { task, period, triesUsed } = await findOpenTask(services, taskId, member)
      if (input.kind !== task.content.kind) throw invalidField('kind', '任务的种类不对')
      if (input.version !== task.version) throw new DomainError('task.changed')
      const taken = await takeSubmission(services, { task, member, period, triesUsed, input })
      const { available } = await readPoints(services, memberId)
      return { status: 200, body: { ...taken, balance: available } }
    },
    { around: (attempt) => inQueue(services, taskId, attempt) },
  )
  return body
}

/** The task, when this member can do it now. @throws what stands between */
async function findOpenTask({ clock, calendar }: TaskServices, taskId: string, member: Member) {
  const now = clock.now()
  const today = calendar.dateOf(now)
  const task = await TaskModel.findById(taskId).lean<Task>()
  if (!task || task.state === 'draft') throw noTask()
  const history = (await readHistories(member._id, [task], today))(task)
  const { standing, obstacle } = judge(task, member, history, { now, calendar })
  // Whoever was rejected may hand in again.
  if (obstacle && standing !== 'rejected')
    throw new DomainError(obstacle.code as ErrorCode, { message: obstacle.message })
  return { task, period: periodOf(task, today), triesUsed: history.triesUsed }
}

/** Queues whoever earns of one budget at once; no promise rests on it. */
export async function inQueue<T>(
  { locks }: Pick<Services, 'locks'>,
  taskId: string,
  work: () => Promise<T>,
): Promise<T> {
  const hasBudget = await TaskModel.exists({ _id: taskId, budget: { $ne: null } })
  return hasBudget ? locks.withLocks([redisKeys.budgetLock(ruleIdOf(taskId))], work) : work()
}

/** Texts by members go through WeChat's check, before the transaction. @throws `task.text_refused` */
async function assertTextsPass(
  { wechat }: Pick<Services, 'wechat'>,
  memberId: string,
  input: Input,
): Promise<void> {
  const texts = input.kind === 'survey' ? input.answers.map(({ text }) => text ?? '') : []
  const written = [...texts, input.kind === 'proof' ? input.note : ''].filter((text) => text !== '')
  if (written.length === 0) return
  const { openid } = await requireOpenMember(memberId)
  for (const text of joinTexts(written))
    if ((await wechat.checkText({ openid, text, scene: 'comment' })) === 'risky')
      throw new DomainError('task.text_refused')
}
