import { OutboxEventModel } from '#bff/platform/outbox/outbox-event.model'
import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const read = async (token: string, query = '') => {
  await api.app.deliverOutbox()
  return success(await api.send('GET', `/api/member/inbox${query}`, { token }))
}
const titles = (page: Json) => page.items.map(({ title }: Json) => title)

test('a member is told of every step of an order, newest first', async () => {
  const { order, member } = await api.make.order({
    gift: { handOver: 'delivery', needsReview: true },
    points: 100,
  })
  await api.make.admin('POST', `/api/admin/orders/${order.id}/approve`)
  await api.make.admin('POST', `/api/admin/orders/${order.id}/ship`, {
    carrier: '顺丰',
    trackingNumber: 'SF1234',
  })
  const page = await read(member.token)
  expect(titles(page)).toEqual(['礼品已发出', '审核通过', '兑换成功', '欢迎加入'])
  expect(page.items[0]).toMatchObject({
    orderId: order.id,
    body: '手作陶杯由顺丰送出，运单号 SF1234',
    isRead: false,
  })
  expect(page.unread).toBe(4)
})

test('a rejection says why, a cancellation what came back', async () => {
  const rejected = await api.make.order({ gift: { needsReview: true }, points: 100 })
  await api.make.admin('POST', `/api/admin/orders/${rejected.order.id}/reject`, { reason: '资料不全' })
  expect((await read(rejected.member.token)).items[0].body).toBe('手作陶杯：资料不全，积分已退回')
  const cancelled = await api.make.order({ points: 100 })
  const { token } = cancelled.member
  success(await api.send('POST', `/api/member/orders/${cancelled.order.id}/cancel`, { token }))
  expect((await read(token)).items[0]).toMatchObject({
    title: '订单已取消',
    body: '手作陶杯的 50 积分已退回',
  })
})

test('a hand-over and an adjustment are told', async () => {
  const { order, member } = await api.make.order({ points: 150 })
  const path = `/api/member/orders/${order.id}/code`
  const { digits } = success(await api.send('GET', path, { token: member.token }))
  const { token } = await api.make.staff()
  success(await api.send('POST', '/api/staff/redemptions', { token, body: { code: digits } }))
  const page = await read(member.token)
  expect(titles(page)).toEqual(['礼品已领取', '兑换成功', '积分有调整', '欢迎加入'])
  expect(page.items[0].body).toBe('手作陶杯已在静安店交到你手里')
})

test('an event that is delivered twice makes one message', async () => {
  const { id, token } = await api.make.member()
  const before = await read(token)
  await OutboxEventModel.updateMany(
    { 'payload.memberId': id },
    { $set: { deliveredAt: null, pending: ['inbox'], dueAt: new Date(0) } },
  )
  expect(await read(token)).toEqual(before)
  expect(titles(before)).toEqual(['欢迎加入'])
})

test('a refused order tells nothing', async () => {
  const gift = await api.make.gift({ stock: 0 })
  const { token } = await api.make.member()
  refusal(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 409, 'gift.sold_out')
  expect(titles(await read(token))).toEqual(['欢迎加入'])
})

test("reading all marks one's own and nobody else's", async () => {
  const { token } = await api.make.member()
  const other = await api.make.member()
  expect((await read(token)).unread).toBe(1)
  expect(success(await api.send('POST', '/api/member/inbox/read', { token }))).toEqual({ unread: 0 })
  const page = await read(token)
  expect([page.unread, page.items[0].isRead]).toEqual([0, true])
  expect((await read(other.token)).unread).toBe(1)
})

test('messages page from new to old', async () => {
  const { member } = await api.make.order({ points: 150 })
  const first = await read(member.token, '?limit=2')
  const second = await read(member.token, `?limit=2&cursor=${first.nextCursor}`)
  expect([...titles(first), ...titles(second)]).toEqual(['兑换成功', '积分有调整', '欢迎加入'])
  expect(second.nextCursor).toBeNull()
})
