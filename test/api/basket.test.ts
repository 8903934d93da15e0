import type { Json } from '#test/support/client'
import { many, tally } from '#test/support/crowd'
import { refusal, startApi, success } from './setting'

const api = startApi()
const path = '/api/member/basket'
const put = (token: string, items: object[], more: object = {}) =>
  api.send('PUT', path, { token, body: { items, ...more } })
const read = async (token: string) => success(await api.send('GET', path, { token })).basket
const codes = (obstacles: Json[]) => obstacles.map(({ code }) => code)

test('a basket starts empty, keeps what is put into it, and is emptied', async () => {
  const { token } = await api.make.member()
  const empty = { items: [], stores: [], totalPoints: 0, obstacles: [], canOrder: false, revision: 0 }
  expect(await read(token)).toEqual(empty)
  const gifts = [
    await api.make.gift({ pricePoints: 30 }),
    await api.make.gift({ stock: 0, pricePoints: 5, skus: [{ name: '米白', stock: 3 }] }),
  ]
  const skuId = gifts[1]?.skus[0]?.id
  const lines = [
    { giftId: gifts[0]?.id, quantity: 1 },
    { giftId: gifts[1]?.id, skuId, quantity: 2 },
  ]
  const { basket } = success(await put(token, lines))
  expect(basket).toMatchObject({ totalPoints: 40, obstacles: [], canOrder: true, revision: 1 })
  expect(basket.items).toMatchObject([
    { giftId: gifts[0]?.id, skuId: null, quantity: 1, stock: 10, gift: { pricePoints: 30 }, obstacles: [] },
    { giftId: gifts[1]?.id, skuId, skuName: '米白', quantity: 2, stock: 3, obstacles: [] },
  ])
  expect(await read(token)).toEqual(basket)
  success(await api.send('DELETE', path, { token }), 204)
  expect(await read(token)).toMatchObject({ items: [], canOrder: false, revision: 2 })
})

test("a basket is the member's own", async () => {
  const [ada, ben] = [await api.make.member(), await api.make.member()]
  const gift = await api.make.gift()
  success(await put(ada.token, [{ giftId: gift.id, quantity: 1 }]))
  expect((await read(ben.token)).items).toEqual([])
})

test('prices, stock and reasons are those of now, said where they belong', async () => {
  const { id, token } = await api.make.member()
  const [dear, limited, parcel] = [
    await api.make.gift({ pricePoints: 60, tierPrices: { gold: 50 } }),
    await api.make.gift({ pricePoints: 10, perOrderLimit: 2, minimumTier: 'gold', stock: 1 }),
    await api.make.gift({ pricePoints: 5, handOver: 'delivery' }),
  ]
  const { basket } = success(
    await put(token, [
      { giftId: dear.id, quantity: 2 },
      { giftId: limited.id, quantity: 3 },
      { giftId: parcel.id, quantity: 1 },
    ]),
  )
  expect(basket).toMatchObject({ totalPoints: 155, canOrder: false })
  expect(basket.items.map(({ obstacles }: Json) => codes(obstacles))).toEqual([
    [],
    ['gift.sold_out', 'per_order', 'tier'],
    [],
  ])
  expect(codes(basket.obstacles)).toEqual(['gift.mixed_hand_over', 'points.insufficient'])
  expect(basket.obstacles[1]).toMatchObject({ message: '还差 55 积分', details: { missing: 55 } })
  await api.make.admin('PATCH', `/api/admin/members/${id}`, { tier: 'gold' })
  await api.make.admin('PATCH', `/api/admin/gifts/${parcel.id}`, { onSale: false })
  const later = await read(token)
  expect(later.items.map(({ obstacles }: Json) => codes(obstacles))).toEqual([
    [],
    ['gift.sold_out', 'per_order'],
    ['gift.not_on_sale'],
  ])
  expect(later.items[0].gift).toMatchObject({ pricePoints: 50, listPricePoints: 60 })
  // What went off sale stays until it is taken out.
  success(
    await put(token, [
      { giftId: dear.id, quantity: 1 },
      { giftId: parcel.id, quantity: 1 },
    ]),
  )
})

