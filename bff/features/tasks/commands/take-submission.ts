import type { z } from 'zod'
import type { submitTask as contract } from '#shared/contracts/tasks'
import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { isFollower } from '../../followers'
import { hasProfileField, type Member } from '../../members'
import { attachUploads } from '../../uploads'
import { countCorrect, readAnswers } from '../forms'
import type { ContentOf, Task } from '../task.model'
import { TaskAnswerModel } from '../task-answer.model'
import { TaskAttemptModel } from '../task-attempt.model'
import { TaskProofModel } from '../task-proof.model'
import { fieldNames } from '../tasks.texts'
import { completeTask } from './complete-task'

export type TaskServices = Pick<
  Services,
  'clock' | 'calendar' | 'codeKeys' | 'locks' | 'officialAccount' | 'outbox' | 'wechat'
>
export type Input = z.output<typeof contract.body>

interface Submission {
  task: Task
  member: Member
  period: string
  triesUsed: number
  input: Input
}
interface Taken {
  outcome: 'done' | 'failed' | 'in_review'
  points: number
  cuts: string[]
  quiz: { correctCount: number; questionCount: number; triesLeft: number } | null
}
type Handed<K extends Input['kind']> = Extract<Input, { kind: K }>

/** Does what a submission of its kind does, in the caller's transaction. @throws `task.not_proven` and as `completeTask` */
export async function takeSubmission(services: TaskServices, submission: Submission): Promise<Taken> {
  const { task, member, input } = submission
  switch (input.kind) {
    case 'profile':
      assertProfile(member, task.content as ContentOf<'profile'>)
      return done(services, submission)
    case 'follow':
      if (!(await isFollower(services, member.unionid)))
        throw new DomainError('task.not_proven', { message: '还没有看到你的关注，关注后等几秒再试' })
      return done(services, submission)
    case 'survey':
      await keepAnswers(services, submission, input)
      return done(services, submission)
    case 'quiz':
      return judgeQuiz(services, submission, input)
    case 'proof':
      return keepProof(services, submission, input)
  }
}

const done = async (
  services: TaskServices,
  { task, member, period }: Submission,
  quiz: Taken['quiz'] = null,
): Promise<Taken> => {
  const completion = { taskId: task._id, version: task.version, terms: task, memberId: member._id, period }
  return { outcome: 'done', ...(await completeTask(services, completion)), quiz }
}

function assertProfile(member: Member, { fields }: ContentOf<'profile'>): void {
  const missing = fields.filter((field) => !hasProfileField(member, field))
  if (missing.length === 0) return
  const message = `还差${missing.map((field) => fieldNames[field]).join('、')}`
  throw new DomainError('task.not_proven', { message, details: { missing } })
}

async function keepAnswers(
  { clock }: TaskServices,
  { task, member }: Submission,
  { answers: given }: Handed<'survey'>,
): Promise<void> {
  const answers = readAnswers((task.content as ContentOf<'survey'>).questions, given)
  await insertWhole(TaskAnswerModel, [
    {
      _id: newId(),
      taskId: task._id,
      version: task.version,
      memberId: member._id,
      answers: answers.map(({ questionId, choiceIds, rating }) => ({ questionId, choiceIds, rating })),
      texts: answers.flatMap(({ questionId, text }) => (text === null ? [] : [{ questionId, text }])),
      createdAt: clock.now(),
    },
  ])
}

/** The attempt takes its place before it is judged, and both are told only once they are committed. */
async function judgeQuiz(
  services: TaskServices,
  submission: Submission,
  { answers: given }: Handed<'quiz'>,
): Promise<Taken> {
  const { task, member, triesUsed } = submission
  const { questions, passCount, triesPerDay } = task.content as ContentOf<'quiz'>
  const answers = readAnswers(questions, given)
  const now = services.clock.now()
  const attempt = {
    _id: newId(),
    taskId: task._id,
    version: task.version,
    memberId: member._id,
    businessDate: services.calendar.dateOf(now),
    slot: triesUsed,
    correctCount: 0,
    isPassed: false,
    createdAt: now,
  }
  await insertWhole(TaskAttemptModel, [attempt]).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError('quiz attempt') : error
  })
  const correctCount = countCorrect(questions, answers)
  const isPassed = correctCount >= passCount
  await TaskAttemptModel.updateOne({ _id: attempt._id }, { $set: { correctCount, isPassed } })
  const quiz = { correctCount, questionCount: questions.length, triesLeft: triesPerDay - triesUsed - 1 }
  return isPassed ? done(services, submission, quiz) : { outcome: 'failed', points: 0, cuts: [], quiz }
}

async function keepProof(
  { clock }: TaskServices,
  { task, member, period, triesUsed }: Submission,
  { photoIds, note }: Handed<'proof'>,
): Promise<Taken> {
  const proofId = newId()
  const uploadIds = [...new Set(photoIds)]
  await insertWhole(TaskProofModel, [
    {
      _id: proofId,
      taskId: task._id,
      taskName: task.name,
      version: task.version,
      memberId: member._id,
      period,
      slot: triesUsed,
      state: 'reviewing',
      photoIds: uploadIds,
      note,
      reason: null,
      decidedBy: null,
      createdAt: clock.now(),
      decidedAt: null,
    },
  ]).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError('task proof') : error
  })
  await attachUploads({ memberId: member._id, uploadIds, attachedTo: `task-proof:${proofId}` })
  return { outcome: 'in_review', points: 0, cuts: [], quiz: null }
}
