import type { z } from 'zod'
import type * as reviews from '#shared/contracts/task-reviews'
import type * as contracts from '#shared/contracts/tasks'
import { hasProfileField, type Member } from '../members'
import type { Judged, TaskHistory } from './standing'
import type { Task, TaskContent, TaskTerms, TaskVersion } from './task.model'
import type { TaskProof } from './task-proof.model'

type MemberTask = z.input<typeof contracts.memberTask>
type MemberQuestions = z.input<typeof contracts.readMemberTask.response>['questions']

const presentTerms = (terms: TaskTerms) => ({
  ...terms,
  startsAt: terms.startsAt?.toISOString() ?? null,
  endsAt: terms.endsAt?.toISOString() ?? null,
})

export const presentTask = (
  { _id, createdAt, updatedAt, ...task }: Task,
  givenPoints: number,
): z.input<typeof contracts.adminTask> => ({
  id: _id,
  ...task,
  ...presentTerms(task),
  givenPoints: task.budget === null ? null : givenPoints,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

export const presentVersion = ({ version, terms, createdAt }: TaskVersion) => ({
  version,
  ...presentTerms(terms),
  createdAt: createdAt.toISOString(),
})

export const presentForMember = (
  task: Task,
  member: Member,
  { standing, obstacle }: Judged,
  { completion }: TaskHistory,
  closes: Date | null,
): MemberTask => ({
  id: task._id,
  version: task.version,
  name: task.name,
  description: task.description,
  kind: task.content.kind,
  schedule: task.schedule.kind,
  rewardPoints: task.rewardPoints,
  standing,
  obstacle,
  closesAt: closes?.toISOString() ?? null,
  progress: progressOf(task.content, member),
  earnedPoints: completion?.points ?? null,
})

function progressOf(content: TaskContent, member: Member): MemberTask['progress'] {
  if (content.kind !== 'profile') return null
  const { fields } = content
  return { done: fields.filter((field) => hasProfileField(member, field)).length, total: fields.length }
}

/** Right answers leave the BFF only when the quiz is passed. */
export function presentQuestions(content: TaskContent, isPassed: boolean): MemberQuestions {
  if (content.kind === 'quiz')
    return content.questions.map((question) => ({
      ...question,
      rightIds: isPassed ? question.rightIds : null,
    }))
  if (content.kind !== 'survey') return null
  return content.questions.map((question) =>
    'choices' in question ? { ...question, rightIds: null } : question,
  )
}

export const presentProof = ({
  _id,
  period: _,
  slot: _slot,
  createdAt,
  decidedAt,
  ...proof
}: TaskProof): z.input<typeof reviews.taskProof> => ({
  id: _id,
  ...proof,
  createdAt: createdAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
})