test('two SKUs of a gift share its limit, not their pools', async () => {
  const skus = ['米白', '松绿'].map((name) => ({ name, stock: 2 }))
  const gift = await api.make.gift({ stock: 0, skus, pricePoints: 1, perMemberLimit: 4 })
  const { token } = await api.make.member()
  const lines = gift.skus.map(({ id }) => ({ giftId: gift.id, skuId: id, quantity: 2 }))
  expect(success(await put(token, lines)).basket.canOrder).toBe(true)
  await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, { perMemberLimit: 3 })
  const { items } = await read(token)
  expect(items.map(({ obstacles }: Json) => codes(obstacles))).toEqual([
    ['gift.limit_reached'],
    ['gift.limit_reached'],
  ])
})

test('ten lines at most, of gifts there are, with their SKUs', async () => {
  const { token } = await api.make.member()
  const gift = await api.make.gift()
  const coloured = await api.make.gift({ stock: 0, skus: [{ name: '米白', stock: 1 }] })
  const line = { giftId: gift.id, quantity: 1 }
  refusal(await put(token, Array(11).fill(line)), 400, 'request.invalid')
  refusal(await put(token, [{ ...line, quantity: 0 }]), 400, 'request.invalid')
  refusal(
    await put(token, [
      { ...line, quantity: 60 },
      { ...line, quantity: 40 },
    ]),
    400,
    'request.invalid',
  )
  refusal(await put(token, [{ giftId: coloured.id, quantity: 1 }]), 400, 'request.invalid')
  refusal(await put(token, [{ ...line, skuId: 'none' }]), 400, 'request.invalid')
  refusal(await put(token, [{ giftId: 'none', quantity: 1 }]), 404, 'resource.not_found')
  expect((await read(token)).items).toEqual([])
})

test('two phones do not write over each other: of 10 saves on one revision one wins', async () => {
  const { token } = await api.make.member()
  const gift = await api.make.gift()
  success(await put(token, [], { revision: 0 }))
  const saves = await many(10, () => put(token, [{ giftId: gift.id, quantity: 1 }], { revision: 1 }))
  expect(tally(saves)).toEqual({ '200': 1, 'resource.conflict': 9 })
  expect(refusal(await put(token, [], { revision: 1 }), 409, 'resource.conflict').details).toEqual({
    revision: 2,
  })
})

describe('an order from the basket', () => {
  const orderBasket = (token: string, items: object[]) => api.place(token, items, { fromBasket: true })

  test('takes what it orders out of the basket and leaves the rest', async () => {
    const { token } = await api.make.member()
    const gifts = await many(3, () => api.make.gift({ pricePoints: 10 }))
    const lines = gifts.map(({ id }) => ({ giftId: id, quantity: 1, expectedPricePoints: 10 }))
    success(
      await put(
        token,
        lines.map(({ giftId, quantity }) => ({ giftId, quantity })),
      ),
    )
    const { order } = success(await orderBasket(token, lines.slice(0, 2)), 201)
    expect(order).toMatchObject({ totalPoints: 20 })
    const { items, revision } = await read(token)
    expect([items.map(({ giftId }: Json) => giftId), revision]).toEqual([[gifts[2]?.id], 2])
  })

  test('that is refused leaves basket, points, stock and limits as they were', async () => {
    const { token } = await api.make.member()
    const good = await api.make.gift({ pricePoints: 10, perDayLimit: 1, dailyQuota: 1 })
    const gone = await api.make.gift({ pricePoints: 10, stock: 0 })
    const lines = [good, gone].map(({ id }) => ({ giftId: id, quantity: 1 }))
    success(await put(token, lines))
    refusal(await orderBasket(token, lines), 409, 'gift.sold_out')
    expect((await read(token)).items).toHaveLength(2)
    expect([await api.available(token), await api.stockOf(good.id)]).toEqual([100, 10])
    success(await orderBasket(token, lines.slice(0, 1)), 201)
    expect((await read(token)).items).toMatchObject([{ giftId: gone.id }])
    await api.make.expectCleanLedger()
  })

  test('of two hand-overs is refused', async () => {
    const { token } = await api.make.member()
    const gifts = [await api.make.gift(), await api.make.gift({ handOver: 'delivery' })]
    const lines = gifts.map(({ id }) => ({ giftId: id, quantity: 1 }))
    refusal(await orderBasket(token, lines), 409, 'gift.mixed_hand_over')
  })

  test('that was placed without the basket leaves it alone', async () => {
    const { token } = await api.make.member()
    const gift = await api.make.gift()
    success(await put(token, [{ giftId: gift.id, quantity: 2 }]))
    success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
    expect((await read(token)).items).toMatchObject([{ quantity: 2 }])
  })
})
