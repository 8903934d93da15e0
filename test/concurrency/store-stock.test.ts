import { sweepDueOrders } from '#bff/features/orders/index'
import { dayMs, startApi, success } from '#test/api/setting'
import { storeStockSteps } from '#test/api/store-stock.setting'
import { inParallel, many, tally, untilTyped } from '#test/support/crowd'

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  const api = startApi({ REDIS_LOCKS: locks })
  const { openStores, giftIn, leftOf, changeStock, placeAt, orderAt } = storeStockSteps(api)
  afterEach(() => api.make.expectCleanLedger())

  test('a crowd at two stores of one gift gets exactly what each of them has', async () => {
    const { jingan, xuhui } = await openStores()
    const gift = await giftIn({ [jingan]: 6, [xuhui]: 15 }, { perMemberLimit: 1 })
    const members = await many(80, () => api.make.member())
    const storeOf = (index: number) => (index % 2 === 0 ? jingan : xuhui)
    const answers = await Promise.all(
      members.map(({ token }, index) => untilTyped(() => placeAt(token, gift.id, storeOf(index)))),
    )
    const at = (store: string) => tally(answers.filter((_, index) => storeOf(index) === store))
    expect(at(jingan)).toEqual({ '201': 6, 'gift.sold_out': 34 })
    expect(at(xuhui)).toEqual({ '201': 15, 'gift.sold_out': 25 })
    expect(await leftOf(gift.id)).toEqual({ [jingan]: 0, [xuhui]: 0 })
    const isOwn = ({ body }: (typeof answers)[number], index: number) =>
      body.order === undefined || body.order.stores[0]?.id === storeOf(index)
    expect(answers.every(isOwn)).toBe(true)
  })

  test('pieces come back to their own store while others are taken: none moves, none is lost', async () => {
    const { jingan, xuhui } = await openStores()
    const gift = await giftIn({ [jingan]: 6, [xuhui]: 6 }, { pickUpValidDays: 1 })
    const placed = await inParallel([...Array(6).keys()], 3, () => orderAt(gift.id, jingan))
    const buyers = await many(12, () => api.make.member())
    const [cancels, orders] = await Promise.all([
      Promise.all(
        placed.map(({ order, member: { token } }) =>
          untilTyped(() => api.send('POST', `/api/member/orders/${order.id}/cancel`, { token })),
        ),
      ),
      Promise.all(buyers.map(({ token }) => untilTyped(() => placeAt(token, gift.id, xuhui)))),
    ])
    expect(tally(cancels)).toEqual({ '200': 6 })
    expect(tally(orders)).toEqual({ '201': 6, 'gift.sold_out': 6 })
    expect(await leftOf(gift.id)).toEqual({ [jingan]: 6, [xuhui]: 0 })
    await api.advance(2 * dayMs)
    await Promise.all([1, 2, 3].map(() => sweepDueOrders(api.app.app.services)))
    expect(await leftOf(gift.id)).toEqual({ [jingan]: 6, [xuhui]: 6 })
  })

  test('a store is added by two admins at once and refilled meanwhile: one pool, and no piece lost', async () => {
    const { jingan, xuhui } = await openStores()
    const gift = await giftIn({ [jingan]: 1 })
    const token = await api.make.adminToken()
    const add = () =>
      untilTyped(() =>
        api.send('PATCH', `/api/admin/gifts/${gift.id}`, { token, body: { storeIds: [jingan, xuhui] } }),
      )
    const answers = await Promise.all([add(), add(), add(), add()])
    expect(tally(answers)).toEqual({ '200': 4 })
    const refills = await Promise.all(
      [1, 2, 3].map((change) => untilTyped(() => changeStock(gift.id, { storeId: xuhui, change }))),
    )
    for (const answer of refills) success(answer, 201)
    expect(await leftOf(gift.id)).toEqual({ [jingan]: 1, [xuhui]: 6 })
  })
})
