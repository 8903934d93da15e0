import { sweepDueOrders } from '#bff/features/orders/index'
import type { Json } from '#test/support/client'
import { many } from '#test/support/crowd'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const sweep = () => sweepDueOrders(api.app.app.services)
const queue = async (query = ''): Promise<Json[]> =>
  (await api.make.admin('GET', `/api/admin/orders?state=reviewing${query}`)).items
const messages = async (token: string): Promise<string[]> => {
  await api.app.deliverOutbox()
  const { items } = success(await api.send('GET', '/api/member/inbox', { token }))
  return items.map(({ title }: Json) => title)
}
const reviewed = (more: object = {}) =>
  api.make.order({ gift: { needsReview: true, perMemberLimit: 1, dailyQuota: 1, ...more }, points: 100 })
const isBack = async (member: { token: string }, giftId: string) => {
  expect([await api.available(member.token), await api.stockOf(giftId)]).toEqual([100, 10])
  await api.make.expectCleanLedger()
}

test('the queue is oldest first, pages, and says why each waits and until when', async () => {
  const orders = [await reviewed(), await reviewed(), await reviewed()].map(({ order }) => order.id)
  const seen: Json[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Json = await api.make.admin(
      'GET',
      `/api/admin/orders?state=reviewing&limit=2${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...page.items)
    cursor = page.nextCursor
  }
  expect(seen.map(({ id }) => id).filter((id) => orders.includes(id))).toEqual(orders)
  const last = seen.at(-1)
  expect(last.review).toEqual({
    reasons: [{ code: 'gift.needs_review', message: '「手作陶杯」要审核' }],
    remindedAt: null,
    rejectsAt: new Date(Date.parse(last.placedAt) + 7 * dayMs).toISOString(),
  })
})

test('one reviewed gift sends the whole order to review, and is named; an order without one never waits', async () => {
  const gifts = [
    await api.make.gift({ pricePoints: 1 }),
    await api.make.gift({ pricePoints: 1, needsReview: true, name: '限定手冲壶' }),
  ]
  const { token } = await api.make.member()
  const items = gifts.map(({ id }) => ({ giftId: id, quantity: 1 }))
  const { order } = success(await api.place(token, items), 201)
  const [waiting] = (await queue()).filter(({ id }) => id === order.id)
  expect(waiting.review.reasons).toEqual([{ code: 'gift.needs_review', message: '「限定手冲壶」要审核' }])
  const plain = await api.make.order()
  const listed = await api.make.admin('GET', `/api/admin/orders?memberId=${plain.member.id}`)
  expect(listed.items).toMatchObject([{ id: plain.order.id, review: null }])
})

test('after 3 days a review is reminded of once: a flag for admins, a message for the member', async () => {
  const { order, member } = await reviewed()
  await api.advance(3 * dayMs - 60_000)
  await sweep()
  expect((await queue('&reminded=true')).map(({ id }) => id)).not.toContain(order.id)
  await api.advance(120_000)
  await many(3, sweep)
  await sweep()
  const token = await api.signIn(member.openid)
  expect((await messages(token)).filter((title) => title === '还在审核')).toHaveLength(1)
  const [flagged] = (await queue('&reminded=true')).filter(({ id }) => id === order.id)
  expect(flagged.review.remindedAt).not.toBeNull()
  expect((await queue('&reminded=false')).map(({ id }) => id)).not.toContain(order.id)
})

test('after 7 days a review ends by itself: points, piece and place come back once, and the member sees why', async () => {
  const { order, member, gift } = await reviewed()
  await api.advance(7 * dayMs + 60_000)
  const moved = await many(4, sweep)
  expect(moved.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1)
  expect(await sweep()).toBe(0)
  const token = await api.signIn(member.openid)
  const read = success(await api.send('GET', `/api/member/orders/${order.id}`, { token })).order
  expect(read).toMatchObject({ state: 'rejected', rejectionReason: '7 天内没有完成审核' })
  expect(read.timeline).toHaveLength(2)
  expect((await messages(token)).filter((title) => title === '审核未通过')).toHaveLength(1)
  await isBack({ token }, gift.id)
  const token_ = await api.make.adminToken()
  refusal(
    await api.send('POST', `/api/admin/orders/${order.id}/approve`, { token: token_ }),
    409,
    'order.invalid_state',
  )
  success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
})

test('an approval that races the sweep wins or loses whole', async () => {
  const made = await many(4, () => reviewed())
  await api.advance(7 * dayMs + 60_000)
  const adminToken = await api.make.adminToken()
  const [approvals] = await Promise.all([
    Promise.all(
      made.map(({ order }) =>
        api.send('POST', `/api/admin/orders/${order.id}/approve`, { token: adminToken }),
      ),
    ),
    sweep(),
    sweep(),
  ])
  for (const [index, { member, order, gift }] of made.entries()) {
    const token = await api.signIn(member.openid)
    const { state } = success(await api.send('GET', `/api/member/orders/${order.id}`, { token })).order
    const isApproved = approvals[index]?.status === 200
    expect(state).toBe(isApproved ? 'to_pick_up' : 'rejected')
    expect([await api.available(token), await api.stockOf(gift.id)]).toEqual(isApproved ? [50, 9] : [100, 10])
  }
  await api.make.expectCleanLedger()
})
