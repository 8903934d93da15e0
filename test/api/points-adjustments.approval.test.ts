import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { tally, untilTyped } from '#test/support/crowd'
import { dayMs, refusal, startApi, success } from './setting'

// Adjusting takes no lock, so there is one setting to prove.
const api = startApi({ REDIS_LOCKS: 'off' })
type Colleague = Awaited<ReturnType<typeof api.make.colleague>>
let another: Colleague
beforeAll(async () => {
  another = await api.make.colleague('finance', '小顾')
})

/** An adjustment by the owner that waits. */
const request = async (memberId: string, change: number, more: object = {}): Promise<string> => {
  const body = { change, reason: '大额调整', ...more }
  const answer = await api.make.admin('POST', `/api/admin/members/${memberId}/points-adjustments`, body)
  expect(answer.adjustment.state).toBe('pending')
  return answer.adjustment.id
}
const approve = (id: string, token = another.token, key: string = randomUUID()) =>
  api.send('POST', `/api/admin/points-adjustments/${id}/approve`, { token, key })
const reject = (id: string, token = another.token, reason = '金额不对') =>
  api.send('POST', `/api/admin/points-adjustments/${id}/reject`, { token, body: { reason } })
const read = async (memberId: string): Promise<Json> =>
  (await api.make.admin('GET', `/api/admin/points-adjustments?memberId=${memberId}`)).items[0]
const entries = async (token: string): Promise<Json[]> =>
  success(await api.send('GET', '/api/member/points/entries', { token })).items
const messages = async (token: string): Promise<string[]> => {
  await api.app.deliverOutbox()
  const { items } = success(await api.send('GET', '/api/member/inbox', { token }))
  return items.map(({ body }: Json) => body)
}

test('another admin approves: only then it is posted and the member told', async () => {
  const { id, token } = await api.make.member()
  const adjustmentId = await request(id, 20_000)
  expect(await messages(token)).toHaveLength(1)
  const { adjustment, points } = success(await approve(adjustmentId))
  expect(adjustment).toMatchObject({
    id: adjustmentId,
    state: 'posted',
    requestedBy: { name: '所有者' },
    decidedBy: { id: another.id, name: '小顾' },
    decidedAt: expect.any(String),
    rejectReason: null,
    debtChange: 0,
  })
  expect(points.available).toBe(20_100)
  expect(await read(id)).toEqual(adjustment)
  expect((await entries(token))[0]).toMatchObject({ kind: 'adjust', change: 20_000, detail: '大额调整' })
  expect((await messages(token))[0]).toBe('增加 20000 积分：大额调整')
  await api.make.expectCleanLedger()
})

test('who asked for it does not approve it, not even an owner, but may withdraw it', async () => {
  const { id } = await api.make.member()
  const adjustmentId = await request(id, 20_000)
  const own = refusal(
    await approve(adjustmentId, await api.make.adminToken()),
    409,
    'points.approval_by_another',
  )
  expect(own.message).toBe('请由另一位管理员审批')
  expect((await read(id)).state).toBe('pending')
  const { adjustment } = success(await reject(adjustmentId, await api.make.adminToken(), '写错了数'))
  expect(adjustment).toMatchObject({ state: 'rejected', rejectReason: '写错了数' })
})

test('a rejection posts nothing, tells the member nothing, and is final', async () => {
  const { id, token } = await api.make.member()
  const adjustmentId = await request(id, 20_000)
  success(await reject(adjustmentId))
  for (const again of [await approve(adjustmentId), await reject(adjustmentId)]) {
    const { details, message } = refusal(again, 409, 'points.adjustment_decided')
    expect(details).toEqual({ state: 'rejected', decidedBy: '小顾', decidedAt: expect.any(String) })
    expect(message).toBe('这笔调整已经由小顾拒绝')
  }
  expect(await api.available(token)).toBe(100)
  expect(await messages(token)).toHaveLength(1)
})

