import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const today = () => api.app.app.services.calendar.dateOf(api.app.app.services.clock.now())
const one = (giftId: string, more: object = {}) => [{ giftId, quantity: 1, ...more }]
const readGift = async (token: string, giftId: string) =>
  success(await api.send('GET', `/api/member/gifts/${giftId}`, { token })).gift
const shown = async (token: string, giftId: string): Promise<string[]> =>
  (await readGift(token, giftId)).eligibility.obstacles.map(({ code }: Json) => code)
const update = (memberId: string, body: object) =>
  api.make.admin('PATCH', `/api/admin/members/${memberId}`, body)
const grant = (memberId: string, body: object) =>
  api.make.admin('POST', `/api/admin/members/${memberId}/entitlements`, { reason: '买过咖啡机', ...body })
const newCategory = async (): Promise<string> => {
  const id = `c${randomUUID().slice(0, 8)}`
  await api.make.admin('POST', '/api/admin/gift-categories', { id, name: '测试' })
  return id
}

interface Guard {
  gift: object
  code: string
  /** What makes the member eligible. */
  meet(member: { id: string; token: string }): Promise<unknown>
}

const guards: Record<string, Guard> = {
  tier: { gift: { minimumTier: 'gold' }, code: 'tier', meet: ({ id }) => update(id, { tier: 'gold' }) },
  group: { gift: { groups: ['员工'] }, code: 'group', meet: ({ id }) => update(id, { groups: ['员工'] }) },
  adults: {
    gift: { adultsOnly: true },
    code: 'adult',
    meet: ({ id }) => update(id, { birthday: '1990-01-01' }),
  },
  phone: {
    gift: { phoneRequired: true },
    code: 'phone',
    meet: ({ id }) => update(id, { isPhoneBound: true }),
  },
  spend: {
    gift: { spendThreshold: { fen: 10_000, windowDays: 30 } },
    code: 'spend',
    meet: ({ id }) => update(id, { spend: [{ date: today(), fen: 10_000 }] }),
  },
  entitlement: {
    gift: { entitlement: '金卡礼' },
    code: 'entitlement',
    meet: ({ id }) => grant(id, { name: '金卡礼' }),
  },
  'minimum balance': {
    gift: { minimumBalance: 101 },
    code: 'minimum_balance',
    meet: ({ id }) =>
      api.make.admin('POST', `/api/admin/members/${id}/points-adjustments`, { change: 1, reason: '补一分' }),
  },
}

test.each(Object.entries(guards))(
  '%s: shown in the mall, refused in the write, open once met',
  async (_name, guard) => {
    const categoryId = await newCategory()
    const gift = await api.make.gift({ pricePoints: 10, categoryId, ...guard.gift })
    const member = await api.make.member()
    expect(await shown(member.token, gift.id)).toEqual([guard.code])
    const listed = success(
      await api.send('GET', `/api/member/gifts?categoryId=${categoryId}`, { token: member.token }),
    )
    expect(listed.items[0].eligibility).toMatchObject({ canRedeem: false, obstacles: [{ code: guard.code }] })
    const { message, details } = refusal(
      await api.place(member.token, one(gift.id)),
      409,
      'gift.not_eligible',
    )
    expect(details).toMatchObject({ giftId: gift.id, reasons: [{ code: guard.code, message }] })
    expect([await api.available(member.token), await api.stockOf(gift.id)]).toEqual([100, 10])
    await guard.meet(member)
    expect(await shown(member.token, gift.id)).toEqual([])
    success(await api.place(member.token, one(gift.id)), 201)
  },
)

test('newcomers only: a member of long standing is refused', async () => {
  const gift = await api.make.gift({ pricePoints: 1, newMemberDays: 3 })
  const member = await api.make.member()
  success(await api.place(member.token, one(gift.id)), 201)
  await api.advance(3 * dayMs)
  const token = await api.signIn(member.openid)
  expect(await shown(token, gift.id)).toEqual(['new_member'])
  const { details } = refusal(await api.place(token, one(gift.id)), 409, 'gift.not_eligible')
  expect(details.reasons).toMatchObject([{ code: 'new_member' }])
})

test('the refusal names every reason at once', async () => {
  const gift = await api.make.gift({ minimumTier: 'diamond', phoneRequired: true, groups: ['员工'] })
  const { token } = await api.make.member()
  const { details } = refusal(await api.place(token, one(gift.id)), 409, 'gift.not_eligible')
  expect(details.reasons.map(({ code }: Json) => code)).toEqual(['tier', 'group', 'phone'])
  expect(details.reasons[0]).toMatchObject({ message: '钻石可兑', help: '再升 4 级就可以' })
})

