import { randomUUID } from 'node:crypto'
import type { Answer, Json } from '#test/support/client'
import { picture, upload } from '#test/support/upload'
import { type Api, success } from './setting'

const ab = [
  { id: 'a', label: '甲' },
  { id: 'b', label: '乙' },
  { id: 'c', label: '丙' },
]
export const survey = {
  kind: 'survey',
  questions: [
    { kind: 'single', id: 'one', title: '常来哪家店', choices: ab },
    { kind: 'multiple', id: 'many', title: '喜欢什么', choices: ab, min: 1, max: 2 },
    { kind: 'rating', id: 'stars', title: '打几分', isRequired: false },
    { kind: 'text', id: 'words', title: '想说的', isRequired: false, maxCharacters: 20 },
  ],
}
export const surveyAnswers = [
  { questionId: 'one', choiceIds: ['a'] },
  { questionId: 'many', choiceIds: ['a', 'c'] },
  { questionId: 'stars', rating: 4 },
  { questionId: 'words', text: '很好' },
]
export const quiz = {
  kind: 'quiz',
  questions: [
    { kind: 'single', id: 'one', title: '积分多久到期', choices: ab, rightIds: ['b'] },
    { kind: 'multiple', id: 'two', title: '怎样得积分', choices: ab, min: 1, max: 3, rightIds: ['a', 'c'] },
  ],
  passCount: 2,
  triesPerDay: 2,
}
export const quizAnswers = (one: string, two: string[]) => [
  { questionId: 'one', choiceIds: [one] },
  { questionId: 'two', choiceIds: two },
]
export const proof = { kind: 'proof', instructions: '拍一张店里的照片', tries: 2 }

export interface Tasks {
  /** A running task: a survey of 20 points, unless told otherwise. */
  run(overrides?: object): Promise<Json>
  write(overrides?: object): object
  as(method: string, path: string, body?: object): Promise<Answer<Json>>
  submit(token: string, task: Json, more?: object, key?: string): Promise<Answer<Json>>
  /** How a task stands for a member. */
  standing(token: string, task: Json): Promise<Json>
  photo(token: string): Promise<string>
  handIn(token: string, task: Json, key?: string): Promise<Answer<Json>>
  /** The one proof in review of this task. */
  waiting(task: Json): Promise<Json>
  decide(proofId: string, what: 'approve' | 'reject', body?: object, token?: string): Promise<Answer<Json>>
}

export function startTasks(api: Api): Tasks {
  const as: Tasks['as'] = async (method, path, body) =>
    api.send(method, path, { token: await api.make.adminToken(), body })
  const write = (overrides: object = {}) => ({
    name: '说说你的看法',
    description: '几个小问题，一分钟',
    content: survey,
    schedule: { kind: 'once' },
    rewardPoints: 20,
    ...overrides,
  })
  const contentOf = (task: Json) => (task.content.kind === 'survey' ? { answers: surveyAnswers } : {})
  const submit: Tasks['submit'] = (token, task, more = {}, key = randomUUID()) =>
    api.send('POST', `/api/member/tasks/${task.id}/submissions`, {
      token,
      key,
      body: { kind: task.content.kind, version: task.version, ...contentOf(task), ...more },
    })
  const photo: Tasks['photo'] = async (token) => {
    const body = { bytes: await picture(), type: 'image/jpeg' }
    return success(await upload(api.app.baseUrl, token, body), 201).upload.id
  }
  return {
    as,
    write,
    submit,
    photo,
    async run(overrides) {
      const { task } = success(await as('POST', '/api/admin/tasks', write(overrides)), 201)
      return success(await as('POST', `/api/admin/tasks/${task.id}/state`, { state: 'running' })).task
    },
    async standing(token, task) {
      return success(await api.send('GET', `/api/member/tasks/${task.id}`, { token })).task
    },
    async handIn(token, task, key) {
      return submit(token, task, { photoIds: [await photo(token)], note: '今天拍的' }, key)
    },
    async waiting(task) {
      const { items } = success(await as('GET', '/api/admin/task-proofs?limit=100'))
      return items.find(({ taskId }: Json) => taskId === task.id)
    },
    decide: async (proofId, what, body = {}, token) =>
      api.send('POST', `/api/admin/task-proofs/${proofId}/${what}`, {
        token: token ?? (await api.make.adminToken()),
        body,
      }),
  }
}
