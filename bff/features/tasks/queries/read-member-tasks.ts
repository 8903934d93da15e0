import type { z } from 'zod'
import type * as contracts from '#shared/contracts/tasks'
import { limits } from '#shared/domain/limits'
import type { Services } from '../../../platform/services'
import { hasProfileField, type Member, requireOpenMember } from '../../members'
import { closesAt, judge, type TaskHistory, triesOf } from '../standing'
import { type Task, TaskModel } from '../task.model'
import { noTask } from '../tasks.errors'
import { presentForMember, presentQuestions } from '../tasks.presenter'
import { readHistories } from './read-history'

type ReadServices = Pick<Services, 'clock' | 'calendar' | 'officialAccount'>

/** All running tasks as this member sees them; what is over for him and was never done is left out. */
export async function listMemberTasks(
  services: ReadServices,
  memberId: string,
): Promise<z.input<typeof contracts.listMemberTasks.response>> {
  const now = services.clock.now()
  const businessDate = services.calendar.dateOf(now)
  const member = await requireOpenMember(memberId)
  const tasks = await TaskModel.find({ state: 'running' })
    .sort({ _id: -1 })
    .limit(limits.runningTasks)
    .lean<Task[]>()
  const historyOf = await readHistories(memberId, tasks, businessDate)
  const items = tasks
    .map((task) => present(services, task, member, historyOf(task), now))
    .filter(({ standing, closesAt: end }) => standing !== 'unavailable' || !end || new Date(end) > now)
  return { items, businessDate }
}

/** One task with all that doing it takes. @throws `resource.not_found` for a draft too */
export async function readMemberTask(
  services: ReadServices,
  memberId: string,
  taskId: string,
): Promise<z.input<typeof contracts.readMemberTask.response>> {
  const now = services.clock.now()
  const member = await requireOpenMember(memberId)
  const task = await TaskModel.findOne({ _id: taskId, state: { $ne: 'draft' } }).lean<Task>()
  if (!task) throw noTask()
  const history = (await readHistories(memberId, [task], services.calendar.dateOf(now)))(task)
  const { content } = task
  const tries = triesOf(task)
  return {
    task: present(services, task, member, history, now),
    profile:
      content.kind === 'profile'
        ? content.fields.map((field) => ({ field, isDone: hasProfileField(member, field) }))
        : null,
    accountName: content.kind === 'follow' ? (services.officialAccount?.name ?? null) : null,
    questions: presentQuestions(content, history.completion !== null),
    passCount: content.kind === 'quiz' ? content.passCount : null,
    instructions: content.kind === 'proof' ? content.instructions : null,
    triesLeft: tries === null ? null : Math.max(0, tries - history.triesUsed),
  }
}

function present(
  { calendar }: ReadServices,
  task: Task,
  member: Member,
  history: TaskHistory,
  now: Date,
): z.input<typeof contracts.memberTask> {
  const judged = judge(task, member, history, { now, calendar })
  return presentForMember(task, member, judged, history, closesAt(task, member, calendar))
}
