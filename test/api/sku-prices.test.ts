import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
afterEach(() => api.make.expectCleanLedger())

const skus = [
  { name: '常规', stock: 5 },
  { name: '加大', stock: 5, pricePoints: 150 },
  { name: '迷你', stock: 5, pricePoints: 40 },
]
const make = async (more: object = {}) => {
  const gift = (await api.make.gift({ pricePoints: 100, skus, ...more })) as Json
  return { gift, ids: gift.skus.map(({ id }: Json) => id) as string[] }
}
const update = async (giftId: string, body: object) =>
  api.send('PATCH', `/api/admin/gifts/${giftId}`, { token: await api.make.adminToken(), body })
const read = async (giftId: string, token?: string): Promise<Json> =>
  success(await api.send('GET', `/api/member/gifts/${giftId}`, { token })).gift
const asTier = async (tier: string, points = 1_000) => {
  const member = await api.make.member({ points })
  await api.make.admin('PATCH', `/api/admin/members/${member.id}`, { tier })
  return member
}

test('each SKU shows its price, the gift the lowest and that others cost more', async () => {
  const { gift } = await make()
  const seen = await read(gift.id)
  expect(seen).toMatchObject({ pricePoints: 40, listPricePoints: 40, isPriceFrom: true })
  expect(seen.skus.map(({ pricePoints }: Json) => pricePoints)).toEqual([100, 150, 40])
  const plain = (await api.make.gift({ pricePoints: 100 })) as Json
  expect(await read(plain.id)).toMatchObject({ pricePoints: 100, isPriceFrom: false, skus: [] })
})

test('an order is charged its SKU, and the price the member was shown still guards', async () => {
  const { gift, ids } = await make()
  const { token } = await api.make.member({ points: 1_000 })
  const line = (index: number, expectedPricePoints: number) => ({
    giftId: gift.id,
    skuId: ids[index],
    quantity: 1,
    expectedPricePoints,
  })
  const details = refusal(await api.place(token, [line(1, 40)]), 409, 'order.price_changed').details
  expect(details.items).toMatchObject([{ skuId: ids[1], pricePoints: 150 }])
  const placed = await api.place(token, [line(0, 100), line(1, 150), line(2, 40)])
  expect(success(placed, 201).order.totalPoints).toBe(290)
  expect(await api.available(token)).toBe(710)
})

test('tier and timed prices take the same part off; the mall, the gift and the order agree', async () => {
  const now = api.app.app.services.clock.now().getTime()
  const timedPrice = {
    points: 50,
    startsAt: new Date(now - dayMs).toISOString(),
    endsAt: new Date(now + dayMs).toISOString(),
  }
  const categoryId = `c${randomUUID().slice(0, 8)}`
  await api.make.admin('POST', '/api/admin/gift-categories', { id: categoryId, name: '规格' })
  const timed = await make({ categoryId, timedPrice })
  const tiered = await make({ categoryId, tierPrices: { silver: 70 }, tierDiscountPercent: { gold: 50 } })
  const free = await make({ categoryId, pricePoints: 0 })
  const list = async (query: string, token?: string): Promise<Json[]> =>
    success(await api.send('GET', `/api/member/gifts?categoryId=${categoryId}&${query}`, { token })).items
  for (const tier of ['regular', 'silver', 'gold']) {
    const { token } = await asTier(tier)
    const listed = await list('sort=price_asc', token)
    const expected = { regular: [0, 20, 40], silver: [0, 20, 28], gold: [0, 20, 20] }[tier]
    expect(listed.map(({ pricePoints }) => pricePoints)).toEqual(expected)
    for (const { gift, ids } of [timed, tiered, free]) {
      const seen = await read(gift.id, token)
      expect(listed.find(({ id }) => id === gift.id)).toMatchObject({
        pricePoints: seen.pricePoints,
        isPriceFrom: true,
      })
      const items = ids.map((skuId, index) => {
        const expectedPricePoints = seen.skus[index].pricePoints
        return { giftId: gift.id, skuId, quantity: 1, expectedPricePoints }
      })
      success(await api.place(token, items), 201)
    }
  }
  expect((await list('maxPoints=20')).map(({ id }) => id).sort()).toEqual(
    [timed.gift.id, free.gift.id].sort(),
  )
})

test('the basket counts each line at its SKU', async () => {
  const { gift, ids } = await make()
  const { token } = await api.make.member({ points: 180 })
  const items = [
    { giftId: gift.id, skuId: ids[1], quantity: 1 },
    { giftId: gift.id, skuId: ids[2], quantity: 1 },
  ]
  const answer = await api.send('PUT', '/api/member/basket', { token, body: { items, revision: 0 } })
  const { basket } = success(answer)
  expect(basket.items.map((line: Json) => line.gift.pricePoints)).toEqual([150, 40])
  expect(basket).toMatchObject({ totalPoints: 190, canOrder: false })
})

test('prices of SKUs change one by one, null is the gift price again, and the trail tells both', async () => {
  const { gift, ids } = await make()
  const own = async () =>
    (await api.make.admin('GET', `/api/admin/gifts/${gift.id}`)).gift.skus.map((sku: Json) => sku.pricePoints)
  expect(await own()).toEqual([null, 150, 40])
  const skuPrices = [
    { skuId: ids[0], pricePoints: 90 },
    { skuId: ids[1], pricePoints: null },
  ]
  success(await update(gift.id, { skuPrices }))
  expect(await own()).toEqual([90, null, 40])
  expect(await api.stockOf(gift.id)).toBe(15)
  const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${gift.id}`)
  expect(items[0]).toMatchObject({
    before: { skus: [{ pricePoints: null }, { pricePoints: 150 }, { pricePoints: 40 }] },
    after: { skuPrices },
  })
  const wrong = (prices: unknown) => update(gift.id, { skuPrices: prices })
  for (const prices of [
    [{ skuId: 'unknown', pricePoints: 1 }],
    [{ skuId: ids[0], pricePoints: -1 }],
    [{ skuId: ids[0], pricePoints: 1.5 }],
    [{ skuId: ids[0] }],
    Array(21).fill({ skuId: ids[0], pricePoints: 1 }),
  ])
    refusal(await wrong(prices), 400, 'request.invalid')
  expect(await own()).toEqual([90, null, 40])
})
