import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'
import { proof, startTasks } from './tasks.setting'

const api = startApi()
const tasks = startTasks(api)
const inbox = async (token: string) => {
  await api.app.deliverOutbox()
  return success(await api.send('GET', '/api/member/inbox', { token })).items.map(
    ({ title, body }: Json) => `${title}：${body}`,
  )
}
afterEach(() => api.make.expectCleanLedger())

describe('photos as a proof', () => {
  test('wait for review, are rejected with a reason, handed in again and rewarded once', async () => {
    const { token } = await api.make.member()
    const task = await tasks.run({ content: proof })
    expect(success(await tasks.handIn(token, task))).toMatchObject({ outcome: 'in_review', points: 0 })
    expect(await tasks.standing(token, task)).toMatchObject({ standing: 'in_review' })
    refusal(await tasks.handIn(token, task), 409, 'task.in_review')
    const first = await tasks.waiting(task)
    expect(first).toMatchObject({ note: '今天拍的', state: 'reviewing', taskName: '说说你的看法' })
    refusal(await tasks.decide(first.id, 'reject', {}), 400, 'request.invalid')
    const rejected = success(await tasks.decide(first.id, 'reject', { reason: '看不清' })).proof
    expect(rejected).toMatchObject({ state: 'rejected', reason: '看不清', decidedBy: expect.any(String) })
    refusal(await tasks.decide(first.id, 'approve'), 409, 'task.proof_decided')
    expect(await tasks.standing(token, task)).toMatchObject({
      standing: 'rejected',
      obstacle: { code: 'task.rejected', message: '看不清' },
    })

    success(await tasks.handIn(token, task))
    const second = await tasks.waiting(task)
    const key = randomUUID()
    const approve = async () =>
      api.send('POST', `/api/admin/task-proofs/${second.id}/approve`, {
        token: await api.make.adminToken(),
        body: {},
        key,
      })
    expect(success(await approve())).toMatchObject({ points: 20, proof: { state: 'approved' } })
    expect(success(await approve())).toMatchObject({ points: 20 })
    refusal(await tasks.decide(second.id, 'approve'), 409, 'task.proof_decided')
    refusal(await tasks.decide(second.id, 'reject', { reason: '晚了' }), 409, 'task.proof_decided')
    expect(await tasks.standing(token, task)).toMatchObject({ standing: 'done', earnedPoints: 20 })
    expect(await api.available(token)).toBe(120)
    expect(await inbox(token)).toEqual([
      '任务完成：「说说你的看法」通过了，20 积分已到账',
      '任务未通过：「说说你的看法」：看不清',
      expect.any(String),
    ])
    const [newest] = success(await api.send('GET', '/api/member/inbox', { token })).items
    expect(newest).toMatchObject({ taskId: task.id, orderId: null, giftId: null })
    const { items } = await api.make.admin('GET', '/api/admin/audit-entries?limit=10')
    expect(items.map(({ operation }: Json) => operation)).toEqual(
      expect.arrayContaining(['admin.task-proofs.approve', 'admin.task-proofs.reject']),
    )
  })

  test('have so many tries, and say so with the last reason', async () => {
    const { token } = await api.make.member()
    const task = await tasks.run({ content: { ...proof, tries: 1 } })
    success(await tasks.handIn(token, task))
    success(await tasks.decide((await tasks.waiting(task)).id, 'reject', { reason: '不是本店' }))
    refusal(await tasks.handIn(token, task), 409, 'task.tries_used')
    expect((await tasks.standing(token, task)).obstacle.message).toBe('未通过：不是本店。次数用完了')
  })

  test("are the member's own, used once, and seen by reviewers", async () => {
    const [member, other] = [await api.make.member(), await api.make.member()]
    const [task, another] = [await tasks.run({ content: proof }), await tasks.run({ content: proof })]
    const photoIds = [await tasks.photo(member.token)]
    refusal(await tasks.submit(other.token, task, { photoIds }), 404, 'resource.not_found')
    refusal(await tasks.submit(member.token, task, { photoIds: [] }), 400, 'request.invalid')
    const many = ['a', 'b', 'c', 'd']
    refusal(await tasks.submit(member.token, task, { photoIds: many }), 400, 'request.invalid')
    refusal(await tasks.submit(member.token, task, { photoIds, note: '违规' }), 409, 'task.text_refused')
    success(await tasks.submit(member.token, task, { photoIds }))
    refusal(await tasks.submit(member.token, another, { photoIds }), 404, 'resource.not_found')
    const reviewer = await api.make.colleague('reviewer')
    const seen = await fetch(`${api.app.baseUrl}/api/admin/uploads/${photoIds[0]}`, {
      headers: { authorization: `Bearer ${reviewer.token}` },
    })
    expect(seen.status).toBe(200)
  })

  test('earn by the version they were handed in for, also after the task has ended', async () => {
    const { token } = await api.make.member()
    const task = await tasks.run({ content: proof })
    success(await tasks.handIn(token, task))
    const change = { ...tasks.write({ content: proof, rewardPoints: 5 }), version: 1 }
    success(await tasks.as('PUT', `/api/admin/tasks/${task.id}`, change))
    success(await tasks.as('POST', `/api/admin/tasks/${task.id}/state`, { state: 'ended' }))
    const { id } = await tasks.waiting(task)
    expect(success(await tasks.decide(id, 'approve')).points).toBe(20)
  })

  test('of somebody blocked are not rewarded, of somebody who left are gone', async () => {
    const { id, token } = await api.make.member()
    const task = await tasks.run({ content: proof })
    success(await tasks.handIn(token, task))
    const waiting = await tasks.waiting(task)
    await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '测试' })
    refusal(await tasks.decide(waiting.id, 'approve'), 409, 'member.blocked')
    expect(await tasks.waiting(task)).toMatchObject({ id: waiting.id, state: 'reviewing' })
    await api.make.admin('POST', `/api/admin/members/${id}/unblock`, { reason: '测试' })
    success(await api.send('POST', '/api/member/me/close', { token, body: { isUnderstood: true } }))
    refusal(await tasks.decide(waiting.id, 'approve'), 409, 'task.proof_decided')
    const { items } = success(await tasks.as('GET', '/api/admin/task-proofs?state=withdrawn'))
    expect(items[0]).toMatchObject({ id: waiting.id, photoIds: [], note: '' })
  })

  test('wait in a queue, oldest first, page by page', async () => {
    const task = await tasks.run({ content: proof })
    for (let i = 0; i < 3; i += 1) {
      const { token } = await api.make.member()
      success(await tasks.handIn(token, task))
    }
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = success(
        await tasks.as('GET', `/api/admin/task-proofs?limit=2${cursor && `&cursor=${cursor}`}`),
      )
      seen.push(...page.items.map(({ id }: Json) => id))
      cursor = page.nextCursor
    }
    expect(seen).toEqual([...seen].sort())
    expect(new Set(seen).size).toBe(seen.length)
  })
})