test('a visitor without a token sees no reasons', async () => {
  const gift = await api.make.gift({ minimumTier: 'gold' })
  expect(success(await api.send('GET', `/api/member/gifts/${gift.id}`)).gift.eligibility).toBeNull()
})

describe('limits', () => {
  test('per order: pieces of all SKUs together', async () => {
    const skus = ['米白', '松绿'].map((name) => ({ name, stock: 5 }))
    const gift = await api.make.gift({ stock: 0, skus, perOrderLimit: 2, pricePoints: 1 })
    const { token } = await api.make.member()
    const [white, green] = gift.skus.map(({ id }) => id)
    const three = [
      { giftId: gift.id, skuId: white, quantity: 2 },
      { giftId: gift.id, skuId: green, quantity: 1 },
    ]
    const { details } = refusal(await api.place(token, three), 409, 'gift.limit_reached')
    expect(details).toMatchObject({ giftId: gift.id, limit: 2, counts: 'order' })
    for (const _ of [1, 2]) success(await api.place(token, one(gift.id, { skuId: white })), 201)
  })

  test('per day: open again tomorrow, and once a piece came back', async () => {
    const gift = await api.make.gift({ perDayLimit: 2, pricePoints: 1 })
    const member = await api.make.member()
    const { token } = member
    const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 2 }]), 201)
    expect(await shown(token, gift.id)).toEqual(['per_day'])
    expect(refusal(await api.place(token, one(gift.id)), 409, 'gift.limit_reached').details.left).toBe(0)
    success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))
    success(await api.place(token, [{ giftId: gift.id, quantity: 2 }]), 201)
    await api.advance(dayMs)
    const again = await api.signIn(member.openid)
    expect(await shown(again, gift.id)).toEqual([])
    success(await api.place(again, one(gift.id)), 201)
  })

  test('per campaign: one piece over all its gifts, until the order is given up', async () => {
    const campaignId = `summer-${randomUUID().slice(0, 8)}`
    const [first, second] = [
      await api.make.gift({ campaignId, pricePoints: 1 }),
      await api.make.gift({ campaignId, pricePoints: 1 }),
    ]
    const { token } = await api.make.member()
    refusal(await api.place(token, [...one(first.id), ...one(second.id)]), 409, 'gift.limit_reached')
    refusal(await api.place(token, [{ giftId: first.id, quantity: 2 }]), 409, 'gift.limit_reached')
    const { order } = success(await api.place(token, one(first.id)), 201)
    expect(await shown(token, second.id)).toEqual(['campaign'])
    const { details } = refusal(await api.place(token, one(second.id)), 409, 'gift.limit_reached')
    expect(details).toMatchObject({ counts: 'inCampaign', left: 0 })
    success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))
    success(await api.place(token, one(second.id)), 201)
  })

  test('a day has so many pieces for all, and gets back just what an order took', async () => {
    const gift = await api.make.gift({ dailyQuota: 3, pricePoints: 1 })
    const [ada, ben] = [await api.make.member(), await api.make.member()]
    const { order } = success(await api.place(ada.token, [{ giftId: gift.id, quantity: 2 }]), 201)
    const tooMany = await api.place(ben.token, [{ giftId: gift.id, quantity: 2 }])
    expect(refusal(tooMany, 409, 'gift.sold_out').details).toMatchObject({ left: 1, counts: 'ofQuota' })
    success(await api.place(ben.token, one(gift.id)), 201)
    expect(await shown(ben.token, gift.id)).toEqual(['daily_quota'])
    refusal(await api.place(ben.token, one(gift.id)), 409, 'gift.sold_out')
    success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: ada.token }))
    refusal(
      await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: ada.token }),
      409,
      'order.invalid_state',
    )
    success(await api.place(ben.token, [{ giftId: gift.id, quantity: 2 }]), 201)
    refusal(await api.place(ada.token, one(gift.id)), 409, 'gift.sold_out')
    await api.advance(dayMs)
    const again = await api.signIn(ada.openid)
    success(await api.place(again, [{ giftId: gift.id, quantity: 3 }]), 201)
  })
})

