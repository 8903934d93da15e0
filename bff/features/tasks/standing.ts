import { addDays, type BusinessDate } from '#shared/domain/business-date'
import { type TaskStanding, tierNames } from '#shared/domain/enums'
import type { ErrorCode } from '#shared/domain/error-codes'
import type { BusinessCalendar } from '../../kernel/business-calendar'
import type { Member } from '../members'
import type { Task } from './task.model'
import type { TaskCompletion } from './task-completion.model'
import type { TaskProof } from './task-proof.model'

/** What a member has done of a task in its present period, and what it has given. */
export interface TaskHistory {
  completion: TaskCompletion | null
  /** The last one. */
  proof: TaskProof | null
  /** Quiz attempts of the day, or proofs of the period. */
  triesUsed: number
  /** Of its budget, and of what one member may get. */
  given: { points: number; toMember: number }
}

/** A refusal's code, or `task.rejected`: not one, for the task can be done again. */
type ObstacleCode = ErrorCode | 'task.rejected'
export interface Judged {
  standing: TaskStanding
  obstacle: { code: ObstacleCode; message: string } | null
}

interface Moment {
  now: Date
  calendar: BusinessCalendar
}

/** The business date of a daily task, `ever` of every other: what a member is rewarded for once. */
export const periodOf = ({ schedule }: Pick<Task, 'schedule'>, today: BusinessDate): string =>
  schedule.kind === 'daily' ? today : 'ever'

export function triesOf({ content }: Pick<Task, 'content'>): number | null {
  if (content.kind === 'quiz') return content.triesPerDay
  return content.kind === 'proof' ? content.tries : null
}

/** The first instant at which a member can no longer do a task; null when there is none. Who came back is no newcomer. */
export function closesAt(
  { schedule, endsAt }: Task,
  member: Member,
  calendar: BusinessCalendar,
): Date | null {
  if (schedule.kind !== 'newcomer') return endsAt
  const joinedOn = calendar.dateOf(member.firstJoinedAt ?? member.joinedAt)
  const newUntil = calendar.startOf(addDays(joinedOn, schedule.days))
  return endsAt && endsAt < newUntil ? endsAt : newUntil
}

/** Whether a member can do a task now, and what stands between. The one rule for what is shown and what is taken. */
export function judge(task: Task, member: Member, history: TaskHistory, moment: Moment): Judged {
  if (history.completion) return { standing: 'done', obstacle: { code: 'task.done', message: '已经完成了' } }
  if (history.proof?.state === 'reviewing')
    return {
      standing: 'in_review',
      obstacle: { code: 'task.in_review', message: '审核中，有结果马上告诉你' },
    }
  const obstacle =
    obstacleOfTask(task, member, moment) ?? obstacleOfMember(task, member) ?? obstacleOfUse(task, history)
  if (obstacle) return { standing: 'unavailable', obstacle }
  if (history.proof?.state === 'rejected')
    return {
      standing: 'rejected',
      obstacle: { code: 'task.rejected', message: history.proof.reason ?? '未通过' },
    }
  return { standing: 'open', obstacle: null }
}

type Obstacle = Judged['obstacle']

function obstacleOfTask(task: Task, member: Member, { now, calendar }: Moment): Obstacle {
  const code = 'task.not_open'
  if (task.state === 'paused') return { code, message: '任务暂停了，过一阵再来看看' }
  if (task.state !== 'running') return { code, message: '任务已经结束了' }
  if (task.startsAt && now < task.startsAt) return { code, message: `${calendar.dateOf(task.startsAt)} 开始` }
  if (task.endsAt && now >= task.endsAt) return { code, message: '任务已经结束了' }
  const end = closesAt(task, member, calendar)
  return end && now >= end ? { code: 'task.not_for_you', message: '只给新会员' } : null
}

function obstacleOfMember({ tiers, groups }: Task, member: Member): Obstacle {
  if (member.blockedReason !== null) return { code: 'member.blocked', message: '账号已被冻结' }
  const code = 'task.not_for_you'
  if (tiers.length > 0 && !tiers.includes(member.tier))
    return { code, message: `只给${tiers.map((tier) => tierNames[tier]).join('、')}` }
  if (groups.length > 0 && !groups.some((group) => member.groups.includes(group)))
    return { code, message: `只给${groups.join('、')}` }
  return null
}

function obstacleOfUse(task: Task, { proof, triesUsed, given }: TaskHistory): Obstacle {
  const { budget, perMember, schedule } = task
  const code = 'task.no_points_left'
  if (budget !== null && given.points >= budget) return { code, message: '这个任务的积分已经发完了' }
  if (perMember !== null && given.toMember >= perMember)
    return { code, message: `这个任务你已得满 ${perMember} 积分` }
  const tries = triesOf(task)
  if (tries === null || triesUsed < tries) return null
  const again = task.content.kind === 'quiz' || schedule.kind === 'daily' ? '，明天再来' : ''
  const why = proof?.reason ? `未通过：${proof.reason}。` : ''
  return { code: 'task.tries_used', message: `${why}次数用完了${again}` }
}