test('a negative one that no longer fits stays waiting and may be approved later', async () => {
  const { id, token } = await api.make.member({ points: 15_000 })
  const adjustmentId = await request(id, -14_000)
  const gift = await api.make.gift({ pricePoints: 2_000 })
  const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  const key = randomUUID()
  const { details } = refusal(await approve(adjustmentId, another.token, key), 409, 'points.insufficient')
  expect(details).toEqual({ required: 14_000, available: 13_000 })
  expect(await read(id)).toMatchObject({ state: 'pending', decidedBy: null })
  success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))
  success(await approve(adjustmentId, another.token, key))
  expect(await api.available(token)).toBe(1_000)
  await api.make.expectCleanLedger()
})

test('the limit is a setting; at 0 every adjustment waits', async () => {
  const { id } = await api.make.member()
  await api.make.admin('PATCH', '/api/admin/settings', { adjustmentLimitPoints: 0 })
  const adjustmentId = await request(id, 1)
  await api.make.admin('PATCH', '/api/admin/settings', { adjustmentLimitPoints: 10_000 })
  expect(success(await approve(adjustmentId)).points.available).toBe(101)
})

test('request and decision are both in the audit trail, with who did what', async () => {
  const { id } = await api.make.member()
  const adjustmentId = await request(id, 20_000)
  success(await approve(adjustmentId))
  const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${id}`)
  expect(items).toMatchObject([
    {
      operation: 'points.adjustments.approve',
      adminName: '小顾',
      before: { adjustmentId, state: 'pending', available: 100 },
      after: { adjustmentId, state: 'posted', available: 20_100 },
    },
    {
      operation: 'points.adjust',
      adminName: '所有者',
      before: { available: 100 },
      after: { adjustmentId, state: 'pending', available: 100, change: 20_000, reason: '大额调整' },
    },
  ])
})

test('the same key approves once and gives the first answer again', async () => {
  const { id, token } = await api.make.member()
  const adjustmentId = await request(id, 20_000)
  const key = randomUUID()
  const first = success(await approve(adjustmentId, another.token, key))
  expect(success(await approve(adjustmentId, another.token, key))).toEqual(first)
  refusal(await approve(await request(id, 30_000), another.token, key), 422, 'idempotency.key_reused')
  expect(await api.available(token)).toBe(20_100)
})

test('without a key nothing is approved, without a reason nothing rejected', async () => {
  const { id } = await api.make.member()
  const path = `/api/admin/points-adjustments/${await request(id, 20_000)}`
  const { token } = another
  refusal(await api.send('POST', `${path}/approve`, { token, key: null }), 400, 'idempotency.key_required')
  for (const body of [{}, { reason: ' ' }, { reason: '长'.repeat(201) }])
    refusal(await api.send('POST', `${path}/reject`, { token, body }), 400, 'request.invalid')
  refusal(await approve('unknown'), 404, 'resource.not_found')
  expect((await read(id)).state).toBe('pending')
})

test('one that was posted at once has nothing to approve', async () => {
  const { id } = await api.make.member()
  const { adjustment } = await api.make.admin('POST', `/api/admin/members/${id}/points-adjustments`, {
    change: 5,
    reason: '直接入账',
  })
  const { details } = refusal(await approve(adjustment.id), 409, 'points.adjustment_decided')
  expect(details).toMatchObject({ state: 'posted', decidedBy: '所有者' })
})

test('20 approvals at once by four admins post once; the others are told who was first', async () => {
  const { id, token } = await api.make.member()
  const admins = [another]
  for (const name of ['小林', '小周', '小沈']) admins.push(await api.make.colleague('finance', name))
  const adjustmentId = await request(id, 20_000)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      untilTyped(() => approve(adjustmentId, admins[index % 4]?.token, `${adjustmentId}-${index}`)),
    ),
  )
  expect(tally(answers)).toEqual({ '200': 1, 'points.adjustment_decided': 19 })
  const approved = answers.find(({ status }) => status === 200)?.body.adjustment
  for (const { body } of answers.filter(({ status }) => status === 409))
    expect(body.error.details).toMatchObject({ state: 'posted', decidedBy: approved.decidedBy.name })
  expect((await entries(token)).map(({ change }) => change)).toEqual([20_000, 100])
  expect(await messages(token)).toHaveLength(2)
  await api.make.expectCleanLedger()
})

test('approving and rejecting at once: one of them, ten times over', async () => {
  const { id, token } = await api.make.member()
  let posted = 0
  for (let round = 0; round < 10; round += 1) {
    const adjustmentId = await request(id, 20_000)
    const [approved, rejected] = await Promise.all([
      untilTyped(() => approve(adjustmentId)),
      untilTyped(() => reject(adjustmentId)),
    ])
    expect(tally([approved, rejected])).toEqual({ '200': 1, 'points.adjustment_decided': 1 })
    const { state } = await read(id)
    expect(state).toBe(approved.status === 200 ? 'posted' : 'rejected')
    if (state === 'posted') posted += 1
  }
  expect(await api.available(token)).toBe(100 + posted * 20_000)
  await api.make.expectCleanLedger()
})

describe('what is split', () => {
  const adjustAs = (token: string, memberId: string, change: number) =>
    untilTyped(() =>
      api.send('POST', `/api/admin/members/${memberId}/points-adjustments`, {
        token,
        key: randomUUID(),
        body: { change, reason: '拆开来调' },
      }),
    )
  const stateOf = async (token: string, memberId: string, change: number): Promise<string> =>
    success(await adjustAs(token, memberId, change), 201).adjustment.state

  test('of one member and business day counts together, additions and deductions alike', async () => {
    const { id } = await api.make.member()
    const { token } = another
    expect(await stateOf(token, id, 6_000)).toBe('posted')
    expect(await stateOf(token, id, -3_000)).toBe('posted')
    expect(await stateOf(token, id, 1_001)).toBe('pending')
    expect(await stateOf(token, id, 1_000)).toBe('posted')
    expect(await stateOf(token, id, -1)).toBe('pending')
    // Another member and another admin have a limit of their own.
    expect(await stateOf(token, (await api.make.member()).id, 10_000)).toBe('posted')
    expect(await stateOf(await api.make.adminToken(), id, 10_000)).toBe('posted')
  })

  test('begins anew with the business day for the same admin and member', async () => {
    const { id } = await api.make.member()
    const signIn = async () => api.make.adminToken()
    expect(await stateOf(await signIn(), id, 10_000)).toBe('posted')
    expect(await stateOf(await signIn(), id, 1)).toBe('pending')
    await api.advance(dayMs)
    expect(await stateOf(await signIn(), id, 10_000)).toBe('posted')
    another = await api.make.colleague('finance', '小顾')
  })

  test('what waits, was rejected or was approved by another admin does not count', async () => {
    const { id } = await api.make.member()
    success(await approve(await request(id, 50_000)))
    success(await reject(await request(id, 40_000)))
    await request(id, 30_000)
    expect(await stateOf(await api.make.adminToken(), id, 10_000)).toBe('posted')
    expect(await stateOf(await api.make.adminToken(), id, 1)).toBe('pending')
  })

  test('20 at once of a tenth of the limit each: ten are posted, ten wait', async () => {
    const { id, token } = await api.make.member()
    const admin = await api.make.adminToken()
    const answers = await Promise.all(Array.from({ length: 20 }, () => adjustAs(admin, id, 1_000)))
    expect(tally(answers)).toEqual({ '201': 20 })
    const states = answers.map(({ body }) => body.adjustment.state)
    expect(states.filter((state) => state === 'posted')).toHaveLength(10)
    expect(states.filter((state) => state === 'pending')).toHaveLength(10)
    expect(await api.available(token)).toBe(10_100)
    await api.make.expectCleanLedger()
  })
})
