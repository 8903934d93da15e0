import type { Json } from '#test/support/client'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const one = (giftId: string, more: object = {}) => [{ giftId, quantity: 1, ...more }]
const fromNow = (ms: number) => new Date(api.app.app.services.clock.now().getTime() + ms).toISOString()

test('a pick-up order freezes points, takes a piece and says what remains', async () => {
  const gift = await api.make.gift({ stock: 3, pricePoints: 40 })
  const { token } = await api.make.member()
  const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 2 }]), 201)
  expect(order).toMatchObject({
    state: 'to_pick_up',
    handOver: 'pickup',
    totalPoints: 80,
    pointsAfter: { available: 20, frozen: 80 },
    canCancel: true,
    canConfirm: false,
    timeline: [{ state: 'to_pick_up' }],
  })
  expect(order.pickUpExpiresAt).toMatch(/T15:59:59\.999Z$/)
  expect(await api.stockOf(gift.id)).toBe(1)
  const { items } = success(await api.send('GET', '/api/member/orders', { token }))
  expect(items.map(({ id }: Json) => id)).toEqual([order.id])
  await api.make.expectCleanLedger()
})

test('a free gift costs nothing and is an order like others', async () => {
  const gift = await api.make.gift({ pricePoints: 0 })
  const { token } = await api.make.member()
  const { order } = success(await api.place(token, one(gift.id)), 201)
  expect(order).toMatchObject({ totalPoints: 0, pointsAfter: { available: 100, frozen: 0 } })
  success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))
  await api.make.expectCleanLedger()
})

describe('delivery', () => {
  test("goes to the member's own address, as it was when ordered", async () => {
    const gift = await api.make.gift({ handOver: 'delivery' })
    const { token } = await api.make.member()
    const { id: addressId } = await api.make.address(token)
    const { order } = success(await api.place(token, one(gift.id), { addressId }), 201)
    expect(order).toMatchObject({ state: 'to_ship', address: { name: '小满', detail: '愚园路 1 号' } })
    success(await api.send('DELETE', `/api/member/addresses/${addressId}`, { token }), 204)
    const later = success(await api.send('GET', `/api/member/orders/${order.id}`, { token })).order
    expect(later.address).toEqual(order.address)
  })

  test('without an address is refused', async () => {
    const gift = await api.make.gift({ handOver: 'delivery' })
    const { token } = await api.make.member()
    const { details } = refusal(await api.place(token, one(gift.id)), 400, 'request.invalid')
    expect(details.path).toBe('addressId')
  })

  test("to another member's address is not found, and nothing is taken", async () => {
    const gift = await api.make.gift({ handOver: 'delivery' })
    const other = await api.make.member()
    const { id: addressId } = await api.make.address(other.token)
    const { token } = await api.make.member()
    refusal(await api.place(token, one(gift.id), { addressId }), 404, 'resource.not_found')
    expect([await api.available(token), await api.stockOf(gift.id)]).toEqual([100, 10])
  })
})

