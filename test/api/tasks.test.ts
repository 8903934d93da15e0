import { randomUUID } from 'node:crypto'
import { bindPhone } from '#test/support/bind-phone'
import type { Json } from '#test/support/client'
import { dayMs, refusal, startApi, success } from './setting'
import { proof, quiz, startTasks, survey, surveyAnswers } from './tasks.setting'

const api = startApi()
const tasks = startTasks(api)
const listed = async (token: string, task: Json) =>
  success(await api.send('GET', '/api/member/tasks', { token })).items.find(({ id }: Json) => id === task.id)
const setState = (task: Json, state: string) =>
  tasks.as('POST', `/api/admin/tasks/${task.id}/state`, { state })
const profile = (...fields: string[]) => ({ content: { kind: 'profile', fields } })

afterEach(() => api.make.expectCleanLedger())

describe('writing tasks', () => {
  test("a draft is nobody's, a running one is listed, a paused one refused, an ended one over for good", async () => {
    const { token } = await api.make.member()
    const { task } = success(await tasks.as('POST', '/api/admin/tasks', tasks.write()), 201)
    expect(task).toMatchObject({ state: 'draft', version: 1, givenPoints: null, budget: null })
    refusal(await api.send('GET', `/api/member/tasks/${task.id}`, { token }), 404, 'resource.not_found')
    refusal(await tasks.submit(token, task), 404, 'resource.not_found')
    refusal(await setState(task, 'paused'), 409, 'task.invalid_state')
    success(await setState(task, 'running'))
    expect(await listed(token, task)).toMatchObject({ standing: 'open', rewardPoints: 20, obstacle: null })
    success(await setState(task, 'paused'))
    expect(await listed(token, task)).toBeUndefined()
    expect(refusal(await tasks.submit(token, task), 409, 'task.not_open').message).toContain('暂停')
    success(await setState(task, 'running'))
    success(await setState(task, 'ended'))
    refusal(await tasks.submit(token, task), 409, 'task.not_open')
    refusal(await setState(task, 'running'), 409, 'task.invalid_state')
    const change = { ...tasks.write(), version: 1 }
    refusal(await tasks.as('PUT', `/api/admin/tasks/${task.id}`, change), 409, 'task.invalid_state')
    const { items } = await api.make.admin('GET', '/api/admin/audit-entries?limit=100')
    const operations = items.filter(({ targetId }: Json) => targetId === task.id)
    expect(operations.map(({ operation }: Json) => operation)).toEqual([
      ...Array(4).fill('admin.tasks.set-state'),
      'admin.tasks.create',
    ])
  })

  test('a change is a new version: what is done stays done, who saw the old one is asked to look again', async () => {
    const [{ token }, other] = [await api.make.member(), await api.make.member()]
    const task = await tasks.run()
    success(await tasks.submit(token, task))
    const change = (version: number, more: object = {}) =>
      tasks.as('PUT', `/api/admin/tasks/${task.id}`, {
        ...tasks.write({ rewardPoints: 50, ...more }),
        version,
      })
    expect(success(await change(1)).task).toMatchObject({ version: 2, rewardPoints: 50, state: 'running' })
    refusal(await change(1), 409, 'resource.conflict')
    refusal(await change(2, { content: quiz }), 400, 'request.invalid')
    refusal(await change(2, { schedule: { kind: 'daily' } }), 400, 'request.invalid')
    refusal(await tasks.submit(token, task, { version: 2 }), 409, 'task.done')
    refusal(await tasks.submit(other.token, task), 409, 'task.changed')
    expect(success(await tasks.submit(other.token, task, { version: 2 }))).toMatchObject({ points: 50 })
    const read = success(await tasks.as('GET', `/api/admin/tasks/${task.id}`))
    expect(read).toMatchObject({
      completions: 2,
      versions: [{ version: 2 }, { version: 1, rewardPoints: 20 }],
    })
  })

  test('what cannot be done is refused as it is written', async () => {
    const [one, ...others] = survey.questions
    const wrong: object[] = [
      { content: { kind: 'share' } },
      { content: { kind: 'survey', questions: [] } },
      {
        content: {
          kind: 'survey',
          questions: Array(21)
            .fill(one)
            .map((q, i) => ({ ...q, id: `q${i}` })),
        },
      },
      { content: { kind: 'survey', questions: [one, one] } },
      { content: { kind: 'survey', questions: [{ ...others[0], max: 4 }] } },
      { content: { kind: 'survey', questions: [{ ...others[0], min: 2, max: 1 }] } },
      { content: { kind: 'survey', questions: [{ ...others[2], maxCharacters: 501 }] } },
      { content: { ...quiz, passCount: 3 } },
      { content: { ...quiz, questions: [{ ...quiz.questions[0], rightIds: ['a', 'b'] }], passCount: 1 } },
      { content: { ...quiz, questions: [{ ...quiz.questions[0], rightIds: ['z'] }], passCount: 1 } },
      { content: { ...quiz, questions: [others[1]], passCount: 1 } },
      { content: { kind: 'profile', fields: [] } },
      { perMember: 10 },
      { rewardPoints: 0 },
      { startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' },
    ]
    for (const overrides of wrong)
      refusal(await tasks.as('POST', '/api/admin/tasks', tasks.write(overrides)), 400, 'request.invalid')
  })
})

describe('who, when and how much', () => {
  test('a window, tiers and groups say why not, in the list and to whoever tries', async () => {
    const { id, token } = await api.make.member()
    const now = api.app.app.services.clock.now().getTime()
    const at = (days: number) => new Date(now + days * dayMs).toISOString()
    const future = await tasks.run({ startsAt: at(1) })
    const past = await tasks.run({ startsAt: at(-2), endsAt: at(-1) })
    const gold = await tasks.run({ tiers: ['gold', 'diamond'] })
    const friends = await tasks.run({ groups: ['老友'] })
    expect(await listed(token, future)).toMatchObject({
      standing: 'unavailable',
      obstacle: { code: 'task.not_open' },
    })
    expect(await listed(token, past)).toBeUndefined()
    expect((await listed(token, gold)).obstacle).toEqual({
      code: 'task.not_for_you',
      message: '只给金卡、钻石',
    })
    expect((await listed(token, friends)).obstacle.message).toBe('只给老友')
    for (const task of [future, past]) refusal(await tasks.submit(token, task), 409, 'task.not_open')
    for (const task of [gold, friends]) refusal(await tasks.submit(token, task), 409, 'task.not_for_you')
    await api.make.admin('PATCH', `/api/admin/members/${id}`, { groups: ['老友'], tier: 'gold' })
    for (const task of [gold, friends]) success(await tasks.submit(token, task))
  })

  test('a newcomer task is for so many days after joining', async () => {
    const old = await api.make.member()
    const task = await tasks.run({ schedule: { kind: 'newcomer', days: 3 } })
    expect((await listed(old.token, task)).closesAt).toEqual(expect.any(String))
    await api.advance(3 * dayMs)
    const { openid } = old
    old.token = await api.signIn(openid)
    expect(await listed(old.token, task)).toBeUndefined()
    refusal(await tasks.submit(old.token, task), 409, 'task.not_for_you')
    const fresh = await api.make.member()
    success(await tasks.submit(fresh.token, task))
    expect(await listed(fresh.token, task)).toMatchObject({ standing: 'done', earnedPoints: 20 })
  })

  test('a daily task is done once a business day, up to what one member may get', async () => {
    const member = await api.make.member()
    const task = await tasks.run({ schedule: { kind: 'daily' }, perMember: 30 })
    expect(success(await tasks.submit(member.token, task)).points).toBe(20)
    refusal(await tasks.submit(member.token, task), 409, 'task.done')
    await api.advance(dayMs)
    member.token = await api.signIn(member.openid)
    expect(success(await tasks.submit(member.token, task))).toMatchObject({
      points: 10,
      cuts: [expect.stringContaining('少得 10')],
    })
    await api.advance(dayMs)
    member.token = await api.signIn(member.openid)
    refusal(await tasks.submit(member.token, task), 409, 'task.no_points_left')
    expect((await listed(member.token, task)).obstacle.message).toBe('这个任务你已得满 30 积分')
  })

  test('a budget gives what is left, tells the cut, and then says that nothing is left', async () => {
    const task = await tasks.run({ budget: 30 })
    const [one, two, three] = [await api.make.member(), await api.make.member(), await api.make.member()]
    expect(success(await tasks.submit(one.token, task))).toMatchObject({ points: 20, cuts: [] })
    const { points, cuts } = success(await tasks.submit(two.token, task))
    expect({ points, cuts }).toEqual({
      points: 10,
      cuts: ['说说你的看法的积分已经发完，一共 30 积分，少得 10'],
    })
    expect(refusal(await tasks.submit(three.token, task), 409, 'task.no_points_left').message).toContain(
      '发完',
    )
    expect(await listed(three.token, task)).toMatchObject({ standing: 'unavailable' })
    expect(success(await tasks.as('GET', `/api/admin/tasks/${task.id}`)).task.givenPoints).toBe(30)
    const { items } = success(await api.send('GET', '/api/member/points/entries', { token: two.token }))
    expect(items[0]).toMatchObject({ change: 10, title: '任务：说说你的看法' })
  })

  test('a cap of the programme leaves the task open, to be done another day', async () => {
    await api.make.admin('PATCH', '/api/admin/settings', { dayCapPoints: 25 })
    const member = await api.make.member()
    const [one, two, three] = [await tasks.run(), await tasks.run(), await tasks.run()]
    expect(success(await tasks.submit(member.token, one)).points).toBe(20)
    expect(success(await tasks.submit(member.token, two)).points).toBe(5)
    refusal(await tasks.submit(member.token, three), 409, 'task.no_points_left')
    expect(await tasks.standing(member.token, three)).toMatchObject({ standing: 'open' })
    await api.make.admin('PATCH', '/api/admin/settings', { dayCapPoints: 0 })
    expect(success(await tasks.submit(member.token, three)).points).toBe(20)
  })

  test('points live as the task says', async () => {
    const { token } = await api.make.member()
    const task = await tasks.run({ expiry: { kind: 'days', days: 5 } })
    success(await tasks.submit(token, task))
    const { expiringSoon } = success(await api.send('GET', '/api/member/points', { token }))
    expect(expiringSoon[0].points).toBe(20)
  })

  test('a blocked member is refused, and the key keeps its first answer', async () => {
    const { id, token } = await api.make.member()
    const task = await tasks.run()
    await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '测试' })
    refusal(await tasks.submit(token, task), 409, 'member.blocked')
    expect((await tasks.standing(token, task)).obstacle.code).toBe('member.blocked')
    await api.make.admin('POST', `/api/admin/members/${id}/unblock`, { reason: '测试' })
    const key = randomUUID()
    const first = success(await tasks.submit(token, task, {}, key))
    expect(success(await tasks.submit(token, task, {}, key))).toEqual(first)
    expect(first.balance).toBe(120)
    refusal(await tasks.submit(token, task, { version: 2 }, key), 422, 'idempotency.key_reused')
    const path = `/api/member/tasks/${task.id}/submissions`
    const body = { kind: 'survey', version: 1, answers: surveyAnswers }
    refusal(await api.send('POST', path, { token, body, key: null }), 400, 'idempotency.key_required')
    refusal(
      await tasks.submit(token, await tasks.run(), { kind: 'follow', answers: undefined }),
      400,
      'request.invalid',
    )
  })

  test('who closes the account and comes back has done what he did, and is no newcomer', async () => {
    const first = await api.make.member()
    const task = await tasks.run()
    const daily = await tasks.run({ schedule: { kind: 'daily' } })
    const newcomer = await tasks.run({ schedule: { kind: 'newcomer', days: 2 } })
    for (const one of [task, daily]) success(await tasks.submit(first.token, one))
    success(
      await api.send('POST', '/api/member/me/close', { token: first.token, body: { isUnderstood: true } }),
    )
    await api.advance(2 * dayMs)
    const token = await api.signIn(first.openid)
    refusal(await tasks.submit(token, task), 409, 'task.done')
    refusal(await tasks.submit(token, newcomer), 409, 'task.not_for_you')
    const { items } = success(await tasks.as('GET', `/api/admin/tasks/${task.id}/answers`))
    expect(items[0].answers.map(({ text }: Json) => text)).toEqual([null, null, null, null])
  })
})

