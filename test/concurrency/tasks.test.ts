import { randomUUID } from 'node:crypto'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { TaskAttemptModel } from '#bff/features/tasks/task-attempt.model'
import { TaskProofModel } from '#bff/features/tasks/task-proof.model'
import { startApi, success } from '#test/api/setting'
import { proof, quiz, quizAnswers, startTasks } from '#test/api/tasks.setting'
import type { Json } from '#test/support/client'
import { inParallel, many, tally, untilTyped } from '#test/support/crowd'

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  const api = startApi({ REDIS_LOCKS: locks })
  const tasks = startTasks(api)
  afterEach(() => api.make.expectCleanLedger())

  const rewards = (memberId: string) => JournalEntryModel.countDocuments({ memberId, source: 'task' })

  test('20 submissions at once, under one key and under many, reward once', async () => {
    const task = await tasks.run()
    const key = randomUUID()
    const ways = [
      { keyOf: () => randomUUID(), outcomes: { 200: 1, 'task.done': 19 } },
      { keyOf: () => key, outcomes: { 200: 20 } },
    ]
    for (const { keyOf, outcomes } of ways) {
      const { id, token } = await api.make.member()
      const answers = await many(20, () => untilTyped(() => tasks.submit(token, task, {}, keyOf())))
      expect(tally(answers)).toEqual(outcomes)
      expect(await rewards(id)).toBe(1)
      expect(await api.available(token)).toBe(120)
    }
  })

  test('30 members on a budget for 7 and a half rewards: 8 are rewarded, not a point more', async () => {
    const task = await tasks.run({ budget: 150 })
    const people = await many(30, () => api.make.member())
    const answers = await inParallel(people, 30, ({ token }) => untilTyped(() => tasks.submit(token, task)))
    expect(tally(answers)).toEqual({ 200: 8, 'task.no_points_left': 22 })
    const points = answers.map(({ body }) => body.points ?? 0).sort((a, b) => b - a)
    expect(points.slice(0, 8)).toEqual([20, 20, 20, 20, 20, 20, 20, 10])
    const { givenPoints } = success(await tasks.as('GET', `/api/admin/tasks/${task.id}`)).task
    expect(givenPoints).toBe(150)
  })

  test('20 wrong answers at once are as many attempts as the day has', async () => {
    const task = await tasks.run({ content: { ...quiz, triesPerDay: 3 } })
    const { token } = await api.make.member()
    const wrong = { answers: quizAnswers('a', ['b']) }
    const answers = await many(20, () => untilTyped(() => tasks.submit(token, task, wrong)))
    expect(tally(answers)).toEqual({ 200: 3, 'task.tries_used': 17 })
    expect(await TaskAttemptModel.countDocuments({ taskId: task.id })).toBe(3)
  })

  test('right answers from 10 phones pass once', async () => {
    const task = await tasks.run({ content: { ...quiz, triesPerDay: 10 } })
    const { id, token } = await api.make.member()
    const right = { answers: quizAnswers('b', ['a', 'c']) }
    const answers = await many(10, () => untilTyped(() => tasks.submit(token, task, right)))
    expect(tally(answers)).toEqual({ 200: 1, 'task.done': 9 })
    expect(await rewards(id)).toBe(1)
  })

  test('proofs from 5 phones are one in review', async () => {
    const task = await tasks.run({ content: { ...proof, tries: 5 } })
    const { token } = await api.make.member()
    const answers = await many(5, () => untilTyped(() => tasks.handIn(token, task)))
    expect(tally(answers)).toEqual({ 200: 1, 'task.in_review': 4 })
    expect(await TaskProofModel.countDocuments({ taskId: task.id })).toBe(1)
  })

  test('two admins who approve, and one who rejects, decide once', async () => {
    const task = await tasks.run({ content: proof })
    const reviewers = [await api.make.colleague('reviewer'), await api.make.colleague('reviewer')]
    for (let round = 0; round < 5; round += 1) {
      const { id, token } = await api.make.member()
      success(await tasks.handIn(token, task))
      const { id: proofId } = await tasks.waiting(task)
      const answers = await Promise.all(
        [...reviewers, ...reviewers].map((reviewer, i) =>
          untilTyped(() =>
            i === 3
              ? tasks.decide(proofId, 'reject', { reason: '不清楚' }, reviewer.token)
              : tasks.decide(proofId, 'approve', {}, reviewer.token),
          ),
        ),
      )
      expect(tally(answers)).toEqual({ 200: 1, 'task.proof_decided': 3 })
      const { state } = (await TaskProofModel.findById(proofId).lean()) as Json
      expect(await rewards(id)).toBe(state === 'approved' ? 1 : 0)
    }
  })
})
