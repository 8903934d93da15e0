import type { z } from 'zod'
import * as contracts from '#shared/contracts/tasks'
import type { TaskState } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { inTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { type Task, TaskModel, type TaskTerms, TaskVersionModel, versionIdOf } from '../task.model'
import { invalidField, noTask } from '../tasks.errors'

type TermsInput = z.output<typeof contracts.createTask.body>
type SaveServices = Pick<Services, 'clock' | 'officialAccount'>

/** Writes a task as a draft; members do not see it yet. @throws `request.invalid`, `task.limit_reached` */
export async function createTask(
  services: SaveServices,
  admin: AdminPrincipal,
  input: TermsInput,
): Promise<Task> {
  const terms = toTerms(input)
  const now = services.clock.now()
  const task: Task = { ...terms, _id: newId(), version: 1, state: 'draft', createdAt: now, updatedAt: now }
  await inTransaction(async () => {
    const open = await TaskModel.countDocuments({ state: { $ne: 'ended' } })
    if (open >= limits.tasks) throw new DomainError('task.limit_reached')
    await insertWhole(TaskModel, [task])
    await keepVersion(task, terms, now)
    await audit(services, admin, contracts.createTask.id, task._id, null, terms)
  })
  return task
}

/**
 * Gives a task new terms under a new version. What was done stays done, and answers keep the version they were given to.
 * Kind and schedule stay: what counts as done once would otherwise change.
 * @throws `resource.conflict` when it is another version by now; `task.invalid_state`, `request.invalid`.
 */
export function changeTask(
  services: SaveServices,
  admin: AdminPrincipal,
  taskId: string,
  { version, ...input }: z.output<typeof contracts.changeTask.body>,
): Promise<Task> {
  const terms = toTerms(input)
  return inTransaction(async () => {
    const before = await findTask(taskId)
    if (before.state === 'ended') throw new DomainError('task.invalid_state', { message: '任务已经结束了' })
    if (terms.content.kind !== before.content.kind) throw invalidField('content.kind', '任务的种类不能改')
    if (terms.schedule.kind !== before.schedule.kind) throw invalidField('schedule.kind', '任务的周期不能改')
    const now = services.clock.now()
    const changes = { ...terms, version: version + 1, updatedAt: now }
    const changed = await TaskModel.updateOne({ _id: taskId, version }, { $set: changes })
    if (changed.matchedCount !== 1) throw new DomainError('resource.conflict')
    await keepVersion({ _id: taskId, version: version + 1 }, terms, now)
    await audit(services, admin, contracts.changeTask.id, taskId, before, terms)
    return { ...before, ...changes }
  })
}

/** Where a task may go from each state. */
const nextStates: Record<TaskState, readonly TaskState[]> = {
  draft: ['running', 'ended'],
  running: ['running', 'paused', 'ended'],
  paused: ['running', 'paused', 'ended'],
  ended: ['ended'],
}

/** @throws `task.invalid_state`, `task.follow_not_configured`, `task.limit_reached` when too many run. */
export function setTaskState(
  services: SaveServices,
  admin: AdminPrincipal,
  taskId: string,
  state: Exclude<TaskState, 'draft'>,
): Promise<Task> {
  return inTransaction(async () => {
    const before = await findTask(taskId)
    if (!nextStates[before.state].includes(state)) throw new DomainError('task.invalid_state')
    if (state === 'running') await assertCanRun(services, before)
    const changes = { state, updatedAt: services.clock.now() }
    const changed = await TaskModel.updateOne({ _id: taskId, state: before.state }, { $set: changes })
    if (changed.matchedCount !== 1) throw new StaleReadError('task')
    await audit(services, admin, contracts.setTaskState.id, taskId, { state: before.state }, { state })
    return { ...before, ...changes }
  })
}

async function assertCanRun({ officialAccount }: SaveServices, task: Task): Promise<void> {
  if (task.content.kind === 'follow' && !officialAccount) throw new DomainError('task.follow_not_configured')
  const running = await TaskModel.countDocuments({ state: 'running', _id: { $ne: task._id } })
  if (running >= limits.runningTasks)
    throw new DomainError('task.limit_reached', { message: `同时最多启用 ${limits.runningTasks} 个任务` })
}

/** @throws `resource.not_found` */
export async function findTask(taskId: string): Promise<Task> {
  const task = await TaskModel.findById(taskId).lean()
  if (!task) throw noTask()
  return task
}

const keepVersion = (
  { _id, version }: Pick<Task, '_id' | 'version'>,
  terms: TaskTerms,
  createdAt: Date,
): Promise<void> =>
  insertWhole(TaskVersionModel, [{ _id: versionIdOf(_id, version), taskId: _id, version, terms, createdAt }])

const audit = (
  { clock }: SaveServices,
  admin: AdminPrincipal,
  operation: string,
  targetId: string,
  before: unknown,
  after: unknown,
): Promise<void> => recordAudit(clock, admin, { operation, targetId, before, after })

function toTerms(input: TermsInput): TaskTerms {
  const toDate = (instant: string | null) => (instant ? new Date(instant) : null)
  const [startsAt, endsAt] = [toDate(input.startsAt), toDate(input.endsAt)]
  if (startsAt && endsAt && endsAt <= startsAt) throw invalidField('endsAt', '结束时间要晚于开始时间')
  if (input.perMember !== null && input.schedule.kind !== 'daily')
    throw invalidField('perMember', '只有每日任务才有每人上限')
  return { ...input, startsAt, endsAt }
}