describe('several gifts', () => {
  test('are one order with one sum', async () => {
    const gifts = [await api.make.gift({ pricePoints: 30 }), await api.make.gift({ pricePoints: 20 })]
    const { token } = await api.make.member()
    const { order } = success(
      await api.place(
        token,
        gifts.flatMap(({ id }) => one(id)),
      ),
      201,
    )
    expect(order.totalPoints).toBe(50)
    expect(order.items).toHaveLength(2)
  })

  test('of different hand-overs are refused', async () => {
    const gifts = [await api.make.gift(), await api.make.gift({ handOver: 'delivery' })]
    const { token } = await api.make.member()
    refusal(
      await api.place(
        token,
        gifts.flatMap(({ id }) => one(id)),
      ),
      409,
      'gift.mixed_hand_over',
    )
  })

  test('are all or nothing: a sold-out second one leaves nothing of the first', async () => {
    const first = await api.make.gift({ perMemberLimit: 1 })
    const second = await api.make.gift({ stock: 0 })
    const { token } = await api.make.member()
    const items = [...one(first.id), ...one(second.id)]
    const { details } = refusal(await api.place(token, items), 409, 'gift.sold_out')
    expect(details.giftId).toBe(second.id)
    expect([await api.available(token), await api.stockOf(first.id)]).toEqual([100, 10])
    expect(success(await api.send('GET', '/api/member/orders', { token })).items).toEqual([])
    expect(success(await api.send('GET', '/api/member/points/entries', { token })).items).toHaveLength(1)
    // The place under the limit was not used up either.
    success(await api.place(token, one(first.id)), 201)
    await api.make.expectCleanLedger()
  })

  test('that are too dear together are refused together', async () => {
    const gifts = [await api.make.gift({ pricePoints: 60 }), await api.make.gift({ pricePoints: 60 })]
    const { token } = await api.make.member()
    const refused = await api.place(
      token,
      gifts.flatMap(({ id }) => one(id)),
    )
    expect(refusal(refused, 409, 'points.insufficient').details).toEqual({ required: 120, available: 100 })
    for (const { id } of gifts) expect(await api.stockOf(id)).toBe(10)
  })

  test('with no store in common are refused; with one they are collected there', async () => {
    const stores = [await api.make.store(), await api.make.store(), await api.make.store()]
    const [a = '', b = '', c = ''] = stores.map(({ id }) => id)
    const ab = await api.make.gift({ pricePoints: 1, storeIds: [a, b] })
    const bc = await api.make.gift({ pricePoints: 1, storeIds: [b, c] })
    const onlyC = await api.make.gift({ pricePoints: 1, storeIds: [c] })
    const { token } = await api.make.member()
    const { order } = success(await api.place(token, [...one(ab.id), ...one(bc.id)]), 201)
    expect(order.stores.map(({ id }: Json) => id)).toEqual([b])
    refusal(await api.place(token, [...one(ab.id), ...one(onlyC.id)]), 400, 'request.invalid')
    refusal(await api.place(token, one(ab.id), { storeId: c }), 400, 'request.invalid')
    refusal(await api.place(token, one(ab.id), { storeId: 'none' }), 400, 'request.invalid')
  })

  test('to be collected in a store that does not exist are refused', async () => {
    const gift = await api.make.gift()
    const { token } = await api.make.member()
    const answer = await api.place(token, one(gift.id), { storeId: 'none' })
    expect(refusal(answer, 400, 'request.invalid').details.path).toBe('storeId')
  })
})

describe('limits', () => {
  test('count pieces, not orders, and the same gift twice in one order', async () => {
    const gift = await api.make.gift({ perMemberLimit: 3, pricePoints: 1 })
    const { token } = await api.make.member()
    const twice = [
      { giftId: gift.id, quantity: 2 },
      { giftId: gift.id, quantity: 2 },
    ]
    expect(refusal(await api.place(token, twice), 409, 'gift.limit_reached').details).toMatchObject({
      left: 3,
    })
    const { order } = success(await api.place(token, [...one(gift.id), ...one(gift.id)]), 201)
    expect(order.items).toMatchObject([{ quantity: 2 }])
    const more = await api.place(token, [{ giftId: gift.id, quantity: 2 }])
    expect(refusal(more, 409, 'gift.limit_reached').details).toMatchObject({ limit: 3, left: 1 })
    success(await api.place(token, one(gift.id)), 201)
    refusal(await api.place(token, one(gift.id)), 409, 'gift.limit_reached')
  })

  test('hold over all SKUs of a gift together', async () => {
    const skus = ['米白', '松绿'].map((name) => ({ name, stock: 5 }))
    const gift = await api.make.gift({ stock: 0, skus, perMemberLimit: 1, pricePoints: 1 })
    const { token } = await api.make.member()
    const [white, green] = gift.skus.map(({ id }) => one(gift.id, { skuId: id }))
    refusal(await api.place(token, [...(white ?? []), ...(green ?? [])]), 409, 'gift.limit_reached')
    success(await api.place(token, white ?? []), 201)
    refusal(await api.place(token, green ?? []), 409, 'gift.limit_reached')
  })

  test('an order names 99 pieces of a gift at most, also in two lines', async () => {
    const gift = await api.make.gift({ stock: 200, pricePoints: 0 })
    const { token } = await api.make.member()
    const lines = [
      { giftId: gift.id, quantity: 60 },
      { giftId: gift.id, quantity: 40 },
    ]
    refusal(await api.place(token, lines), 400, 'request.invalid')
  })
})

