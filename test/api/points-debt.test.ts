import type { Json } from '#test/support/client'
import { tally, untilTyped } from '#test/support/crowd'
import { refusal, startApi, success } from './setting'

const api = startApi()
const adjust = async (memberId: string, body: object) =>
  api.send('POST', `/api/admin/members/${memberId}/points-adjustments`, {
    token: await api.make.adminToken(),
    body: { reason: '误发收回', ...body },
  })
const pointsOf = async (token: string): Promise<Json> =>
  success(await api.send('GET', '/api/member/points', { token }))
const entriesOf = async (token: string): Promise<Json[]> =>
  success(await api.send('GET', '/api/member/points/entries', { token })).items
const firstEntry = async (token: string): Promise<string> => (await entriesOf(token)).at(-1)?.id
const spend = async (token: string, pricePoints: number) => {
  const gift = await api.make.gift({ pricePoints })
  return success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201).order
}

/** A member whose 100 registration points were taken back when `debt` of them were frozen for an order. */
async function inDebt(debt: number) {
  const member = await api.make.member()
  const entryId = await firstEntry(member.token)
  const order = await spend(member.token, debt)
  success(await adjust(member.id, { change: -100, reversesEntryId: entryId }), 201)
  expect(await pointsOf(member.token)).toMatchObject({ available: 0, frozen: debt, debt })
  return { ...member, entryId, order }
}

test('taking an earning back takes what is left and makes the rest a debt, told in plain words', async () => {
  const { id, token } = await api.make.member()
  const entryId = await firstEntry(token)
  await spend(token, 40)
  const { adjustment, points } = success(await adjust(id, { change: -100, reversesEntryId: entryId }), 201)
  expect(adjustment).toMatchObject({ state: 'posted', reversesEntryId: entryId, debtChange: 40 })
  expect(points).toMatchObject({ available: 0, frozen: 40, debt: 40 })
  expect(await pointsOf(token)).toEqual(points)
  const [owed, taken] = await entriesOf(token)
  expect(taken).toMatchObject({ kind: 'claw_back', change: -60, title: '积分收回', detail: '误发收回' })
  expect(owed).toMatchObject({ kind: 'claw_back', change: 0, detail: '误发收回；已用掉的 40 积分记为欠款' })
  await api.app.deliverOutbox()
  const { items } = success(await api.send('GET', '/api/member/inbox', { token }))
  expect(items[0].body).toBe('扣减 100 积分，其中 40 积分记为欠款：误发收回')
  expect((await api.make.admin('GET', `/api/admin/members/${id}`)).member.points.debt).toBe(40)
  await api.make.expectCleanLedger()
})

test('with a debt nothing is redeemed, not even what costs nothing, and the gift page says why', async () => {
  const { token } = await inDebt(40)
  for (const pricePoints of [0, 10]) {
    const gift = await api.make.gift({ pricePoints })
    const { details } = refusal(
      await api.place(token, [{ giftId: gift.id, quantity: 1 }]),
      409,
      'points.in_debt',
    )
    expect(details).toEqual({ debt: 40 })
    const detail = success(await api.send('GET', `/api/member/gifts/${gift.id}`, { token }))
    expect(detail.gift.eligibility.obstacles).toContainEqual({
      code: 'points.in_debt',
      message: '有 40 积分待补足',
      help: '之后获得的积分会先补上',
      details: { debt: 40 },
    })
  }
})

test('a check-in pays the debt first', async () => {
  const { token } = await inDebt(3)
  success(await api.send('POST', '/api/member/check-ins', { token }))
  expect(await pointsOf(token)).toMatchObject({ available: 2, debt: 0 })
  expect((await entriesOf(token))[0]).toMatchObject({
    title: '每日签到',
    change: 2,
    detail: '其中 3 积分补了欠款',
  })
  await api.make.expectCleanLedger()
})

test('an adjustment upwards pays the debt first and keeps its reason', async () => {
  const { id, token } = await inDebt(40)
  const { adjustment, points } = success(await adjust(id, { change: 30, reason: '客服补偿' }), 201)
  expect([adjustment.debtChange, points.available, points.debt]).toEqual([-30, 0, 10])
  success(await adjust(id, { change: 30, reason: '客服补偿' }), 201)
  expect(await pointsOf(token)).toMatchObject({ available: 20, debt: 0 })
  expect((await entriesOf(token))[0]?.detail).toBe('客服补偿；其中 10 积分补了欠款')
  await api.app.deliverOutbox()
  const { items } = success(await api.send('GET', '/api/member/inbox', { token }))
  expect(items[0].body).toBe('增加 30 积分，其中 10 积分补了欠款：客服补偿')
  await spend(token, 20)
  await api.make.expectCleanLedger()
})

