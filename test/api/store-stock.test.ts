import { watchStock } from '#bff/features/gifts/index'
import { sweepDueOrders } from '#bff/features/orders/index'
import { tellWishers } from '#bff/features/wishes/index'
import type { Json } from '#test/support/client'
import { many } from '#test/support/crowd'
import { afterSaleSteps } from './after-sales.setting'
import { dayMs, refusal, startApi, success } from './setting'
import { storeStockSteps } from './store-stock.setting'

const api = startApi()
const { openStores, giftIn, readAdmin, leftOf, read, changeStock, placeAt, orderAt } = storeStockSteps(api)
const { asked, decide } = afterSaleSteps(api)
const update = async (giftId: string, body: object) =>
  api.send('PATCH', `/api/admin/gifts/${giftId}`, { token: await api.make.adminToken(), body })
afterEach(() => api.make.expectCleanLedger())

test('an order takes from the pool of its store, and the mall shows the sum', async () => {
  const { jingan, xuhui } = await openStores()
  const gift = await giftIn({ [jingan]: 2, [xuhui]: 5 })
  expect(await readAdmin(gift.id)).toMatchObject({ stockPerStore: true, stock: 7 })
  const { token } = await api.make.member()
  const { order } = success(await placeAt(token, gift.id, jingan, 2), 201)
  expect(order.stores).toMatchObject([{ id: jingan }])
  expect(await leftOf(gift.id)).toEqual({ [jingan]: 0, [xuhui]: 5 })
  const { stores, ...detail } = await read(gift.id, token)
  expect(detail).toMatchObject({ stock: 5, isSoldOut: false, redeemedCount: 2, stockPerStore: true })
  expect(stores.map(({ id, left }: Json) => [id, left])).toEqual([
    [jingan, 0],
    [xuhui, 5],
  ])
  const { items } = success(await api.send('GET', `/api/member/gifts?limit=100`, { token }))
  expect(items.find(({ id }: Json) => id === gift.id)).toMatchObject({ stock: 5, isSoldOut: false })
})

test('each SKU has a pool in each store', async () => {
  const { jingan, xuhui } = await openStores()
  const of = (stock: number) => [
    { storeId: jingan, stock },
    { storeId: xuhui, stock: stock + 1 },
  ]
  const gift = await api.make.gift({
    stock: 0,
    stockPerStore: true,
    storeIds: [jingan, xuhui],
    skus: [
      { name: '米白', stock: 0, stockByStore: of(1) },
      { name: '松绿', stock: 0, stockByStore: [{ storeId: xuhui, stock: 4 }] },
    ],
  })
  const [white, green] = gift.skus.map(({ id }) => id)
  const { token } = await api.make.member()
  success(await api.place(token, [{ giftId: gift.id, skuId: white, quantity: 1 }], { storeId: jingan }), 201)
  const detail = await read(gift.id)
  expect(detail.skus).toMatchObject([
    { id: white, stock: 2, leftByStore: expect.arrayContaining([{ storeId: jingan, left: 0 }]) },
    { id: green, stock: 4, leftByStore: expect.arrayContaining([{ storeId: jingan, left: 0 }]) },
  ])
  expect(detail.stores.map(({ left }: Json) => left)).toEqual([0, 6])
  success(await changeStock(gift.id, { skuId: green, storeId: jingan, change: 3 }), 201)
  expect((await readAdmin(gift.id)).skus).toMatchObject([{ stock: 2 }, { stock: 7 }])
})

test('a gift with shared stock is as before', async () => {
  const { jingan, xuhui } = await openStores()
  const gift = await api.make.gift({ storeIds: [jingan, xuhui], stock: 3 })
  expect(await readAdmin(gift.id)).toMatchObject({ stockPerStore: false, storePools: [], stock: 3 })
  const { token } = await api.make.member()
  success(await placeAt(token, gift.id, jingan), 201)
  const { stores, stock } = await read(gift.id)
  expect([stock, stores.map(({ left }: Json) => left)]).toEqual([2, [null, null]])
})

