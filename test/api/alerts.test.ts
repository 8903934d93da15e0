import { watchStock } from '#bff/features/gifts/index'
import type { Json } from '#test/support/client'
import { many } from '#test/support/crowd'
import { refusal, startApi, success } from './setting'

const api = startApi()
const watch = (batchSize?: number) => watchStock(api.app.app.services, batchSize)
/** One round over all gifts, however many there are. */
const round = () => watch(10_000)
const list = async (query: string): Promise<Json[]> =>
  (await api.make.admin('GET', `/api/admin/alerts?limit=100&${query}`)).items
const alertsOf = async (giftId: string): Promise<Json[]> =>
  (await list('kind=stock.low')).filter(({ subjectId }) => subjectId === giftId)
const restock = (giftId: string, change: number, skuId?: string) =>
  api.make.admin('POST', `/api/admin/gifts/${giftId}/stock-changes`, { change, reason: '补货', skuId })
const read = async (giftId: string): Promise<Json> =>
  (await api.make.admin('GET', `/api/admin/gifts/${giftId}`)).gift
const update = (giftId: string, body: object) => api.make.admin('PATCH', `/api/admin/gifts/${giftId}`, body)

test('a gift is low at its threshold: one alert while it is, closed when stock is back, another the next time', async () => {
  const gift = await api.make.gift({ stock: 4, lowStockAt: 3 })
  await round()
  expect(await alertsOf(gift.id)).toEqual([])
  await restock(gift.id, -1)
  await round()
  await round()
  const [alert, ...others] = await alertsOf(gift.id)
  expect(others).toEqual([])
  expect(alert).toMatchObject({
    kind: 'stock.low',
    isOpen: true,
    closedAt: null,
    message: '「手作陶杯」只剩 3 件',
    details: { giftName: '手作陶杯', lowStockAt: 3, pools: [{ skuId: null, skuName: null, left: 3 }] },
  })
  await restock(gift.id, -3)
  await round()
  expect(await alertsOf(gift.id)).toMatchObject([{ id: alert.id, message: '「手作陶杯」已换完' }])
  await restock(gift.id, 9)
  await round()
  expect(await alertsOf(gift.id)).toMatchObject([
    { id: alert.id, isOpen: false, closedAt: expect.any(String) },
  ])
  await restock(gift.id, -9)
  await round()
  const again = await alertsOf(gift.id)
  expect(again.map(({ isOpen }) => isOpen)).toEqual([true, false])
})

test('the threshold is 5 unless given, 0 asks for no alert, and a change of it counts', async () => {
  const [usual, silent] = [
    await api.make.gift({ stock: 5 }),
    await api.make.gift({ stock: 1, lowStockAt: 0 }),
  ]
  expect((await read(usual.id)).lowStockAt).toBe(5)
  await round()
  expect(await alertsOf(usual.id)).toHaveLength(1)
  expect(await alertsOf(silent.id)).toEqual([])
  await update(usual.id, { lowStockAt: 4 })
  await round()
  expect(await alertsOf(usual.id)).toMatchObject([{ isOpen: false }])
})

test('one SKU that runs out is enough, and is named', async () => {
  const skus = [
    { name: '红', stock: 2 },
    { name: '蓝', stock: 50 },
    { name: '白', stock: 0 },
  ]
  const gift = await api.make.gift({ skus })
  await round()
  expect(await alertsOf(gift.id)).toMatchObject([{ message: '「手作陶杯」红只剩 2 件、白已换完' }])
})

test('of a gift that is not on sale nobody waits for more', async () => {
  const gift = await api.make.gift({ stock: 1 })
  await round()
  await update(gift.id, { onSale: false })
  await round()
  expect(await alertsOf(gift.id)).toMatchObject([{ isOpen: false }])
})