describe('entitlements', () => {
  const list = async (memberId: string): Promise<Json[]> =>
    (await api.make.admin('GET', `/api/admin/members/${memberId}/entitlements`)).items

  test('are used up one a piece, soonest-ending first, and come back with a cancellation', async () => {
    const gift = await api.make.gift({ entitlement: '咖啡券', pricePoints: 0 })
    const { id, token } = await api.make.member()
    await grant(id, { name: '咖啡券', quantity: 2 })
    await grant(id, { name: '咖啡券', expiresOn: today() })
    const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 2 }]), 201)
    const used = (await list(id)).filter(({ usedBy }) => usedBy !== null)
    expect(used.map(({ expiresOn }) => expiresOn)).toEqual([today(), null])
    expect(used[0].usedBy.orderId).toBe(order.id)
    refusal(await api.place(token, [{ giftId: gift.id, quantity: 2 }]), 409, 'gift.not_eligible')
    success(await api.place(token, one(gift.id)), 201)
    success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))
    expect((await list(id)).filter(({ usedBy }) => usedBy === null)).toHaveLength(2)
  })

  test('past their date are worth nothing', async () => {
    const gift = await api.make.gift({ entitlement: '咖啡券', pricePoints: 0 })
    const { id, token } = await api.make.member()
    await grant(id, { name: '咖啡券', expiresOn: '2020-01-01' })
    expect(await shown(token, gift.id)).toEqual(['entitlement'])
    refusal(await api.place(token, one(gift.id)), 409, 'gift.not_eligible')
  })

  test('are granted once a key, to a member there is, and audited', async () => {
    const { id } = await api.make.member()
    const token = await api.make.adminToken()
    const key = randomUUID()
    const body = { name: '咖啡券', quantity: 2, reason: '买过咖啡机' }
    const send = (memberId: string, input: object, with_: string | null = key) =>
      api.send('POST', `/api/admin/members/${memberId}/entitlements`, { token, body: input, key: with_ })
    const first = success(await send(id, body), 201)
    expect(success(await send(id, body), 201)).toEqual(first)
    refusal(await send(id, { ...body, quantity: 3 }), 422, 'idempotency.key_reused')
    refusal(await send(id, body, null), 400, 'idempotency.key_required')
    refusal(await send('nobody', body, randomUUID()), 404, 'resource.not_found')
    refusal(await send(id, { ...body, quantity: 101 }, randomUUID()), 400, 'request.invalid')
    expect(await list(id)).toHaveLength(2)
    const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${id}`)
    expect(items.map(({ operation }: Json) => operation)).toEqual(['admin.entitlements.grant'])
  })
})

describe('what admins set', () => {
  test("a gift's rules are read back as written, taken away by null, and refused when senseless", async () => {
    const rules = {
      perOrderLimit: 2,
      perDayLimit: 1,
      dailyQuota: 30,
      campaignId: 'summer-2030',
      minimumBalance: 100,
      minimumTier: 'gold',
      newMemberDays: 7,
      groups: ['员工'],
      adultsOnly: true,
      phoneRequired: true,
      spendThreshold: { fen: 100, windowDays: 7 },
      entitlement: '金卡礼',
      tierPrices: { gold: 40 },
      tierDiscountPercent: { silver: 5 },
      timedPrice: { points: 30, startsAt: '2030-01-01T00:00:00.000Z', endsAt: '2030-01-02T00:00:00.000Z' },
    }
    const gift = await api.make.gift(rules)
    expect(gift).toMatchObject(rules)
    const none = Object.fromEntries(
      [
        'perOrderLimit',
        'dailyQuota',
        'campaignId',
        'minimumTier',
        'spendThreshold',
        'entitlement',
        'tierPrices',
        'timedPrice',
      ].map((name) => [name, null]),
    )
    const changed = (await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, none)).gift
    expect(changed).toMatchObject({ ...rules, ...none })
    const token = await api.make.adminToken()
    for (const [field, value] of Object.entries({
      perOrderLimit: 0,
      perDayLimit: 100,
      dailyQuota: 0,
      campaignId: 'Summer!',
      minimumBalance: -1,
      minimumTier: 'wood',
      newMemberDays: 0,
      groups: [''],
      spendThreshold: { fen: 0, windowDays: 7 },
      tierPrices: { wood: 1 },
      tierDiscountPercent: { gold: 100 },
      timedPrice: { points: 1, startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' },
    }))
      refusal(
        await api.send('PATCH', `/api/admin/gifts/${gift.id}`, { token, body: { [field]: value } }),
        400,
        'request.invalid',
      )
  })

  test("a member's standing changes as sent, and is audited with what was before", async () => {
    const { id } = await api.make.member()
    const standing = { groups: ['员工', '老友'], birthday: '1990-02-03', isPhoneBound: true }
    expect((await update(id, standing)).member).toMatchObject({ ...standing, tier: 'regular', spend: [] })
    expect((await update(id, { tier: 'gold' })).member).toMatchObject({ ...standing, tier: 'gold' })
    const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${id}`)
    expect(items[0]).toMatchObject({
      operation: 'admin.members.update',
      before: { tier: 'regular' },
      after: { tier: 'gold' },
    })
    const token = await api.make.adminToken()
    for (const body of [
      { tier: 'wood' },
      { birthday: '1990-02-30' },
      { groups: ['x'.repeat(31)] },
      { spend: [{ date: '2026-01-01', fen: -1 }] },
    ])
      refusal(await api.send('PATCH', `/api/admin/members/${id}`, { token, body }), 400, 'request.invalid')
  })
})

