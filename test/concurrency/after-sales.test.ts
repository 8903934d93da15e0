import { sweepDueOrders } from '#bff/features/orders/index'
import { afterSaleSteps } from '#test/api/after-sales.setting'
import { dayMs, startApi } from '#test/api/setting'
import type { Json } from '#test/support/client'
import { tally, untilTyped } from '#test/support/crowd'

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  const api = startApi({ REDIS_LOCKS: locks })
  const steps = afterSaleSteps(api)
  const { delivered, ask, asked, decide, points, read, readOrder } = steps
  afterEach(() => api.make.expectCleanLedger())

  const times = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)))
  const memberSends = (token: string, path: string) => untilTyped(() => api.send('POST', path, { token }))
  const refund = (id: string, restock = true) =>
    untilTyped(() => decide(id, 'approve', { resolution: 'refund', restock }))
  const entriesOf = async (token: string, kind: string): Promise<Json[]> =>
    (await api.send('GET', '/api/member/points/entries?limit=100', { token })).body.items.filter(
      (entry: Json) => entry.kind === kind,
    )

  test('20 approvals at once refund and restock once', async () => {
    const ordered = await delivered('completed', { points: 100 })
    const id = await asked(ordered, 'damage')
    const answers = await times(20, () => refund(id))
    expect(tally(answers)).toEqual({ '200': 1, 'after_sale.invalid_state': 19 })
    expect(await points(ordered)).toMatchObject({ available: 100, frozen: 0 })
    expect(await entriesOf(ordered.member.token, 'refund')).toHaveLength(1)
    expect(await api.stockOf(ordered.gift.id)).toBe(10)
  })

  test('one key of one approval sent 10 times gives one refund and one answer', async () => {
    const ordered = await delivered('completed', { points: 100 })
    const id = await asked(ordered, 'damage')
    const answers = await times(10, () =>
      untilTyped(() => decide(id, 'approve', { resolution: 'refund' }, 'the-same-attempt')),
    )
    expect(tally(answers)).toEqual({ '200': 10 })
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(await points(ordered)).toMatchObject({ available: 100 })
  })

  test('10 requests for one order at once are one', async () => {
    const ordered = await delivered('completed')
    const kinds = ['return', 'exchange']
    const answers = await times(10, (index) => untilTyped(() => ask(ordered, kinds[index % 2] ?? 'return')))
    expect(tally(answers)).toEqual({ '201': 1, 'after_sale.not_allowed': 9 })
  })

  test('approving, rejecting and withdrawing at once: one of them, and points only by approval', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ordered = await delivered('shipped', { points: 100 })
      const id = await asked(ordered, 'damage')
      const answers = await Promise.all([
        refund(id),
        memberSends(ordered.member.token, `/api/member/after-sales/${id}/withdraw`),
        untilTyped(() => decide(id, 'reject', { reason: '不符合' })),
      ])
      expect(tally(answers)).toEqual({ '200': 1, 'after_sale.invalid_state': 2 })
      const { state } = await read(ordered, id)
      const isRefunded = state === 'refunded'
      expect(['refunded', 'withdrawn', 'rejected']).toContain(state)
      expect(await points(ordered)).toMatchObject({
        available: isRefunded ? 100 : 50,
        frozen: isRefunded ? 0 : 50,
      })
      expect((await readOrder(ordered)).state).toBe(isRefunded ? 'returned' : 'shipped')
    }
  })

  test('approving a refund while the member confirms: the points come back once, frozen or spent', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ordered = await delivered('shipped', { points: 100 })
      const id = await asked(ordered, 'return')
      await decide(id, 'approve', { resolution: 'refund' })
      const [received, confirmed] = await Promise.all([
        untilTyped(() => decide(id, 'receive', { restock: true })),
        memberSends(ordered.member.token, `/api/member/orders/${ordered.order.id}/confirm`),
      ])
      expect(received.status).toBe(200)
      expect([200, 409]).toContain(confirmed.status)
      expect(await points(ordered)).toMatchObject({ available: 100, frozen: 0 })
      expect((await readOrder(ordered)).state).toBe('returned')
      expect(await api.stockOf(ordered.gift.id)).toBe(10)
    }
  })

  test('asking for a return while the order would confirm itself: asked in time, or confirmed; never both lost', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ordered = await delivered('shipped', { points: 100 })
      await api.advance(8 * dayMs)
      const [answer] = await Promise.all([
        untilTyped(() => ask(ordered, 'return')),
        sweepDueOrders(api.app.app.services),
        sweepDueOrders(api.app.app.services),
      ])
      expect(answer.status).toBe(201)
      const { id } = answer.body.afterSale
      await sweepDueOrders(api.app.app.services)
      const { state } = await readOrder(ordered)
      expect(['shipped', 'completed']).toContain(state)
      await decide(id, 'approve', { resolution: 'refund' })
      await sweepDueOrders(api.app.app.services)
      expect((await readOrder(ordered)).state).toBe(state)
      const received = await times(3, () => untilTyped(() => decide(id, 'receive', {})))
      expect(tally(received)).toEqual({ '200': 1, 'after_sale.invalid_state': 2 })
      expect(await points(ordered)).toMatchObject({ available: 100, frozen: 0 })
    }
  })

  test('cancelling before it is sent, by request and directly, while it is shipped: points and piece once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ordered = await delivered('to_ship', { points: 100 })
      const id = await asked(ordered, 'cancel')
      const [approved] = await Promise.all([
        refund(id),
        memberSends(ordered.member.token, `/api/member/orders/${ordered.order.id}/cancel`),
        steps.ship(ordered.order.id).catch(() => undefined),
      ])
      expect(approved.status).toBe(200)
      expect(['cancelled', 'returned']).toContain((await readOrder(ordered)).state)
      expect(await points(ordered)).toMatchObject({ available: 100, frozen: 0 })
      expect(await api.stockOf(ordered.gift.id)).toBe(10)
    }
  })

  test('the last piece goes to a replacement or to an order, never to both', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ordered = await delivered('completed', { gift: { stock: 2 } })
      const id = await asked(ordered, 'damage')
      const { token } = await api.make.member()
      const addressId = (await api.make.address(token)).id
      const [replaced, placed] = await Promise.all([
        untilTyped(() => decide(id, 'approve', { resolution: 'replace', parcel: steps.newParcel })),
        untilTyped(() => api.place(token, [{ giftId: ordered.gift.id, quantity: 1 }], { addressId })),
      ])
      expect(tally([replaced, placed])).toEqual({
        [replaced.status === 200 ? '200' : '201']: 1,
        'gift.sold_out': 1,
      })
      expect(await api.stockOf(ordered.gift.id)).toBe(0)
    }
  })

  test('one photo sent with two orders at once belongs to one', async () => {
    const first = await delivered('completed', { points: 200 })
    const { token } = first.member
    const addressId = (await api.make.address(token)).id
    const other = (await api.place(token, [{ giftId: first.gift.id, quantity: 1 }], { addressId })).body.order
    await steps.ship(other.id)
    const photoIds = [await steps.photo(token)]
    const answers = await Promise.all(
      [first, { ...first, order: other }].map((ordered) =>
        untilTyped(() => ask(ordered, 'damage', { photoIds })),
      ),
    )
    expect(tally(answers)).toEqual({ '201': 1, 'resource.not_found': 1 })
  })
})