test('what cannot be kept per store is refused when the gift is made', async () => {
  const { jingan, xuhui } = await openStores()
  const token = await api.make.adminToken()
  const input = {
    name: '手作陶杯',
    categoryId: 'home',
    handOver: 'pickup',
    pricePoints: 50,
    stock: 0,
    onSale: true,
    stockPerStore: true,
    storeIds: [jingan],
  }
  const create = (body: object) =>
    api.send('POST', '/api/admin/gifts', { token, body: { ...input, ...body } })
  const refused: [object, string][] = [
    [{ handOver: 'delivery' }, 'stockPerStore'],
    [{ handOver: 'virtual', onSale: false }, 'stockPerStore'],
    [{ storeIds: [] }, 'storeIds'],
    [{ storeIds: undefined }, 'storeIds'],
    [{ stock: 3 }, 'stock'],
    [{ skus: [{ name: '米白', stock: 3 }] }, 'stock'],
    [{ skus: [{ name: '米白', stock: 0 }], stockByStore: [{ storeId: jingan, stock: 1 }] }, 'stockByStore'],
    [{ stockByStore: [{ storeId: xuhui, stock: 1 }] }, 'stockByStore'],
    [{ stockByStore: [jingan, jingan].map((storeId) => ({ storeId, stock: 1 })) }, 'stockByStore'],
    [{ stockPerStore: false, stockByStore: [{ storeId: jingan, stock: 1 }] }, 'stockByStore'],
  ]
  for (const [body, path] of refused)
    expect([body, refusal(await create(body), 400, 'request.invalid').details.path]).toEqual([body, path])
  const stores = await many(26, () => api.make.store())
  const skus = Array.from({ length: 20 }, (_, index) => ({ name: `第 ${index}`, stock: 0 }))
  const tooMany = await create({ skus, storeIds: stores.map(({ id }) => id) })
  expect(refusal(tooMany, 400, 'request.invalid').details.path).toBe('storeIds')
  success(await create({ skus, storeIds: stores.slice(0, 25).map(({ id }) => id) }), 201)
})

