import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const input = {
  name: '手作陶杯',
  categoryId: 'home',
  handOver: 'pickup',
  pricePoints: 50,
  stock: 10,
  onSale: true,
}
const asOwner = async (method: string, path: string, body?: object, key?: string) =>
  api.send(method, path, { token: await api.make.adminToken(), body, ...(key ? { key } : {}) })
const create = (overrides: object = {}) => asOwner('POST', '/api/admin/gifts', { ...input, ...overrides })
const patch = (id: string, body: object) => asOwner('PATCH', `/api/admin/gifts/${id}`, body)

describe('creating', () => {
  test('a gift is read back as it was written, and has a pool', async () => {
    const { gift } = success(await create({ terms: '请在 14 天内领取', marketPriceFen: 9_900 }), 201)
    expect(gift).toMatchObject({ ...input, terms: '请在 14 天内领取', marketPriceFen: 9_900, skus: [] })
    expect(gift).toMatchObject({
      perMemberLimit: null,
      needsReview: false,
      pickUpValidDays: 14,
      storeIds: [],
    })
    expect(success(await asOwner('GET', `/api/admin/gifts/${gift.id}`)).gift).toEqual(gift)
  })

  test('SKUs have pools of their own, and stock is their sum', async () => {
    const skus = [
      { name: '米白', stock: 3 },
      { name: '松绿', stock: 4 },
    ]
    const { gift } = success(await create({ stock: 0, skus }), 201)
    expect(gift.stock).toBe(7)
    expect(gift.skus).toMatchObject(skus)
  })

  test('an unknown category or store is named', async () => {
    const category = refusal(await create({ categoryId: 'none' }), 400, 'request.invalid')
    expect(category.details.path).toBe('categoryId')
    const { id } = await api.make.store()
    const store = refusal(await create({ storeIds: [id, 'none'] }), 400, 'request.invalid')
    expect(store.details.path).toBe('storeIds')
  })

  test('a virtual gift is not put on sale without codes, neither at once nor later', async () => {
    refusal(await create({ handOver: 'virtual' }), 409, 'gift.no_codes')
    const { gift } = success(await create({ handOver: 'virtual', stock: 0, onSale: false }), 201)
    refusal(await patch(gift.id, { onSale: true }), 409, 'gift.no_codes')
  })

  test('a virtual gift starts without stock: its codes will be it', async () => {
    const virtual = { handOver: 'virtual', onSale: false }
    refusal(await create(virtual), 409, 'gift.stock_is_codes')
    refusal(
      await create({ ...virtual, stock: 0, skus: [{ name: '月卡', stock: 1 }] }),
      409,
      'gift.stock_is_codes',
    )
  })

  test.each([
    ['name', ''],
    ['name', '长'.repeat(61)],
    ['pricePoints', -1],
    ['pricePoints', 1.5],
    ['stock', -1],
    ['stock', 10_000_001],
    ['handOver', 'pigeon'],
    ['perMemberLimit', 0],
    ['perMemberLimit', 100],
    ['skus', []],
    ['pickUpValidDays', 0],
    ['saleStartsAt', 'tomorrow'],
    ['onSale', 'yes'],
  ])('%s %j is refused and named', async (field, value) => {
    const { details } = refusal(await create({ [field]: value }), 400, 'request.invalid')
    expect(details.issues[0].path).toBe(`body.${field}`)
  })

  test('a sale that ends before it starts is refused, also when only one end is changed', async () => {
    const saleStartsAt = '2030-01-02T00:00:00Z'
    const saleEndsAt = '2030-01-01T00:00:00Z'
    refusal(await create({ saleStartsAt, saleEndsAt }), 400, 'request.invalid')
    const { gift } = success(await create({ saleStartsAt }), 201)
    refusal(await patch(gift.id, { saleEndsAt }), 400, 'request.invalid')
  })
})

describe('changing', () => {
  test('only what is sent changes; null takes a limit away', async () => {
    const { gift } = success(await create({ perMemberLimit: 2 }), 201)
    const changed = success(await patch(gift.id, { pricePoints: 70, perMemberLimit: null })).gift
    expect(changed).toEqual({ ...gift, pricePoints: 70, perMemberLimit: null, updatedAt: changed.updatedAt })
  })

  test('stock is not changed by the way', async () => {
    const { gift } = success(await create(), 201)
    expect(success(await patch(gift.id, { stock: 999 })).gift.stock).toBe(10)
  })

  test('an unknown gift, category or store is refused', async () => {
    const { gift } = success(await create(), 201)
    refusal(await patch('none', { name: '名字' }), 404, 'resource.not_found')
    refusal(await patch(gift.id, { categoryId: 'none' }), 400, 'request.invalid')
    refusal(await patch(gift.id, { storeIds: ['none'] }), 400, 'request.invalid')
    refusal(await asOwner('GET', '/api/admin/gifts/none'), 404, 'resource.not_found')
  })

  test('a new price is for new orders; placed ones keep theirs', async () => {
    const { order, member, gift } = await api.make.order()
    success(await patch(gift.id, { pricePoints: 70, name: '改了名字' }))
    const kept = success(
      await api.send('GET', `/api/member/orders/${order.id}`, { token: member.token }),
    ).order
    expect(kept).toMatchObject({ totalPoints: 50, items: [{ name: '手作陶杯', pricePoints: 50 }] })
  })
})

