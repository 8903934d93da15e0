import { z } from 'zod'
import { taskProofStates } from '../domain/enums'
import { limits } from '../domain/limits'
import { defineContract, identifier, idParams, instant, pageOf, pageQuery, text } from './contract'

export const answer = z.object({
  questionId: z.string(),
  choiceIds: z.array(z.string()).nullable(),
  rating: z.int().nullable(),
  text: z.string().nullable(),
})
const ofVersion = {
  version: z.coerce.number().int().min(1).max(limits.versionMax).optional().describe('只看答的是这个版本的'),
}

export const listTaskAnswers = defineContract({
  id: 'admin.tasks.answers',
  method: 'GET',
  path: '/api/admin/tasks/:id/answers',
  actor: 'admin',
  summary: '问卷的回答，新的在前',
  params: idParams,
  query: pageQuery.extend(ofVersion),
  status: 200,
  response: pageOf(
    z.object({
      id: identifier,
      memberId: identifier,
      version: z.int(),
      answers: z.array(answer),
      createdAt: instant,
    }),
  ),
})

export const tallyTaskAnswers = defineContract({
  id: 'admin.tasks.tallies',
  method: 'GET',
  path: '/api/admin/tasks/:id/tallies',
  actor: 'admin',
  summary: '问卷每题的统计；不写版本就是现在的版本',
  params: idParams,
  query: z.object(ofVersion),
  status: 200,
  response: z.object({
    version: z.int(),
    answerCount: z.int(),
    questions: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        kind: z.string(),
        answered: z.int(),
        counts: z
          .array(z.object({ id: z.string(), label: z.string(), count: z.int() }))
          .describe('每个选项或每个分数有几人'),
        averageRating: z.number().nullable(),
      }),
    ),
  }),
})

export const exportTaskAnswers = defineContract({
  id: 'admin.tasks.export-answers',
  method: 'GET',
  path: '/api/admin/tasks/:id/answers.csv',
  actor: 'admin',
  summary: '导出问卷的回答；不写版本就是现在的版本',
  params: idParams,
  query: z.object(ofVersion),
  produces: 'csv',
  status: 200,
  response: z.string(),
})

export const taskProof = z.object({
  id: identifier,
  taskId: identifier,
  taskName: z.string(),
  version: z.int(),
  memberId: identifier,
  state: z.enum(taskProofStates),
  photoIds: z.array(identifier).max(limits.photosPerProof),
  note: z.string(),
  reason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  createdAt: instant,
  decidedAt: instant.nullable(),
})

export const listTaskProofs = defineContract({
  id: 'admin.task-proofs.list',
  method: 'GET',
  path: '/api/admin/task-proofs',
  actor: 'admin',
  summary: '会员交的凭证；等审核的旧的在前，其余新的在前',
  query: pageQuery.extend({ state: z.enum(taskProofStates).default('reviewing') }),
  status: 200,
  response: pageOf(taskProof),
})

export const approveTaskProof = defineContract({
  id: 'admin.task-proofs.approve',
  method: 'POST',
  path: '/api/admin/task-proofs/:id/approve',
  actor: 'admin',
  summary: '凭证通过，积分到账',
  idempotency: 'required',
  params: idParams,
  body: z.strictObject({}),
  status: 200,
  response: z.object({ proof: taskProof, points: z.int() }),
  errors: ['task.proof_decided', 'task.no_points_left', 'task.done', 'member.blocked', 'member.closed'],
})

export const rejectTaskProof = defineContract({
  id: 'admin.task-proofs.reject',
  method: 'POST',
  path: '/api/admin/task-proofs/:id/reject',
  actor: 'admin',
  summary: '凭证不通过，会员看得到原因，还有次数可以再交',
  params: idParams,
  body: z.strictObject({ reason: text(limits.reasonCharacters) }),
  status: 200,
  response: z.object({ proof: taskProof }),
  errors: ['task.proof_decided'],
})
