import type { Json } from '#test/support/client'
import { dayMs, refusal, startApi, success } from './setting'
import { quiz, quizAnswers, startTasks, surveyAnswers } from './tasks.setting'

const api = startApi()
const tasks = startTasks(api)
afterEach(() => api.make.expectCleanLedger())

describe('a survey', () => {
  test('takes only answers that fit its questions', async () => {
    const { token } = await api.make.member()
    const task = await tasks.run()
    const [one, many, stars, words] = surveyAnswers
    const wrong: [object[], string][] = [
      [[many as object], '常来哪家店'],
      [[{ questionId: 'one', choiceIds: ['z'] }, many as object], '常来哪家店'],
      [[{ questionId: 'one', choiceIds: ['a', 'b'] }, many as object], '常来哪家店'],
      [[one as object, { questionId: 'many', choiceIds: ['a', 'b', 'c'] }], '喜欢什么'],
      [[one as object, { questionId: 'many', choiceIds: ['a', 'a'] }], '喜欢什么'],
      [[one as object, many as object, { questionId: 'stars', text: '好' }], '打几分'],
      [[one as object, many as object, { ...words, text: '长'.repeat(21) }], '想说的'],
      [[one as object, many as object, { questionId: 'none', rating: 1 }], '没有这一题'],
      [[one as object, one as object], '一题只能答一次'],
      [[one as object, many as object, { ...stars, rating: 6 }], ''],
    ]
    for (const [answers, message] of wrong)
      expect(refusal(await tasks.submit(token, task, { answers }), 400, 'request.invalid').message).toContain(
        message,
      )
    success(await tasks.submit(token, task, { answers: [one, many] }))
  })

  test('refuses texts that WeChat calls risky, and does not ask about none', async () => {
    const { token } = await api.make.member()
    const task = await tasks.run()
    const [one, many] = surveyAnswers
    const say = (text: string) =>
      tasks.submit(token, task, { answers: [one, many, { questionId: 'words', text }] })
    refusal(await say('这是违规的话'), 409, 'task.text_refused')
    expect(success(await say('有点可疑')).points).toBe(20)
  })

  test('shows admins its answers by cursor, tallies a question, and a table, each of the version answered', async () => {
    const task = await tasks.run()
    const people = [await api.make.member(), await api.make.member(), await api.make.member()]
    for (const [i, { token }] of people.entries()) {
      const text = i === 0 ? '=1+1' : '"好",\n很好'
      const [one, many, stars] = surveyAnswers
      const answers = [one, many, { ...stars, rating: i + 3 }, { questionId: 'words', text }]
      success(await tasks.submit(token, task, { answers }))
    }
    const path = `/api/admin/tasks/${task.id}`
    const page = success(await tasks.as('GET', `${path}/answers?limit=2`))
    const rest = success(await tasks.as('GET', `${path}/answers?limit=2&cursor=${page.nextCursor}`))
    expect([...page.items, ...rest.items].map(({ memberId }: Json) => memberId)).toEqual(
      people.map(({ id }) => id).reverse(),
    )
    expect(rest).toMatchObject({ nextCursor: null, items: [{ version: 1 }] })
    expect(rest.items[0].answers).toHaveLength(4)
    expect(rest.items[0].answers[3]).toEqual({
      questionId: 'words',
      choiceIds: null,
      rating: null,
      text: '=1+1',
    })

    const changed = { ...tasks.write({ name: '新的问卷' }), version: 1 }
    success(await tasks.as('PUT', path, changed))
    expect(success(await tasks.as('GET', `${path}/tallies`))).toMatchObject({ version: 2, answerCount: 0 })
    const tallies = success(await tasks.as('GET', `${path}/tallies?version=1`))
    expect(tallies).toMatchObject({ version: 1, answerCount: 3 })
    const [one, many, stars, words] = tallies.questions
    expect(one.counts.map(({ count }: Json) => count)).toEqual([3, 0, 0])
    expect(many.counts.map(({ count }: Json) => count)).toEqual([3, 0, 3])
    expect(stars).toMatchObject({ averageRating: 4, answered: 3 })
    expect(stars.counts.map(({ count }: Json) => count)).toEqual([0, 0, 1, 1, 1])
    expect(words).toMatchObject({ answered: 3, counts: [], averageRating: null })

    const csv = (await tasks.as('GET', `${path}/answers.csv?version=1`)) as unknown as {
      body: string
      headers: Headers
    }
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.body).toContain('1. 常来哪家店,2. 喜欢什么')
    expect(csv.body).toContain("甲,甲；丙,3,'=1+1")
    expect(csv.body).toContain('甲,甲；丙,5,"""好"",\n很好"')
    const { items } = await api.make.admin('GET', '/api/admin/audit-entries?limit=5')
    expect(items.map(({ operation }: Json) => operation)).toContain('admin.tasks.export-answers')
    const notSurvey = await tasks.run({ content: quiz })
    refusal(await tasks.as('GET', `/api/admin/tasks/${notSurvey.id}/answers.csv`), 404, 'resource.not_found')
  })
})

describe('a quiz', () => {
  const read = async (token: string, task: Json) =>
    success(await api.send('GET', `/api/member/tasks/${task.id}`, { token }))

  test('counts each attempt, tells how many were right, and keeps what is right until it is passed', async () => {
    const member = await api.make.member()
    const task = await tasks.run({ content: quiz })
    const before = await read(member.token, task)
    expect(before).toMatchObject({ triesLeft: 2, passCount: 2 })
    expect(before.questions.map(({ rightIds }: Json) => rightIds)).toEqual([null, null])
    const answer = (one: string, two: string[]) =>
      tasks.submit(member.token, task, { answers: quizAnswers(one, two) })
    const first = success(await answer('b', ['a']))
    expect(first).toMatchObject({
      outcome: 'failed',
      points: 0,
      quiz: { correctCount: 1, questionCount: 2, triesLeft: 1 },
    })
    success(await answer('b', ['a', 'b']))
    refusal(await answer('b', ['a', 'c']), 409, 'task.tries_used')
    const used = await read(member.token, task)
    expect(used).toMatchObject({ triesLeft: 0, task: { standing: 'unavailable' } })
    expect(used.questions.map(({ rightIds }: Json) => rightIds)).toEqual([null, null])
    expect(JSON.stringify([before, first, used])).not.toContain('"rightIds":[')

    await api.advance(dayMs)
    member.token = await api.signIn(member.openid)
    expect(success(await answer('b', ['c', 'a']))).toMatchObject({ outcome: 'done', points: 20 })
    const passed = await read(member.token, task)
    expect(passed.questions.map(({ rightIds }: Json) => rightIds)).toEqual([['b'], ['a', 'c']])
    refusal(await answer('b', ['a', 'c']), 409, 'task.done')
  })

  test('takes no half-answered sheet, and such a one is no attempt', async () => {
    const { token } = await api.make.member()
    const task = await tasks.run({ content: quiz })
    const answers = quizAnswers('b', ['a']).slice(0, 1)
    refusal(await tasks.submit(token, task, { answers }), 400, 'request.invalid')
    expect((await read(token, task)).triesLeft).toBe(2)
  })
})
