import * as contracts from '#shared/contracts/tasks'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { adminWith, anyMember, route } from '../../platform/route'
import { findGiven } from '../earning'
import { changeTask, createTask, findTask, setTaskState } from './commands/save-task'
import { submitTask } from './commands/submit-task'
import { ruleIdOf } from './queries/read-history'
import { listMemberTasks, readMemberTask } from './queries/read-member-tasks'
import { type Task, TaskModel, TaskVersionModel } from './task.model'
import { TaskCompletionModel } from './task-completion.model'
import { reviewRoutes } from './task-reviews.routes'
import { presentTask, presentVersion } from './tasks.presenter'

const versionsShown = 20

async function present(tasks: readonly Task[]) {
  const given = await findGiven(tasks.map(({ _id }) => ruleIdOf(_id)))
  return tasks.map((task) => presentTask(task, given.get(ruleIdOf(task._id))?.points ?? 0))
}

async function presentOne(task: Task) {
  const [view] = await present([task])
  if (!view) throw new Error('one task gives one view')
  return view
}

const list = route(contracts.listTasks, adminWith('operator', 'reviewer', 'finance'), async ({ query }) => {
  const rows = await TaskModel.find({
    ...(query.state ? { state: query.state } : {}),
    ...(query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}),
  })
    .sort({ _id: -1 })
    .limit(query.limit + 1)
    .lean<Task[]>()
  const page = toPage(rows, query.limit, (row) => [row._id])
  return { items: await present(page.items), nextCursor: page.nextCursor }
})

const read = route(contracts.readTask, adminWith('operator', 'reviewer', 'finance'), async ({ params }) => {
  const task = await findTask(params.id)
  const versions = await TaskVersionModel.find({ taskId: task._id })
    .sort({ version: -1 })
    .limit(versionsShown)
    .lean()
  const completions = await TaskCompletionModel.countDocuments({ taskId: task._id })
  return { task: await presentOne(task), completions, versions: versions.map(presentVersion) }
})

export const tasksRoutes = [
  route(contracts.listMemberTasks, anyMember, ({ services, principal }) =>
    listMemberTasks(services, principal.id),
  ),
  route(contracts.readMemberTask, anyMember, ({ services, principal, params }) =>
    readMemberTask(services, principal.id, params.id),
  ),
  route(contracts.submitTask, anyMember, ({ services, principal, params, body, idempotencyKey }) =>
    submitTask(services, {
      memberId: principal.id,
      taskId: params.id,
      key: idempotencyKey,
      input: body,
    }),
  ),
  list,
  read,
  route(contracts.createTask, adminWith('operator'), async ({ services, principal, body }) => ({
    task: await presentOne(await createTask(services, principal, body)),
  })),
  route(contracts.changeTask, adminWith('operator'), async ({ services, principal, params, body }) => ({
    task: await presentOne(await changeTask(services, principal, params.id, body)),
  })),
  route(contracts.setTaskState, adminWith('operator'), async ({ services, principal, params, body }) => ({
    task: await presentOne(await setTaskState(services, principal, params.id, body.state)),
  })),
  ...reviewRoutes,
]