describe('a profile', () => {
  test('is proven by what the member has filled in', async () => {
    const { token } = await api.make.member()
    const task = await tasks.run(profile('nick', 'avatar', 'birthday', 'phone'))
    const missing = refusal(await tasks.submit(token, task), 409, 'task.not_proven')
    expect(missing).toMatchObject({
      message: '还差昵称、头像、生日、手机号',
      details: { missing: ['nick', 'avatar', 'birthday', 'phone'] },
    })
    expect((await listed(token, task)).progress).toEqual({ done: 0, total: 4 })
    const body = { nick: '阿满', birthday: '1990-05-01', avatarUploadId: await tasks.photo(token) }
    success(await api.send('POST', '/api/member/me/profile', { token, body }))
    refusal(await tasks.submit(token, task), 409, 'task.not_proven')
    success(await bindPhone(api.send, token, `139${String(Date.now()).slice(-8)}`))
    const read = success(await api.send('GET', `/api/member/tasks/${task.id}`, { token }))
    expect(read.profile.every(({ isDone }: Json) => isDone)).toBe(true)
    expect(success(await tasks.submit(token, task))).toMatchObject({ outcome: 'done', points: 20 })
  })
})

test('only a member of that task reads it; what does not exist is not found', async () => {
  const { token } = await api.make.member()
  refusal(await api.send('GET', '/api/member/tasks'), 401, 'auth.unauthenticated')
  refusal(await api.send('GET', '/api/member/tasks/nothing', { token }), 404, 'resource.not_found')
  refusal(await tasks.as('GET', '/api/admin/tasks/nothing/tallies'), 404, 'resource.not_found')
  refusal(await tasks.decide('nothing', 'approve'), 404, 'resource.not_found')
  await tasks.run({ content: proof })
})