describe('SKUs', () => {
  test('must be chosen where there are some, and named rightly', async () => {
    const gift = await api.make.gift({ stock: 0, skus: [{ name: '米白', stock: 1 }] })
    const plain = await api.make.gift()
    const skuId = gift.skus[0]?.id
    const { token } = await api.make.member()
    for (const items of [one(gift.id), one(gift.id, { skuId: 'none' }), one(plain.id, { skuId })])
      expect(refusal(await api.place(token, items), 400, 'request.invalid').details.path).toBe('skuId')
    const { order } = success(await api.place(token, one(gift.id, { skuId })), 201)
    expect(order.items).toMatchObject([{ skuId, skuName: '米白' }])
  })

  test('run out one by one', async () => {
    const skus = [
      { name: '米白', stock: 1 },
      { name: '松绿', stock: 1 },
    ]
    const gift = await api.make.gift({ stock: 0, skus, pricePoints: 1 })
    const [white, green] = gift.skus.map(({ id }) => id)
    const { token } = await api.make.member()
    success(await api.place(token, one(gift.id, { skuId: white })), 201)
    refusal(await api.place(token, one(gift.id, { skuId: white })), 409, 'gift.sold_out')
    success(await api.place(token, one(gift.id, { skuId: green })), 201)
  })
})

describe('sale', () => {
  test('too early, too late and off sale are refused', async () => {
    const { token } = await api.make.member()
    for (const window of [
      { saleStartsAt: fromNow(dayMs) },
      { saleEndsAt: fromNow(-dayMs) },
      { onSale: false },
    ]) {
      const gift = await api.make.gift(window)
      refusal(await api.place(token, one(gift.id)), 409, 'gift.not_on_sale')
    }
  })

  test('an unknown gift is not found', async () => {
    const { token } = await api.make.member()
    refusal(await api.place(token, one('none')), 404, 'resource.not_found')
  })

  test('more than is left is refused with what is left, and the rest can still be had', async () => {
    const gift = await api.make.gift({ stock: 2, pricePoints: 1 })
    const { token } = await api.make.member()
    const { details } = refusal(
      await api.place(token, [{ giftId: gift.id, quantity: 3 }]),
      409,
      'gift.sold_out',
    )
    expect(details.left).toBe(2)
    success(await api.place(token, [{ giftId: gift.id, quantity: 2 }]), 201)
  })

  test('a sold-out gift can be had again as soon as there is stock', async () => {
    const gift = await api.make.gift({ stock: 0 })
    const { token } = await api.make.member()
    refusal(await api.place(token, one(gift.id)), 409, 'gift.sold_out')
    await api.make.admin('POST', `/api/admin/gifts/${gift.id}/stock-changes`, {
      change: 1,
      reason: '补货一件',
    })
    success(await api.place(token, one(gift.id)), 201)
  })
})

test.each([
  [{ items: [] }],
  [{ items: [{ giftId: 'x', quantity: 0 }] }],
  [{ items: [{ giftId: 'x', quantity: -1 }] }],
  [{ items: [{ giftId: 'x', quantity: 1.5 }] }],
  [{ items: [{ giftId: 'x', quantity: '1' }] }],
  [{ items: [{ giftId: 'x', quantity: 100 }] }],
  [{ items: [{ giftId: { $ne: null }, quantity: 1 }] }],
  [{ items: Array.from({ length: 11 }, () => ({ giftId: 'x', quantity: 1 })) }],
])('%j is refused', async (body) => {
  const { token } = await api.make.member()
  refusal(await api.send('POST', '/api/member/orders', { token, body }), 400, 'request.invalid')
})
