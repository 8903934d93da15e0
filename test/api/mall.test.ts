import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
/** A category of the test's own, so that other tests' gifts are out of sight. */
const newCategory = async (): Promise<string> => {
  const id = `c${randomUUID().slice(0, 8)}`
  await api.make.admin('POST', '/api/admin/gift-categories', { id, name: '测试' })
  return id
}
const list = async (query: string, token?: string) =>
  success(await api.send('GET', `/api/member/gifts?${query}`, { token }))
const prices = (page: Json) => page.items.map(({ pricePoints }: Json) => pricePoints)
const fromNow = (ms: number) => new Date(api.app.app.services.clock.now().getTime() + ms).toISOString()

test('gifts are found by category, by points band and by words; total counts them all', async () => {
  const categoryId = await newCategory()
  for (const pricePoints of [10, 20, 30])
    await api.make.gift({ categoryId, pricePoints, name: `陶杯 (${pricePoints})` })
  const inCategory = `categoryId=${categoryId}&sort=price_asc`
  expect(prices(await list(inCategory))).toEqual([10, 20, 30])
  expect(prices(await list(`${inCategory}&minPoints=20`))).toEqual([20, 30])
  expect(prices(await list(`${inCategory}&minPoints=11&maxPoints=29`))).toEqual([20])
  expect(prices(await list(`${inCategory}&q=${encodeURIComponent('陶杯 (2')}`))).toEqual([20])
  expect(prices(await list(`${inCategory}&q=${encodeURIComponent('.*')}`))).toEqual([])
  const page = await list(`${inCategory}&limit=1`)
  expect([page.items.length, page.total]).toEqual([1, 3])
})

test('what is affordable depends on the member', async () => {
  const categoryId = await newCategory()
  for (const pricePoints of [50, 100, 101]) await api.make.gift({ categoryId, pricePoints })
  const query = `categoryId=${categoryId}&affordable=true&sort=price_asc`
  const { token } = await api.make.member()
  expect(prices(await list(query, token))).toEqual([50, 100])
  expect(prices(await list(query))).toEqual([50, 100, 101])
  expect(prices(await list(`${query}&maxPoints=60`, token))).toEqual([50])
})

test('the sorts: cheap first, dear first, new first, most redeemed first with sold-out last', async () => {
  const categoryId = await newCategory()
  const make = (pricePoints: number, stock: number) => api.make.gift({ categoryId, pricePoints, stock })
  await make(20, 0)
  const hot = await make(30, 9)
  await make(10, 9)
  const { token } = await api.make.member()
  success(await api.place(token, [{ giftId: hot.id, quantity: 2 }]), 201)
  const sorted = async (sort: string) => prices(await list(`categoryId=${categoryId}&sort=${sort}`))
  expect(await sorted('price_asc')).toEqual([10, 20, 30])
  expect(await sorted('price_desc')).toEqual([30, 20, 10])
  expect(await sorted('new')).toEqual([10, 30, 20])
  expect(await sorted('hot')).toEqual([30, 10, 20])
})

test.each(['hot', 'new', 'price_asc', 'price_desc'])(
  'pages sorted by %s hold every gift once',
  async (sort) => {
    const categoryId = await newCategory()
    const made: string[] = []
    for (const pricePoints of [10, 10, 10, 20, 20])
      made.push((await api.make.gift({ categoryId, pricePoints })).id)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Json = await list(
        `categoryId=${categoryId}&sort=${sort}&limit=2${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...page.items.map(({ id }: Json) => id))
      cursor = page.nextCursor
      // A gift that arrives meanwhile moves nothing that was seen.
      if (seen.length === 2) await api.make.gift({ categoryId: 'food', pricePoints: 1 })
    }
    expect([...seen].sort()).toEqual([...made].sort())
  },
)

test.each([
  'sort=best',
  'minPoints=-1',
  'maxPoints=many',
  'affordable=maybe',
  `q=${'长'.repeat(41)}`,
  'limit=1&limit=2',
])('the query %s is refused', async (query) => {
  refusal(await api.send('GET', `/api/member/gifts?${encodeURI(query)}`), 400, 'request.invalid')
})

test('a gift off sale is hidden from list and page, like one that never was', async () => {
  const categoryId = await newCategory()
  const gift = await api.make.gift({ categoryId })
  await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, { onSale: false })
  expect((await list(`categoryId=${categoryId}`)).items).toEqual([])
  for (const id of [gift.id, 'none'])
    refusal(await api.send('GET', `/api/member/gifts/${id}`), 404, 'resource.not_found')
})

test('a gift shows its stores, pools and how many were taken', async () => {
  const store = await api.make.store()
  const { gift, member } = await api.make.order({ gift: { storeIds: [store.id], stock: 4 } })
  const read = success(await api.send('GET', `/api/member/gifts/${gift.id}`)).gift
  expect(read).toMatchObject({
    id: gift.id,
    stock: 3,
    totalStock: 4,
    redeemedCount: 1,
    isSoldOut: false,
    isNew: true,
    pickUpValidDays: 14,
    stores: [{ id: store.id }],
    eligibility: null,
  })
  const mine = success(await api.send('GET', `/api/member/gifts/${gift.id}`, { token: member.token })).gift
  expect(mine.eligibility).toEqual({ canRedeem: true, redeemedByMe: 0, obstacles: [] })
})

describe('eligibility names every obstacle', () => {
  const obstacles = async (token: string, giftId: string): Promise<string[]> => {
    const { eligibility } = success(await api.send('GET', `/api/member/gifts/${giftId}`, { token })).gift
    expect(eligibility.canRedeem).toBe(eligibility.obstacles.length === 0)
    return eligibility.obstacles.map(({ code }: Json) => code)
  }

  test('too few points, with how many are missing', async () => {
    const { token } = await api.make.member()
    const gift = await api.make.gift({ pricePoints: 155 })
    expect(await obstacles(token, gift.id)).toEqual(['points.insufficient'])
    const { eligibility } = success(await api.send('GET', `/api/member/gifts/${gift.id}`, { token })).gift
    expect(eligibility.obstacles[0]).toMatchObject({ message: '还差 55 积分', help: '再签到 7 天左右' })
  })

  test('sold out', async () => {
    const { token } = await api.make.member()
    expect(await obstacles(token, (await api.make.gift({ stock: 0 })).id)).toEqual(['gift.sold_out'])
  })

  test('the limit, and no more of it once the order is given up', async () => {
    const { order, member, gift } = await api.make.order({ gift: { perMemberLimit: 1 } })
    expect(await obstacles(member.token, gift.id)).toEqual(['gift.limit_reached'])
    success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: member.token }))
    expect(await obstacles(member.token, gift.id)).toEqual([])
  })

  test('before and after the sale', async () => {
    const { token } = await api.make.member()
    const early = await api.make.gift({ saleStartsAt: fromNow(dayMs) })
    const late = await api.make.gift({ saleEndsAt: fromNow(-dayMs) })
    expect(await obstacles(token, early.id)).toEqual(['gift.not_on_sale'])
    expect(await obstacles(token, late.id)).toEqual(['gift.not_on_sale'])
  })

  test('several at once', async () => {
    const { id, token } = await api.make.member()
    await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '刷分嫌疑' })
    const gift = await api.make.gift({ stock: 0, pricePoints: 500 })
    expect(await obstacles(token, gift.id)).toEqual([
      'member.blocked',
      'gift.sold_out',
      'points.insufficient',
    ])
  })
})