test('a stock change names the store exactly when the gift keeps stock per store', async () => {
  const { jingan, xuhui, wukang } = await openStores()
  const gift = await giftIn({ [jingan]: 2, [xuhui]: 0 })
  const shared = await api.make.gift({ storeIds: [jingan] })
  const ofStore = (giftId: string, storeId?: string) => changeStock(giftId, { storeId, change: -1 })
  for (const answer of [
    await ofStore(gift.id),
    await ofStore(gift.id, wukang),
    await ofStore(shared.id, jingan),
  ])
    expect(refusal(answer, 400, 'request.invalid').details.path).toBe('storeId')
  refusal(await ofStore(gift.id, xuhui), 409, 'gift.sold_out')
  expect(success(await ofStore(gift.id, jingan), 201).stockEntry).toMatchObject({ stockAfter: 1 })
  const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${gift.id}`)
  expect(items[0]).toMatchObject({ operation: 'admin.gifts.change-stock', after: { storeId: jingan } })
})

test('an order of it names one of its stores', async () => {
  const { jingan, xuhui, wukang } = await openStores()
  const gift = await giftIn({ [jingan]: 2, [xuhui]: 2 })
  const { token } = await api.make.member()
  for (const storeId of [undefined, wukang])
    expect(refusal(await placeAt(token, gift.id, storeId), 400, 'request.invalid').details.path).toBe(
      'storeId',
    )
  expect(await leftOf(gift.id)).toEqual({ [jingan]: 2, [xuhui]: 2 })
})

test('a refusal names the store that has none left, and those that have; no other store is refused for it', async () => {
  const { jingan, xuhui, wukang } = await openStores()
  const gift = await giftIn({ [jingan]: 0, [xuhui]: 2, [wukang]: 9 })
  const member = await api.make.member({ points: 1_000 })
  const { message, details } = refusal(await placeAt(member.token, gift.id, jingan), 409, 'gift.sold_out')
  expect(message).toBe('静安店的「手作陶杯」已经换完了，武康路店等门店还有')
  expect(details).toMatchObject({
    giftId: gift.id,
    storeId: jingan,
    left: 0,
    otherStores: [
      { storeId: wukang, name: '武康路店', left: 9 },
      { storeId: xuhui, name: '徐汇店', left: 2 },
    ],
  })
  // Now the gate knows it too.
  const again = refusal(await placeAt(member.token, gift.id, jingan), 409, 'gift.sold_out')
  expect([again.message, again.details]).toEqual([
    '这家门店已经换完了',
    { giftId: gift.id, left: 0, storeId: jingan },
  ])
  success(await placeAt(member.token, gift.id, xuhui), 201)
  const few = refusal(await placeAt(member.token, gift.id, xuhui, 3), 409, 'gift.sold_out')
  expect([few.message, few.details.otherStores]).toEqual([
    '徐汇店的「手作陶杯」只剩 1 件了，武康路店还有',
    [{ storeId: wukang, name: '武康路店', left: 9 }],
  ])
  success(await changeStock(gift.id, { storeId: jingan }), 201)
  success(await placeAt(member.token, gift.id, jingan), 201)
})

test('a store that is added begins with nothing; one that is taken out keeps its pieces and sells none', async () => {
  const { jingan, xuhui } = await openStores()
  const gift = await giftIn({ [jingan]: 3 })
  success(await update(gift.id, { storeIds: [jingan, xuhui] }))
  expect(await leftOf(gift.id)).toEqual({ [jingan]: 3, [xuhui]: 0 })
  success(await changeStock(gift.id, { storeId: xuhui, change: 2 }), 201)
  success(await update(gift.id, { storeIds: [xuhui] }))
  expect(await readAdmin(gift.id)).toMatchObject({
    stock: 2,
    storePools: [
      { storeId: jingan, stock: 3, isForSale: false },
      { storeId: xuhui, stock: 2, isForSale: true },
    ],
  })
  const { token } = await api.make.member({ points: 1_000 })
  refusal(await placeAt(token, gift.id, jingan), 400, 'request.invalid')
  expect((await read(gift.id)).stores).toMatchObject([{ id: xuhui, left: 2 }])
  success(await placeAt(token, gift.id, xuhui, 2), 201)
  expect(await read(gift.id)).toMatchObject({ stock: 0, isSoldOut: true, redeemedCount: 2 })
  const { items } = success(await api.send('GET', `/api/member/gifts?limit=100`))
  expect(items.find(({ id }: Json) => id === gift.id)).toMatchObject({ stock: 0, isSoldOut: true })
  success(await changeStock(gift.id, { storeId: jingan, change: -1 }), 201)
  success(await update(gift.id, { storeIds: [jingan, xuhui] }))
  expect(await leftOf(gift.id)).toEqual({ [jingan]: 2, [xuhui]: 0 })
  refusal(await update(gift.id, { storeIds: [] }), 400, 'request.invalid')
})

test('how stock is kept is fixed when the gift is made', async () => {
  const { jingan } = await openStores()
  const gift = await giftIn({ [jingan]: 3 })
  await update(gift.id, { stockPerStore: false })
  expect(await readAdmin(gift.id)).toMatchObject({ stockPerStore: true, stock: 3 })
})

test('cancellation, expiry and after-sale give pieces back to the pool they came from', async () => {
  const { jingan, xuhui } = await openStores()
  const gift = await giftIn({ [jingan]: 3, [xuhui]: 3 }, { pickUpValidDays: 1 })
  const cancelled = await orderAt(gift.id, jingan)
  await orderAt(gift.id, jingan)
  const broken = await orderAt(gift.id, xuhui)
  expect(await leftOf(gift.id)).toEqual({ [jingan]: 1, [xuhui]: 2 })
  const { token } = cancelled.member
  success(await api.send('POST', `/api/member/orders/${cancelled.order.id}/cancel`, { token }))
  expect(await leftOf(gift.id)).toEqual({ [jingan]: 2, [xuhui]: 2 })

  const digits = async ({ order, member }: typeof broken) =>
    success(await api.send('GET', `/api/member/orders/${order.id}/code`, { token: member.token })).digits
  const body = { code: await digits(broken) }
  const elsewhere = await api.make.staff({ storeId: jingan })
  refusal(
    await api.send('POST', '/api/staff/redemptions', { token: elsewhere.token, body }),
    409,
    'redemption.wrong_store',
  )
  const staff = await api.make.staff({ storeId: xuhui })
  success(await api.send('POST', '/api/staff/redemptions', { token: staff.token, body }))
  const id = await asked(broken, 'damage')
  success(await decide(id, 'approve', { resolution: 'replace', restock: false }))
  expect(await leftOf(gift.id)).toEqual({ [jingan]: 2, [xuhui]: 1 })
  const second = await asked(broken, 'damage')
  success(await decide(second, 'approve', { resolution: 'refund', restock: true }))
  expect(await leftOf(gift.id)).toEqual({ [jingan]: 2, [xuhui]: 2 })

  await api.advance(2 * dayMs)
  await sweepDueOrders(api.app.app.services)
  expect(await leftOf(gift.id)).toEqual({ [jingan]: 3, [xuhui]: 2 })
})

test('the basket says which stores have all of it, and when none has', async () => {
  const { jingan, xuhui, wukang } = await openStores()
  const [cup, pen, plain] = [
    await giftIn({ [jingan]: 3, [xuhui]: 1, [wukang]: 5 }),
    await giftIn({ [jingan]: 1, [xuhui]: 5 }),
    await api.make.gift({ stock: 9 }),
  ]
  const { token } = await api.make.member({ points: 1_000 })
  const put = async (quantities: [{ id: string }, number][]): Promise<Json> => {
    const items = quantities.map(([{ id }, quantity]) => ({ giftId: id, quantity }))
    return success(await api.send('PUT', '/api/member/basket', { token, body: { items } })).basket
  }
  const served = ({ stores }: Json) => stores.map(({ id, canServe }: Json) => [id, canServe])
  expect((await put([[plain, 1]])).stores).toEqual([])
  const basket = await put([
    [cup, 2],
    [pen, 1],
    [plain, 1],
  ])
  expect(served(basket)).toEqual([
    [jingan, true],
    [xuhui, false],
  ])
  expect(basket).toMatchObject({ canOrder: true, items: [{ stock: 5 }, { stock: 5 }, { stock: 9 }] })
  const none = await put([
    [cup, 2],
    [pen, 3],
  ])
  expect(none).toMatchObject({ canOrder: false, obstacles: [{ code: 'store' }] })
  const tooMany = await put([[cup, 6]])
  expect(tooMany).toMatchObject({ canOrder: false, obstacles: [] })
  expect(tooMany.items[0].obstacles).toMatchObject([{ code: 'gift.sold_out', message: '只剩 5 件了' }])
})

test('an alert names the stores that run out; a sale pauses when all of them have, and only then', async () => {
  const { jingan, xuhui, wukang } = await openStores()
  const gift = await giftIn({ [jingan]: 0, [xuhui]: 2, [wukang]: 50 }, { pausesAtZero: true })
  const round = () => watchStock(api.app.app.services, 10_000)
  const alerts = async (): Promise<Json[]> =>
    (await api.make.admin('GET', '/api/admin/alerts?limit=100&kind=stock.low')).items.filter(
      ({ subjectId }: Json) => subjectId === gift.id,
    )
  await round()
  expect(await alerts()).toMatchObject([
    {
      message: '「手作陶杯」静安店已换完、徐汇店只剩 2 件',
      details: { pools: [{ storeId: jingan, left: 0 }, { storeName: '徐汇店' }] },
    },
  ])
  expect((await readAdmin(gift.id)).onSale).toBe(true)
  // What lies in a store that sells it no more keeps no sale open.
  success(await update(gift.id, { storeIds: [jingan, xuhui] }))
  success(await changeStock(gift.id, { storeId: xuhui, change: -2 }), 201)
  await round()
  expect(await readAdmin(gift.id)).toMatchObject({ onSale: false, pausedAt: expect.any(String) })
})

test('who wishes for it hears when any store has it again', async () => {
  const { jingan, xuhui } = await openStores()
  const gift = await giftIn({ [jingan]: 0, [xuhui]: 0 })
  const { token } = await api.make.member()
  success(await api.send('POST', '/api/member/wishes', { token, body: { giftId: gift.id } }))
  const tell = () => tellWishers(api.app.app.services)
  expect(await tell()).toBe(0)
  success(await changeStock(gift.id, { storeId: xuhui }), 201)
  expect(await tell()).toBe(1)
})
