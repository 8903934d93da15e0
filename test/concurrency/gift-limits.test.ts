import { randomUUID } from 'node:crypto'
import { startTestApp, type TestApp } from '#test/support/app'
import { many, tally, untilTyped } from '#test/support/crowd'
import { createFactories, type Factories } from '#test/support/factories'

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  let app: TestApp
  let make: Factories

  beforeAll(async () => {
    app = await startTestApp({ REDIS_LOCKS: locks })
    make = createFactories(app.send)
  })
  afterAll(() => app.stop())

  const redeem = (token: string, giftId: string, skuId?: string) =>
    untilTyped(() =>
      app.send('POST', '/api/member/orders', { token, body: { items: [{ giftId, skuId, quantity: 1 }] } }),
    )
  /** Pools of their own and no points: nothing but the guard in question stands between the orders. */
  const twoColours = ['米白', '松绿'].map((name) => ({ name, stock: 50 }))

  test('a limit of 3 a day, asked for 30 times at once by one member, gives 3', async () => {
    const gift = await make.gift({ stock: 0, skus: twoColours, perDayLimit: 3, pricePoints: 0 })
    const { token } = await make.member()
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => redeem(token, gift.id, gift.skus[index % 2]?.id)),
    )
    expect(tally(answers)).toEqual({ '201': 3, 'gift.limit_reached': 27 })
    await make.expectCleanLedger()
  })

  test('20 gifts of one campaign, asked for at once by one member, give one', async () => {
    const campaignId = `c-${randomUUID()}`
    const gifts = await many(20, () => make.gift({ campaignId, pricePoints: 0 }))
    const { token } = await make.member()
    const answers = await Promise.all(gifts.map(({ id }) => redeem(token, id)))
    expect(tally(answers)).toEqual({ '201': 1, 'gift.limit_reached': 19 })
    await make.expectCleanLedger()
  })

  test("a day's quota of 7, asked for by 50 members at once, gives 7, and again after a cancellation", async () => {
    const gift = await make.gift({ stock: 0, skus: twoColours, dailyQuota: 7, pricePoints: 0 })
    const members = await many(50, () => make.member())
    const crowd = () =>
      Promise.all(members.map(({ token }, index) => redeem(token, gift.id, gift.skus[index % 2]?.id)))
    const answers = await crowd()
    expect(tally(answers)).toEqual({ '201': 7, 'gift.sold_out': 43 })
    const winner = answers.findIndex(({ status }) => status === 201)
    const cancel = () =>
      untilTyped(() =>
        app.send('POST', `/api/member/orders/${answers[winner]?.body.order.id}/cancel`, {
          token: members[winner]?.token,
        }),
      )
    const cancelled = await Promise.all(Array.from({ length: 5 }, cancel))
    expect(tally(cancelled)).toEqual({ '200': 1, 'order.invalid_state': 4 })
    expect(tally(await crowd())).toEqual({ '201': 1, 'gift.sold_out': 49 })
    await make.expectCleanLedger()
  })

  test('2 entitlements, spent by 20 orders at once over two gifts, give 2', async () => {
    const entitlement = `资格 ${randomUUID().slice(0, 8)}`
    const gifts = await many(2, () => make.gift({ entitlement, pricePoints: 0, stock: 50 }))
    const { id, token } = await make.member()
    await make.admin('POST', `/api/admin/members/${id}/entitlements`, {
      name: entitlement,
      quantity: 2,
      reason: '买过咖啡机',
    })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => redeem(token, gifts[index % 2]?.id ?? '')),
    )
    expect(tally(answers)).toEqual({ '201': 2, 'gift.not_eligible': 18 })
    await make.expectCleanLedger()
  })
})
