import { sweepDueOrders } from '#bff/features/orders/index'
import type { Json } from '#test/support/client'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const sweep = () => sweepDueOrders(api.app.app.services)
const change = async (body: object) =>
  success(await api.send('PATCH', '/api/admin/settings', { token: await api.make.adminToken(), body }))
const reviewed = () => api.make.order({ gift: { needsReview: true }, points: 100 })
const orderOf = async (order: Json): Promise<Json> =>
  (await api.make.admin('GET', '/api/admin/orders?limit=100')).items.find(({ id }: Json) => id === order.id)
const parcel = { carrier: '顺丰速运', trackingNumber: 'SF1234567890' }
const shipped = async () => {
  const { order } = await api.make.order({ gift: { handOver: 'delivery' }, points: 100 })
  const answer = await api.make.admin('POST', `/api/admin/orders/${order.id}/ship`, parcel)
  return answer.order as Json
}
const daysUntil = (instant: string) =>
  Math.floor((Date.parse(instant) - api.app.app.services.clock.now().getTime()) / dayMs)

afterEach(() => change({ reviewReminderDays: 3, reviewRejectDays: 7, autoConfirmDays: 7 }))

test('orders that wait for a review are judged by the numbers as they are now', async () => {
  const { order } = await reviewed()
  await change({ reviewReminderDays: 1, reviewRejectDays: 2 })
  const waiting = await orderOf(order)
  expect(Date.parse(waiting.review.rejectsAt) - Date.parse(waiting.placedAt)).toBe(2 * dayMs)
  await api.advance(dayMs + 60_000)
  await sweep()
  expect(await orderOf(order)).toMatchObject({
    state: 'reviewing',
    review: { remindedAt: expect.any(String) },
  })
  await api.advance(dayMs)
  expect(await sweep()).toBe(1)
  expect(await orderOf(order)).toMatchObject({
    state: 'rejected',
    rejectionReason: '2 天内没有完成审核',
  })
  await api.make.expectCleanLedger()
})

test('more time for reviews is time for those that wait already', async () => {
  const { order } = await reviewed()
  await change({ reviewRejectDays: 30 })
  await api.advance(29 * dayMs)
  expect(await sweep()).toBe(0)
  expect((await orderOf(order)).state).toBe('reviewing')
  await api.advance(2 * dayMs)
  expect(await sweep()).toBe(1)
})

test('a delivery confirms itself by the number of the day it was sent, and keeps the date it was told', async () => {
  const before = await shipped()
  await change({ autoConfirmDays: 2 })
  expect((await orderOf(before)).autoConfirmsAt).toBe(before.autoConfirmsAt)
  const after = await shipped()
  expect([daysUntil(before.autoConfirmsAt), daysUntil(after.autoConfirmsAt)]).toEqual([7, 2])
  await api.advance(3 * dayMs)
  expect(await sweep()).toBe(1)
  expect([(await orderOf(before)).state, (await orderOf(after)).state]).toEqual(['shipped', 'completed'])
})

test('a gift made without a minimum balance asks for the programme number, and keeps it', async () => {
  const create = (more: object = {}) =>
    api.make.gift({ minimumBalance: undefined, pricePoints: 30, ...more }) as Promise<Json>
  const [usual, own] = [await create(), await create({ minimumBalance: 7 })]
  expect([usual.minimumBalance, own.minimumBalance]).toEqual([100, 7])
  await change({ minimumBalancePoints: 40 })
  const later = await create()
  expect(later.minimumBalance).toBe(40)
  expect((await api.make.admin('GET', `/api/admin/gifts/${usual.id}`)).gift.minimumBalance).toBe(100)
  const { token } = await api.make.member({ points: 99 })
  const { details } = refusal(
    await api.place(token, [{ giftId: usual.id, quantity: 1 }]),
    409,
    'gift.not_eligible',
  )
  expect(details.reasons).toMatchObject([{ code: 'minimum_balance', details: { missing: 1 } }])
  success(await api.place(token, [{ giftId: later.id, quantity: 1 }]), 201)
  await change({ minimumBalancePoints: 100 })
})
