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

  const redeem = (token: string, giftId: string, key: string = randomUUID()) =>
    untilTyped(() =>
      app.send('POST', '/api/member/orders', { token, key, body: { items: [{ giftId, quantity: 1 }] } }),
    )

  test('300 members on a stock of 20 get exactly 20 gifts, and the rest a typed refusal', async () => {
    const gift = await make.gift({ stock: 20, perMemberLimit: 1 })
    const members = await many(300, () => make.member())
    const answers = await Promise.all(members.map(({ token }) => redeem(token, gift.id)))
    expect(tally(answers)).toEqual({ '201': 20, 'gift.sold_out': 280 })
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(0)
    await make.expectCleanLedger()
  })

  test('one member and 50 parallel orders of a one-per-member gift give exactly one', async () => {
    const gift = await make.gift({ stock: 50, perMemberLimit: 1, pricePoints: 10 })
    const { token } = await make.member({ points: 1_000 })
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(token, gift.id)))
    expect(tally(answers)).toEqual({ '201': 1, 'gift.limit_reached': 49 })
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(49)
    await make.expectCleanLedger()
  })

  test('two colours of a free one-per-member gift, asked for 20 times at once, give one', async () => {
    // No points and two pools: nothing but the claim stands between these orders.
    const skus = [
      { name: '米白', stock: 20 },
      { name: '松绿', stock: 20 },
    ]
    const gift = await make.gift({ stock: 0, skus, perMemberLimit: 1, pricePoints: 0 })
    const { token } = await make.member()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const items = [{ giftId: gift.id, skuId: gift.skus[index % 2]?.id, quantity: 1 }]
        return untilTyped(() => app.send('POST', '/api/member/orders', { token, body: { items } }))
      }),
    )
    expect(tally(answers)).toEqual({ '201': 1, 'gift.limit_reached': 19 })
    await make.expectCleanLedger()
  })

  test('one member with points for one of 30 gifts gets one', async () => {
    const gifts = await many(30, () => make.gift({ stock: 5, pricePoints: 80 }))
    const { token } = await make.member({ points: 100 })
    const answers = await Promise.all(gifts.map(({ id }) => redeem(token, id)))
    expect(tally(answers)).toEqual({ '201': 1, 'points.insufficient': 29 })
    await make.expectCleanLedger()
  })

  test('one key sent 20 times at once gives one order and one answer', async () => {
    const gift = await make.gift({ stock: 5, pricePoints: 10 })
    const { token } = await make.member()
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(token, gift.id, key)))
    expect(tally(answers)).toEqual({ '201': 20 })
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    const later = await redeem(token, gift.id, key)
    expect(later.body).toEqual(answers[0]?.body)
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(4)
  })

  test('20 check-ins at once post one', async () => {
    const { token } = await make.member()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        untilTyped(() => app.send('POST', '/api/member/check-ins', { token })),
      ),
    )
    expect(tally(answers)).toEqual({ '200': 20 })
    expect(answers.filter(({ body }) => !body.alreadyCheckedIn)).toHaveLength(1)
    expect(new Set(answers.map(({ body }) => body.points))).toEqual(new Set([5]))
    const { body } = await app.send('GET', '/api/member/points', { token })
    expect(body.available).toBe(105)
  })

  test('two staff redeem one code at once: one succeeds, the other learns who, when and where', async () => {
    const { order, member } = await make.order()
    const code = (await app.send('GET', `/api/member/orders/${order.id}/code`, { token: member.token })).body
      .digits
    const staff = [await make.staff({ name: '小林' }), await make.staff({ name: '阿周' })]
    const answers = await Promise.all(
      staff.map(({ token }) =>
        untilTyped(() => app.send('POST', '/api/staff/redemptions', { token, body: { code } })),
      ),
    )
    expect(tally(answers)).toEqual({ '200': 1, 'redemption.already_used': 1 })
    const winner = answers.findIndex(({ status }) => status === 200)
    const { details } = answers[1 - winner]?.body.error ?? {}
    expect(details).toMatchObject({ staffName: ['小林', '阿周'][winner], storeName: '静安店' })
    expect(Date.parse(details.redeemedAt)).not.toBeNaN()
    await make.expectCleanLedger()
  })

  test('two first sign-ins of one person at once make one member and one gift of points', async () => {
    const code = `demo-${randomUUID()}`
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        untilTyped(() => app.send('POST', '/api/member/session', { body: { code } })),
      ),
    )
    expect(new Set(answers.map(({ body }) => body.member.id)).size).toBe(1)
    expect(answers.filter(({ body }) => body.isNew)).toHaveLength(1)
    const { body } = await app.send('GET', '/api/member/points', { token: answers[0]?.body.token })
    expect(body.available).toBe(100)
  })

  test('cancelling, redeeming and cancelling again at once gives points and stock back once', async () => {
    const { order, member, gift } = await make.order({ points: 500 })
    const code = (await app.send('GET', `/api/member/orders/${order.id}/code`, { token: member.token })).body
      .digits
    const { token } = await make.staff()
    const cancel = () =>
      untilTyped(() => app.send('POST', `/api/member/orders/${order.id}/cancel`, { token: member.token }))
    const answers = await Promise.all([
      cancel(),
      untilTyped(() => app.send('POST', '/api/staff/redemptions', { token, body: { code } })),
      cancel(),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const isCancelled = answers[1]?.status !== 200
    expect((await app.send('GET', '/api/member/points', { token: member.token })).body.available).toBe(
      isCancelled ? 500 : 450,
    )
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(isCancelled ? 10 : 9)
    await make.expectCleanLedger()
  })
})