describe('prices', () => {
  const goldMember = async () => {
    const member = await api.make.member()
    await update(member.id, { tier: 'gold' })
    return member
  }
  const fromNow = (ms: number) => new Date(api.app.app.services.clock.now().getTime() + ms).toISOString()

  test('the price shown is the price charged, tier by tier', async () => {
    const gift = await api.make.gift({ pricePoints: 50, tierPrices: { gold: 41 } })
    const [regular, gold] = [await api.make.member(), await goldMember()]
    expect(await readGift(regular.token, gift.id)).toMatchObject({ pricePoints: 50, priceReason: 'list' })
    expect(await readGift(gold.token, gift.id)).toMatchObject({
      pricePoints: 41,
      listPricePoints: 50,
      priceReason: 'tier',
    })
    const { order } = success(await api.place(gold.token, one(gift.id, { expectedPricePoints: 41 })), 201)
    expect(order).toMatchObject({ totalPoints: 41, items: [{ pricePoints: 41 }] })
    expect(await api.available(gold.token)).toBe(59)
    await api.make.expectCleanLedger()
  })

  test('another price than the one shown is a refusal that names it and takes nothing', async () => {
    const gift = await api.make.gift({ pricePoints: 30 })
    const { token } = await api.make.member()
    await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, { pricePoints: 40 })
    const items = [{ giftId: gift.id, quantity: 2, expectedPricePoints: 30 }]
    const { details } = refusal(await api.place(token, items), 409, 'order.price_changed')
    expect(details).toEqual({
      items: [{ giftId: gift.id, skuId: null, quantity: 2, pricePoints: 40 }],
      totalPoints: 80,
    })
    expect([await api.available(token), await api.stockOf(gift.id)]).toEqual([100, 10])
    success(await api.place(token, [{ ...items[0], expectedPricePoints: 40 }]), 201)
  })

  test('a timed price ends to the millisecond: what was seen before is refused after', async () => {
    const timedPrice = { points: 10, startsAt: fromNow(0), endsAt: fromNow(3_600_000) }
    const gift = await api.make.gift({ pricePoints: 30, timedPrice })
    const { token } = await api.make.member()
    const seen = await readGift(token, gift.id)
    expect(seen).toMatchObject({ pricePoints: 10, priceReason: 'timed', priceEndsAt: timedPrice.endsAt })
    await api.advance(3_600_000)
    const late = one(gift.id, { expectedPricePoints: seen.pricePoints })
    expect(refusal(await api.place(token, late), 409, 'order.price_changed').details.totalPoints).toBe(30)
    expect((await readGift(token, gift.id)).priceReason).toBe('list')
  })

  test('one gift named twice with two prices is refused', async () => {
    const gift = await api.make.gift({ pricePoints: 1 })
    const { token } = await api.make.member()
    const items = [...one(gift.id, { expectedPricePoints: 1 }), ...one(gift.id, { expectedPricePoints: 2 })]
    refusal(await api.place(token, items), 400, 'request.invalid')
  })

  test('the mall sorts, filters and tells what is affordable by what the member pays', async () => {
    const categoryId = await newCategory()
    const soon = { startsAt: fromNow(dayMs), endsAt: fromNow(2 * dayMs) }
    const running = { startsAt: fromNow(-dayMs), endsAt: fromNow(dayMs) }
    const rules = [
      { pricePoints: 60 },
      { pricePoints: 200, tierPrices: { silver: 150, gold: 20 } },
      { pricePoints: 99, tierDiscountPercent: { gold: 50 } },
      { pricePoints: 300, timedPrice: { points: 90, ...running } },
      { pricePoints: 120, timedPrice: { points: 1, ...soon } },
    ]
    for (const rule of rules) await api.make.gift({ categoryId, ...rule })
    const { token } = await goldMember()
    const prices = async (query: string, as?: string) => {
      const page = success(
        await api.send('GET', `/api/member/gifts?categoryId=${categoryId}&sort=price_asc&${query}`, {
          token: as,
        }),
      )
      const seen = page.items.map(({ pricePoints }: Json) => pricePoints)
      expect(page.total).toBe(seen.length)
      return seen
    }
    expect(await prices('', token)).toEqual([20, 50, 60, 90, 120])
    expect(await prices('')).toEqual([60, 90, 99, 120, 200])
    expect(await prices('minPoints=50&maxPoints=90', token)).toEqual([50, 60, 90])
    expect(await prices('affordable=true', token)).toEqual([20, 50, 60, 90])
  })
})