test('20 sweeps at once open one alert', async () => {
  const gift = await api.make.gift({ stock: 1 })
  const opened = await many(20, () => round())
  expect(opened.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect(await alertsOf(gift.id)).toHaveLength(1)
})

test('the round goes on where the last run stopped, and begins again', async () => {
  const gifts = [await api.make.gift({ stock: 1 }), await api.make.gift({ stock: 1 })]
  await round()
  for (const { id } of gifts) await restock(id, 50)
  const isClosed = async () => (await Promise.all(gifts.map(({ id }) => alertsOf(id)))).flat()
  let runs = 0
  while ((await isClosed()).some(({ isOpen }) => isOpen)) {
    await watch(1)
    runs += 1
    expect(runs).toBeLessThan(100)
  }
  expect(runs).toBeGreaterThan(1)
})

test('a sale pauses by itself when all pools are empty, and only then; an admin puts it back', async () => {
  const skus = [
    { name: '红', stock: 1 },
    { name: '蓝', stock: 0 },
  ]
  const gift = await api.make.gift({ skus, pausesAtZero: true })
  const plain = await api.make.gift({ stock: 0 })
  const red = gift.skus[0]?.id
  await round()
  expect(await read(gift.id)).toMatchObject({ onSale: true, pausedAt: null })
  await restock(gift.id, -1, red)
  await round()
  await round()
  expect(await read(gift.id)).toMatchObject({ onSale: false, pausedAt: expect.any(String) })
  expect(await read(plain.id)).toMatchObject({ onSale: true, pausedAt: null })
  expect(await alertsOf(gift.id)).toMatchObject([
    { isOpen: true, message: '「手作陶杯」红已换完、蓝已换完，已自动暂停兑换', details: { isPaused: true } },
  ])
  refusal(await api.send('GET', `/api/member/gifts/${gift.id}`), 404, 'resource.not_found')
  const { token } = await api.make.member()
  const placed = await api.place(token, [{ giftId: gift.id, skuId: red, quantity: 1 }])
  refusal(placed, 409, 'gift.not_on_sale')
  await restock(gift.id, 50, red)
  await restock(gift.id, 50, gift.skus[1]?.id)
  await round()
  expect((await read(gift.id)).onSale).toBe(false)
  expect(await alertsOf(gift.id)).toMatchObject([{ isOpen: false }])
  await update(gift.id, { onSale: true })
  await round()
  expect(await read(gift.id)).toMatchObject({ onSale: true, pausedAt: null })
})

test('who refills a pool and sees the sale on finds it on afterwards, whatever sweep ran meanwhile', async () => {
  let seenOn = 0
  for (let turn = 0; turn < 15; turn += 1) {
    const gift = await api.make.gift({ stock: 0, pausesAtZero: true, lowStockAt: 0 })
    const [{ gift: seen }] = await Promise.all([restock(gift.id, 5), round(), round()])
    if (seen.onSale) seenOn += 1
    if (seen.onSale) expect(await read(gift.id)).toMatchObject({ onSale: true, stock: 5 })
  }
  expect(seenOn).toBeGreaterThan(0)
})

test('alerts page by cursor, by state and by kind, for operators, finance and support only', async () => {
  for (let index = 0; index < 3; index += 1) await api.make.gift({ stock: 0 })
  await round()
  const open = await list('state=open')
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Json = await api.make.admin(
      'GET',
      `/api/admin/alerts?state=open&limit=2${cursor && `&cursor=${cursor}`}`,
    )
    expect(page.items.length).toBeLessThanOrEqual(2)
    seen.push(...page.items.map(({ id }: Json) => id))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(open.map(({ id }) => id))
  expect([...seen].sort().reverse()).toEqual(seen)
  expect((await list('state=closed')).every(({ isOpen }) => !isOpen)).toBe(true)
  expect(await list('kind=ledger.difference')).toEqual([])
  const ask = (token: string, query = '') => api.send('GET', `/api/admin/alerts${query}`, { token })
  for (const role of ['operator', 'finance', 'support'] as const)
    success(await ask((await api.make.colleague(role)).token))
  for (const role of ['reviewer', 'partner'] as const)
    refusal(await ask((await api.make.colleague(role)).token), 403, 'auth.forbidden')
  refusal(await api.send('GET', '/api/admin/alerts'), 401, 'auth.unauthenticated')
  const owner = await api.make.adminToken()
  for (const query of ['?state=all', '?kind=other', '?limit=101', '?cursor=x'])
    refusal(await ask(owner, query), 400, 'request.invalid')
})

test.each([{ lowStockAt: -1 }, { lowStockAt: 1.5 }, { lowStockAt: 10_000_001 }, { pausesAtZero: 'yes' }])(
  'a gift with %j is refused',
  async (wrong) => {
    const { id } = await api.make.gift()
    const token = await api.make.adminToken()
    const answer = await api.send('PATCH', `/api/admin/gifts/${id}`, { token, body: wrong })
    refusal(answer, 400, 'request.invalid')
  },
)
