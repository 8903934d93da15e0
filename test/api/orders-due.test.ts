import { sweepDueOrders } from '#bff/features/orders/index'
import { many } from '#test/support/crowd'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const sweep = () => sweepDueOrders(api.app.app.services)
const read = async (token: string, orderId: string) =>
  success(await api.send('GET', `/api/member/orders/${orderId}`, { token })).order

test('a pick-up that nobody collected gives points, piece and place back exactly once', async () => {
  const { order, member, gift } = await api.make.order({
    gift: { pickUpValidDays: 1, perMemberLimit: 1, stock: 1 },
    points: 100,
  })
  expect(await sweep()).toBe(0)
  await api.advance(2 * dayMs)
  expect(await sweep()).toBe(1)
  expect(await sweep()).toBe(0)
  const expired = await read(member.token, order.id)
  expect(expired).toMatchObject({ state: 'expired', canCancel: false })
  expect([await api.available(member.token), await api.stockOf(gift.id)]).toEqual([100, 1])
  refusal(
    await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: member.token }),
    409,
    'order.invalid_state',
  )
  success(await api.place(member.token, [{ giftId: gift.id, quantity: 1 }]), 201)
  await api.make.expectCleanLedger()
})

test('sweeps that run at once give back once', async () => {
  const { member, gift } = await api.make.order({ gift: { pickUpValidDays: 1 }, points: 100 })
  await api.advance(2 * dayMs)
  const moved = await many(4, sweep)
  expect(moved.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(1)
  expect([await api.available(member.token), await api.stockOf(gift.id)]).toEqual([100, 10])
  await api.make.expectCleanLedger()
})

test('a sweep that races a cancellation gives back once', async () => {
  const { order, member, gift } = await api.make.order({ gift: { pickUpValidDays: 1 }, points: 100 })
  await api.advance(2 * dayMs)
  await Promise.all([
    sweep(),
    api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: member.token }),
  ])
  expect(['expired', 'cancelled']).toContain((await read(member.token, order.id)).state)
  expect([await api.available(member.token), await api.stockOf(gift.id)]).toEqual([100, 10])
  await api.make.expectCleanLedger()
})

test('a delivery confirms itself after 7 days, not before', async () => {
  const { order, member } = await api.make.order({ gift: { handOver: 'delivery' }, points: 100 })
  const parcel = { carrier: '顺丰速运', trackingNumber: 'SF1234567890' }
  const shipped = (await api.make.admin('POST', `/api/admin/orders/${order.id}/ship`, parcel)).order
  expect(shipped.autoConfirmsAt).toMatch(/T15:59:59\.999Z$/)
  await api.advance(6 * dayMs)
  expect(await sweep()).toBe(0)
  await api.advance(2 * dayMs)
  expect(await sweep()).toBe(1)
  expect(await sweep()).toBe(0)
  expect(await read(member.token, order.id)).toMatchObject({ state: 'completed', canConfirm: false })
  const points = success(await api.send('GET', '/api/member/points', { token: member.token }))
  expect(points).toMatchObject({ available: 50, frozen: 0 })
  refusal(
    await api.send('POST', `/api/member/orders/${order.id}/confirm`, { token: member.token }),
    409,
    'order.invalid_state',
  )
  await api.make.expectCleanLedger()
})

test('an order that waited in review has its whole time to be collected once it is approved', async () => {
  const { order, member } = await api.make.order({
    gift: { needsReview: true, pickUpValidDays: 1 },
    points: 100,
  })
  await api.advance(3 * dayMs)
  expect(await sweep()).toBe(0)
  const { order: approved } = await api.make.admin('POST', `/api/admin/orders/${order.id}/approve`)
  expect(Date.parse(approved.pickUpExpiresAt)).toBeGreaterThan(api.app.app.services.clock.now().getTime())
  expect(await sweep()).toBe(0)
  success(await api.send('GET', `/api/member/orders/${order.id}/code`, { token: member.token }))
})
