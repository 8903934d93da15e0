import { z } from 'zod'
import { profileFields, taskKinds, taskStandings, taskStates, tiers } from '../domain/enums'
import { limits } from '../domain/limits'
import { ratingMax } from '../domain/task-forms'
import {
  businessDate,
  defineContract,
  identifier,
  idParams,
  instant,
  pageOf,
  pageQuery,
  seenVersion,
  text,
} from './contract'
import { pointsExpiry } from './earning-rules'
import { groupName } from './gift-rules'
import {
  choiceIds,
  formOf,
  multiple,
  quizQuestion,
  rating,
  single,
  slug,
  surveyQuestion,
  words,
} from './task-questions'

const tries = z.int().min(1).max(limits.taskTriesMax)

export const content = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('profile'), fields: z.array(z.enum(profileFields)).min(1).max(4) })
    .describe('完善资料：昵称、头像、生日、绑定手机号，写了的都要有'),
  z.strictObject({ kind: z.literal('follow') }).describe('关注公众号'),
  z.strictObject({ kind: z.literal('survey'), questions: formOf(surveyQuestion) }).describe('问卷'),
  z
    .strictObject({
      kind: z.literal('quiz'),
      questions: formOf(quizQuestion),
      passCount: z.int().min(1).max(limits.questionsPerTask).describe('答对几题算通过'),
      triesPerDay: tries.default(3).describe('每个业务日可以答几次'),
    })
    .refine(({ passCount, questions }) => passCount <= questions.length, '及格题数不能多于题目')
    .describe('测验'),
  z
    .strictObject({
      kind: z.literal('proof'),
      instructions: text(limits.reasonCharacters).describe('要拍什么'),
      tries: tries.default(3).describe('未通过可以再交，一共几次；每日任务是每天几次'),
    })
    .describe('上传照片，人工审核'),
])

export const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('once') }).describe('每人一次'),
  z.strictObject({ kind: z.literal('daily') }).describe('每人每个业务日一次'),
  z
    .strictObject({ kind: z.literal('newcomer'), days: z.int().min(1).max(limits.newcomerDaysMax) })
    .describe('新会员一次：加入后这么多天以内'),
])

const somePoints = z.int().min(1).max(limits.pointsMax)
const cap = somePoints.nullable().default(null)
const terms = {
  name: text(20),
  description: text(limits.reasonCharacters),
  content,
  schedule,
  rewardPoints: somePoints.max(100_000),
  expiry: pointsExpiry.nullable().default(null).describe('得到的积分活多久；不写是一年'),
  startsAt: instant.nullable().default(null),
  endsAt: instant.nullable().default(null).describe('到这一刻为止'),
  tiers: z.array(z.enum(tiers)).max(tiers.length).default([]).describe('只给这些等级；空表示所有'),
  groups: z.array(groupName).max(limits.groups).default([]).describe('只给这些人群，任一即可；空表示所有'),
  budget: cap.describe('所有人一共最多给多少积分'),
  perMember: cap.describe('每日任务：每人一共最多给多少积分'),
}

const outTerms = { ...terms, startsAt: instant.nullable(), endsAt: instant.nullable() }
export const adminTask = z.object({
  id: identifier,
  ...outTerms,
  version: z.int(),
  state: z.enum(taskStates),
  givenPoints: z.int().nullable().describe('预算里已经给出的积分；没有预算的为 null'),
  createdAt: instant,
  updatedAt: instant,
})

const one = { params: idParams, status: 200, response: z.object({ task: adminTask }) } as const

export const listTasks = defineContract({
  id: 'admin.tasks.list',
  method: 'GET',
  path: '/api/admin/tasks',
  actor: 'admin',
  summary: '任务',
  query: pageQuery.extend({ state: z.enum(taskStates).optional() }),
  status: 200,
  response: pageOf(adminTask),
})

export const readTask = defineContract({
  id: 'admin.tasks.read',
  method: 'GET',
  path: '/api/admin/tasks/:id',
  actor: 'admin',
  summary: '一个任务和它以前的版本（最近 20 个）',
  params: idParams,
  status: 200,
  response: z.object({
    task: adminTask,
    completions: z.int().describe('完成了多少次'),
    versions: z.array(z.object({ version: z.int(), ...outTerms, createdAt: instant })),
  }),
})

export const createTask = defineContract({
  id: 'admin.tasks.create',
  method: 'POST',
  path: '/api/admin/tasks',
  actor: 'admin',
  summary: '新建任务；先是草稿，启用后会员才看得到。分享没有对应的任务：不能奖励',
  body: z.strictObject(terms),
  status: 201,
  response: one.response,
  errors: ['task.limit_reached'],
})