test('the points of a cancelled order pay the debt first', async () => {
  const { token, order } = await inDebt(40)
  success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))
  expect(await pointsOf(token)).toMatchObject({ available: 0, frozen: 0, debt: 0 })
  expect((await entriesOf(token))[0]).toMatchObject({
    kind: 'release',
    change: 0,
    detail: '40 积分补了欠款',
  })
  await api.make.expectCleanLedger()
})

test('with a debt no more is taken by hand', async () => {
  const { id } = await inDebt(40)
  refusal(await adjust(id, { change: -1 }), 409, 'points.in_debt')
})

test('an earning is taken back once in all, in parts or whole', async () => {
  const { id, token } = await api.make.member({ points: 500 })
  const entryId = await firstEntry(token)
  success(await adjust(id, { change: -70, reversesEntryId: entryId }), 201)
  const { details } = refusal(
    await adjust(id, { change: -31, reversesEntryId: entryId }),
    409,
    'points.limit_reached',
  )
  expect(details).toEqual({ limit: 30 })
  success(await adjust(id, { change: -30, reversesEntryId: entryId }), 201)
  refusal(await adjust(id, { change: -1, reversesEntryId: entryId }), 409, 'points.limit_reached')
  expect(await api.available(token)).toBe(400)
})

test('ten reversals of one earning at once take it back once', async () => {
  const { id, token } = await api.make.member({ points: 500 })
  const entryId = await firstEntry(token)
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      untilTyped(async () =>
        api.send('POST', `/api/admin/members/${id}/points-adjustments`, {
          token: await api.make.adminToken(),
          key: `${entryId}-${index}`,
          body: { change: -100, reason: '误发收回', reversesEntryId: entryId },
        }),
      ),
    ),
  )
  expect(tally(answers)).toEqual({ '201': 1, 'points.limit_reached': 9 })
  expect(await api.available(token)).toBe(400)
  await api.make.expectCleanLedger()
})

test("an entry of another member's, a spending, and none at all are not found", async () => {
  const { id, token } = await api.make.member()
  const other = await api.make.member()
  await spend(token, 10)
  const spending = (await entriesOf(token))[0]?.id
  for (const reversesEntryId of [await firstEntry(other.token), spending, 'unknown'])
    refusal(await adjust(id, { change: -5, reversesEntryId }), 404, 'resource.not_found')
  expect(await api.available(token)).toBe(90)
})

test('taking back adds nothing: a positive change is refused', async () => {
  const { id, token } = await api.make.member()
  const reversesEntryId = await firstEntry(token)
  const { details } = refusal(await adjust(id, { change: 5, reversesEntryId }), 400, 'request.invalid')
  expect(details.issues[0].path).toBe('body.change')
})

test('above the limit a reversal waits too, is checked at once, and makes its debt when approved', async () => {
  const { id, token } = await api.make.member()
  const entryId = await firstEntry(token)
  await spend(token, 100)
  await api.make.admin('PATCH', '/api/admin/settings', { adjustmentLimitPoints: 50 })
  refusal(await adjust(id, { change: -101, reversesEntryId: entryId }), 409, 'points.limit_reached')
  refusal(await adjust(id, { change: -100, reversesEntryId: 'unknown' }), 404, 'resource.not_found')
  const { adjustment } = success(await adjust(id, { change: -100, reversesEntryId: entryId }), 201)
  expect([adjustment.state, (await pointsOf(token)).debt]).toEqual(['pending', 0])
  await api.make.admin('PATCH', '/api/admin/settings', { adjustmentLimitPoints: 10_000 })
  const another = await api.make.colleague()
  const approved = success(
    await api.send('POST', `/api/admin/points-adjustments/${adjustment.id}/approve`, another),
  )
  expect(approved).toMatchObject({ adjustment: { debtChange: 100 }, points: { available: 0, debt: 100 } })
  await api.make.expectCleanLedger()
})