describe('listing', () => {
  test('the list holds gifts off sale and is searched by name', async () => {
    const name = `暗号${randomUUID().slice(0, 8)}`
    const { gift } = success(await create({ name, onSale: false }), 201)
    const { items } = success(await asOwner('GET', `/api/admin/gifts?q=${encodeURIComponent(name)}`))
    expect(items.map(({ id }: Json) => id)).toEqual([gift.id])
  })
})

describe('stock changes', () => {
  const change = (id: string, body: object, key?: string) =>
    asOwner('POST', `/api/admin/gifts/${id}/stock-changes`, body, key)

  test('stock goes up and down with a reason', async () => {
    const { id } = await api.make.gift()
    const more = success(await change(id, { change: 5, reason: '补货五件' }), 201)
    expect(more).toMatchObject({ stockEntry: { change: 5, stockAfter: 15 }, gift: { stock: 15 } })
    const less = success(await change(id, { change: -15, reason: '全部下架' }), 201)
    expect(less).toMatchObject({ stockEntry: { change: -15, stockAfter: 0 }, gift: { stock: 0 } })
    await api.make.expectCleanLedger()
  })

  test('more than is available is not taken: pieces in orders are not available', async () => {
    const { gift } = await api.make.order({ gift: { stock: 3 } })
    refusal(await change(gift.id, { change: -3, reason: '太多了吧' }), 409, 'gift.sold_out')
    expect(await api.stockOf(gift.id)).toBe(2)
  })

  test('a gift with SKUs is changed by SKU, one without by itself', async () => {
    const gift = await api.make.gift({ stock: 0, skus: [{ name: '米白', stock: 3 }] })
    const plain = await api.make.gift()
    const skuId = gift.skus[0]?.id
    refusal(await change(gift.id, { change: 1, reason: '没说规格' }), 400, 'request.invalid')
    refusal(await change(gift.id, { skuId: 'none', change: 1, reason: '没有规格' }), 400, 'request.invalid')
    refusal(await change(plain.id, { skuId, change: 1, reason: '别的规格' }), 400, 'request.invalid')
    const { gift: after } = success(await change(gift.id, { skuId, change: 2, reason: '补货两件' }), 201)
    expect(after.skus).toMatchObject([{ id: skuId, stock: 5 }])
  })

  test('the same key changes once; other input under it is refused', async () => {
    const { id } = await api.make.gift()
    const key = randomUUID()
    const body = { change: 5, reason: '补货五件' }
    const first = success(await change(id, body, key), 201)
    expect(success(await change(id, body, key), 201)).toEqual(first)
    refusal(await change(id, { ...body, change: 6 }, key), 422, 'idempotency.key_reused')
    expect(await api.stockOf(id)).toBe(15)
  })

  test.each([{ change: 0 }, { change: 1.5 }, { change: 10_000_001 }, { reason: '短' }])(
    '%j is refused',
    async (wrong) => {
      const { id } = await api.make.gift()
      refusal(await change(id, { change: 1, reason: '补货一件', ...wrong }), 400, 'request.invalid')
    },
  )

  test('an unknown gift is not found', async () => {
    refusal(await change('none', { change: 1, reason: '补货一件' }), 404, 'resource.not_found')
  })
})

describe('categories', () => {
  test('a new category counts the gifts on sale in it; its id is taken then', async () => {
    const id = `c${randomUUID().slice(0, 8)}`
    const body = { id, name: '限定' }
    success(await asOwner('POST', '/api/admin/gift-categories', body), 201)
    refusal(await asOwner('POST', '/api/admin/gift-categories', body), 409, 'resource.conflict')
    success(await create({ categoryId: id }), 201)
    success(await create({ categoryId: id, onSale: false }), 201)
    const { items } = success(await api.send('GET', '/api/member/gift-categories'))
    expect(items).toContainEqual({ id, name: '限定', giftCount: 1 })
  })

  test('an id with spaces or capitals is refused', async () => {
    for (const id of ['A b', 'ABC', ''])
      refusal(await asOwner('POST', '/api/admin/gift-categories', { id, name: '类' }), 400, 'request.invalid')
  })
})