export const changeTask = defineContract({
  id: 'admin.tasks.change',
  method: 'PUT',
  path: '/api/admin/tasks/:id',
  actor: 'admin',
  summary: '改任务，成为新的版本；种类和周期不能改，已经完成的不变',
  ...one,
  body: z.strictObject({ ...terms, version: seenVersion.describe('改的是哪个版本，别人先改过就拒绝') }),
  errors: ['resource.conflict', 'task.invalid_state'],
})

export const setTaskState = defineContract({
  id: 'admin.tasks.set-state',
  method: 'POST',
  path: '/api/admin/tasks/:id/state',
  actor: 'admin',
  summary: '启用、暂停或结束任务；结束了不能再启用',
  ...one,
  body: z.strictObject({ state: z.enum(['running', 'paused', 'ended']) }),
  errors: ['task.invalid_state', 'task.limit_reached', 'task.follow_not_configured'],
})

const refusal = z.object({ code: z.string(), message: z.string() })

/** A task as one member sees it in the list. */
export const memberTask = z.object({
  id: identifier,
  version: z.int(),
  name: z.string(),
  description: z.string(),
  kind: z.enum(taskKinds),
  schedule: z.enum(['once', 'daily', 'newcomer']),
  rewardPoints: z.int(),
  standing: z.enum(taskStandings),
  obstacle: refusal.nullable().describe('为什么现在不能做；未通过时是审核人写的原因'),
  closesAt: instant.nullable().describe('到什么时候为止，含新会员的期限'),
  progress: z.object({ done: z.int(), total: z.int() }).nullable().describe('资料填了几项'),
  earnedPoints: z.int().nullable().describe('完成时得到的积分'),
})

export const listMemberTasks = defineContract({
  id: 'task.list',
  method: 'GET',
  path: '/api/member/tasks',
  actor: 'member',
  summary: '任务中心',
  status: 200,
  response: z.object({ items: z.array(memberTask).max(limits.runningTasks), businessDate }),
})

/** A question as a member gets it; the right answers only once the quiz is passed. */
export const memberQuestion = z.discriminatedUnion('kind', [
  single.extend({ rightIds: choiceIds.nullable() }),
  multiple.extend({ rightIds: choiceIds.nullable() }),
  rating,
  words,
])

export const readMemberTask = defineContract({
  id: 'task.read',
  method: 'GET',
  path: '/api/member/tasks/:id',
  actor: 'member',
  summary: '一个任务：题目、要求、还剩几次',
  params: idParams,
  status: 200,
  response: z.object({
    task: memberTask,
    profile: z.array(z.object({ field: z.enum(profileFields), isDone: z.boolean() })).nullable(),
    accountName: z.string().nullable().describe('要关注的公众号'),
    questions: z.array(memberQuestion).max(limits.questionsPerTask).nullable(),
    passCount: z.int().nullable(),
    instructions: z.string().nullable(),
    triesLeft: z.int().nullable(),
  }),
})

export const answer = z.strictObject({
  questionId: slug,
  choiceIds: choiceIds.nullable().default(null),
  rating: z.int().min(1).max(ratingMax).nullable().default(null),
  text: z.string().trim().max(limits.answerCharacters).nullable().default(null),
})
const answers = z
  .array(answer)
  .max(limits.questionsPerTask)
  .refine((all) => new Set(all.map(({ questionId }) => questionId)).size === all.length, '一题只能答一次')
const version = seenVersion.describe('看到的是哪个版本')

export const submitTask = defineContract({
  id: 'task.submit',
  method: 'POST',
  path: '/api/member/tasks/:id/submissions',
  actor: 'member',
  summary: '交任务：资料和关注当场核对，问卷交了就完成，测验当场判，凭证等审核',
  idempotency: 'required',
  params: idParams,
  body: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('profile'), version }),
    z.strictObject({ kind: z.literal('follow'), version }),
    z.strictObject({ kind: z.literal('survey'), version, answers }),
    z.strictObject({ kind: z.literal('quiz'), version, answers }),
    z.strictObject({
      kind: z.literal('proof'),
      version,
      photoIds: z.array(identifier).min(1).max(limits.photosPerProof),
      note: z.string().trim().max(limits.reasonCharacters).default(''),
    }),
  ]),
  status: 200,
  response: z.object({
    outcome: z.enum(['done', 'failed', 'in_review']),
    points: z.int(),
    cuts: z.array(z.string()).describe('少得的积分和原因'),
    balance: z.int(),
    quiz: z.object({ correctCount: z.int(), questionCount: z.int(), triesLeft: z.int() }).nullable(),
  }),
  errors: [
    'task.not_open',
    'task.not_for_you',
    'task.done',
    'task.not_proven',
    'task.in_review',
    'task.tries_used',
    'task.changed',
    'task.text_refused',
    'task.no_points_left',
    'member.blocked',
    'auth.wechat_unavailable',
  ],
})
