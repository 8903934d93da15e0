import { randomUUID } from 'node:crypto'
import { sweepDueOrders } from '#bff/features/orders/index'
import { transactionRetries } from '#bff/platform/mongo/transaction'
import type { Answer, Json } from '#test/support/client'
import { many, tally, untilTyped } from '#test/support/crowd'
import { dayMs, startApi, success } from '../api/setting'

const crowd = 24

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  const api = startApi({ REDIS_LOCKS: locks })
  afterEach(() => api.make.expectCleanLedger())

  /** Orders of one gift, each by a member of its own. */
  const ordersOf = async (overrides: object = {}) => {
    const gift = await api.make.gift({ stock: crowd, ...overrides })
    const orders = await many(crowd, async () => {
      const { token } = await api.make.member()
      const addressId = (await api.make.address(token)).id
      const body = { items: [{ giftId: gift.id, quantity: 1 }], addressId }
      const key = randomUUID()
      const place = () => api.send('POST', '/api/member/orders', { token, key, body })
      const { order } = success(await untilTyped(place), 201)
      return { token, orderId: order.id as string }
    })
    expect(await api.stockOf(gift.id)).toBe(0)
    return { gift, orders }
  }
  /** All at once; in the queue none of them has to run its transaction again, which is what makes a crowd give up. */
  const atOnce = async <T>(orders: readonly T[], send: (order: T) => Promise<Answer<Json>>) => {
    const before = transactionRetries()
    const answers = await Promise.all(orders.map((order) => untilTyped(() => send(order))))
    expect(tally(answers)).toEqual({ '200': crowd })
    if (locks === 'on') expect(transactionRetries() - before).toBe(0)
  }

  test(`${crowd} cancellations of one gift at once queue, and each gives its piece back`, async () => {
    const { gift, orders } = await ordersOf()
    await atOnce(orders, ({ orderId, token }) =>
      api.send('POST', `/api/member/orders/${orderId}/cancel`, { token }),
    )
    expect(await api.stockOf(gift.id)).toBe(crowd)
  })

  test(`${crowd} rejections of one gift at once queue`, async () => {
    const { gift, orders } = await ordersOf({ needsReview: true })
    const token = await api.make.adminToken()
    await atOnce(orders, ({ orderId }) =>
      api.send('POST', `/api/admin/orders/${orderId}/reject`, { token, body: { reason: '名额有误' } }),
    )
    expect(await api.stockOf(gift.id)).toBe(crowd)
  })

  test(`${crowd} after-sales of one gift settled at once queue`, async () => {
    const { gift, orders } = await ordersOf({ handOver: 'delivery' })
    const token = await api.make.adminToken()
    const requests = await many(crowd, async () => {
      const ordered = orders.pop()
      const body = { orderId: ordered?.orderId, kind: 'cancel', reason: '不想要了' }
      const key = randomUUID()
      const ask = () => api.send('POST', '/api/member/after-sales', { token: ordered?.token, key, body })
      return { id: success(await untilTyped(ask), 201).afterSale.id as string, key: randomUUID() }
    })
    const body = { resolution: 'refund', restock: true }
    await atOnce(requests, ({ id, key }) =>
      api.send('POST', `/api/admin/after-sales/${id}/approve`, { token, key, body }),
    )
    expect(await api.stockOf(gift.id)).toBe(crowd)
  })

  test('sweeps that expire pick-ups queue with members who redeem the same gift', async () => {
    const { gift } = await ordersOf({ pickUpValidDays: 1 })
    await api.advance(2 * dayMs)
    await api.make.admin('POST', `/api/admin/gifts/${gift.id}/stock-changes`, { change: 6, reason: '补货' })
    const buyers = await many(6, () => api.make.member())
    const before = transactionRetries()
    const items = [{ giftId: gift.id, quantity: 1 }]
    const sweep = () => sweepDueOrders(api.app.app.services)
    const [swept, ...answers] = await Promise.all([
      sweep(),
      ...buyers.map(({ token }) => {
        const key = randomUUID()
        return untilTyped(() => api.place(token, items, { key }))
      }),
    ])
    expect(tally(answers)).toEqual({ '201': 6 })
    if (locks === 'on') expect(transactionRetries() - before).toBe(0)
    // Without the queue an order may find its gift busy; the next run takes it.
    expect(swept + (await sweep())).toBe(crowd)
    expect(await api.stockOf(gift.id)).toBe(crowd)
  })
})
