import { GiftCodeModel } from '#bff/features/gift-codes/gift-code.model'
import { startTestApp, type TestApp } from '#test/support/app'
import type { Answer, Json } from '#test/support/client'
import { many, tally, untilTyped } from '#test/support/crowd'
import { createFactories, type Factories } from '#test/support/factories'

const codesNamed = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}-${index}`)

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  let app: TestApp
  let make: Factories

  beforeAll(async () => {
    app = await startTestApp({ REDIS_LOCKS: locks })
    make = createFactories(app.send)
  })
  afterAll(() => app.stop())

  const redeem = (token: string, giftId: string) =>
    untilTyped(() =>
      app.send('POST', '/api/member/orders', { token, body: { items: [{ giftId, quantity: 1 }] } }),
    )

  /** What the owners of these orders see, all together. */
  async function codesSeen(members: readonly { token: string }[], answers: readonly Answer<Json>[]) {
    const seen: string[] = []
    for (const [index, { status, body }] of answers.entries()) {
      if (status !== 201) continue
      const path = `/api/member/orders/${body.order.id}/gift-codes`
      const { items } = (await app.send('GET', path, { token: members[index]?.token })).body
      expect(items).toHaveLength(1)
      seen.push(...items.map(({ code }: Json) => code))
    }
    return seen.sort()
  }

  test('100 members on 30 codes get exactly 30 orders, each code once', async () => {
    const codes = codesNamed('crowd', 30)
    const gift = await make.virtualGift(codes)
    const members = await many(100, () => make.member())
    const answers = await Promise.all(members.map(({ token }) => redeem(token, gift.id)))
    expect(tally(answers)).toEqual({ '201': 30, 'gift.sold_out': 70 })
    expect(await codesSeen(members, answers)).toEqual([...codes].sort())
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(0)
    await make.expectCleanLedger()
  })

  test('codes that arrive while members redeem are each given once', async () => {
    const gift = await make.virtualGift(codesNamed('first', 5))
    const members = await many(40, () => make.member())
    const more = ['code', ...codesNamed('second', 10)].join('\n')
    const [answers] = await Promise.all([
      Promise.all(members.map(({ token }) => redeem(token, gift.id))),
      make.importCodes(gift.id, more),
      make.importCodes(gift.id, more),
    ])
    const given = tally(answers)['201'] ?? 0
    expect(given).toBeGreaterThanOrEqual(5)
    const seen = await codesSeen(members, answers)
    expect(new Set(seen).size).toBe(given)
    expect((await make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.stock).toBe(15 - given)
    expect(await GiftCodeModel.countDocuments({ giftId: gift.id })).toBe(15)
    await make.expectCleanLedger()
  })

  test('approvals of 20 orders at once, twice each, give each order one code of its own', async () => {
    const codes = codesNamed('review', 20)
    const gift = await make.virtualGift(codes, { needsReview: true })
    const members = await many(20, () => make.member())
    const answers = await Promise.all(members.map(({ token }) => redeem(token, gift.id)))
    expect(tally(answers)).toEqual({ '201': 20 })
    const token = await make.adminToken()
    const approvals = await Promise.all(
      [...answers, ...answers].map(({ body }) =>
        untilTyped(() => app.send('POST', `/api/admin/orders/${body.order.id}/approve`, { token, body: {} })),
      ),
    )
    expect(tally(approvals)).toEqual({ '200': 20, 'order.invalid_state': 20 })
    expect(await codesSeen(members, answers)).toEqual([...codes].sort())
    await make.expectCleanLedger()
  })
})
