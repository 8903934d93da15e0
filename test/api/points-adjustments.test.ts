import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const adjust = async (memberId: string, body: object, key?: string | null) =>
  api.send('POST', `/api/admin/members/${memberId}/points-adjustments`, {
    token: await api.make.adminToken(),
    body,
    ...(key === undefined ? {} : { key }),
  })

test('points are added and taken with a reason the member sees', async () => {
  const { id, token } = await api.make.member()
  const added = success(await adjust(id, { change: 250, reason: '活动补发' }), 201)
  expect(added).toMatchObject({ adjustment: { change: 250, state: 'posted' }, points: { available: 350 } })
  success(await adjust(id, { change: -350, reason: '误发收回' }), 201)
  expect(await api.available(token)).toBe(0)
  const { items } = success(await api.send('GET', '/api/member/points/entries', { token }))
  expect(items[0]).toMatchObject({ kind: 'adjust', change: -350, availableAfter: 0, detail: '误发收回' })
  await api.make.expectCleanLedger()
})

test('one admin adjusts at most 10,000 points at a time; more waits for another, and nothing is posted', async () => {
  const { id, token } = await api.make.member()
  success(await adjust(id, { change: 10_000, reason: '上限之内' }), 201)
  for (const change of [10_001, -10_001]) {
    const { adjustment, points } = success(await adjust(id, { change, reason: '超过上限' }), 201)
    expect(adjustment).toMatchObject({ change, state: 'pending', decidedBy: null, debtChange: null })
    expect(points.available).toBe(10_100)
  }
  expect(await api.available(token)).toBe(10_100)
})

test('a blocked member can be adjusted', async () => {
  const { id, token } = await api.make.member()
  await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '刷分嫌疑' })
  success(await adjust(id, { change: -30, reason: '扣回刷分' }), 201)
  expect(await api.available(token)).toBe(70)
})

describe('the list', () => {
  const list = async (query: string) => api.make.admin('GET', `/api/admin/points-adjustments?${query}`)
  const changes = (page: Json) => page.items.map(({ change }: Json) => change)

  test('has every adjustment of a member, small and waiting ones, newest first, page by page', async () => {
    const { id } = await api.make.member()
    for (const change of [1, 2, 20_000, 3]) success(await adjust(id, { change, reason: '按顺序来' }), 201)
    const first = await list(`memberId=${id}&limit=3`)
    expect(changes(first)).toEqual([3, 20_000, 2])
    const second = await list(`memberId=${id}&limit=3&cursor=${first.nextCursor}`)
    expect([changes(second), second.nextCursor]).toEqual([[1], null])
    expect(changes(await list(`memberId=${id}&state=pending`))).toEqual([20_000])
    expect(changes(await list(`memberId=${id}&state=rejected`))).toEqual([])
    expect((await list(`memberId=${id}&state=posted`)).items[0]).toEqual({
      id: expect.any(String),
      memberId: id,
      change: 3,
      reason: '按顺序来',
      reversesEntryId: null,
      state: 'posted',
      requestedBy: { id: expect.any(String), name: '所有者' },
      requestedAt: expect.any(String),
      decidedBy: null,
      decidedAt: null,
      rejectReason: null,
      debtChange: 0,
    })
  })

  test('what was refused is not in it', async () => {
    const { id } = await api.make.member()
    refusal(await adjust(id, { change: -101, reason: '扣太多了' }), 409, 'points.insufficient')
    expect((await list(`memberId=${id}`)).items).toEqual([])
  })
})

test('more than is available is not taken, and nothing changes', async () => {
  const { id, token } = await api.make.member()
  const { details } = refusal(
    await adjust(id, { change: -101, reason: '扣太多了' }),
    409,
    'points.insufficient',
  )
  expect(details).toEqual({ required: 101, available: 100 })
  expect(await api.available(token)).toBe(100)
})

test('frozen points are not taken', async () => {
  const { member } = await api.make.order({ gift: { pricePoints: 80 }, points: 100 })
  refusal(await adjust(member.id, { change: -21, reason: '冻结着的' }), 409, 'points.insufficient')
  success(await adjust(member.id, { change: -20, reason: '只扣可用' }), 201)
})

test.each([
  { change: 0, reason: '什么也不变' },
  { change: 1.5, reason: '不是整数' },
  { change: '5', reason: '不是数字' },
  { change: 1e12, reason: '太大了吧' },
  { change: 5, reason: '短' },
  { change: 5, reason: '    ' },
  { change: 5, reason: '长'.repeat(201) },
  { change: 5 },
])('%j is refused', async (body) => {
  const { id } = await api.make.member()
  refusal(await adjust(id, body), 400, 'request.invalid')
})

test('an unknown member is not found', async () => {
  refusal(await adjust('nobody', { change: 5, reason: '查无此人' }), 404, 'resource.not_found')
})

test('without a key nothing is adjusted; a key with spaces is refused', async () => {
  const { id, token } = await api.make.member()
  const body = { change: 5, reason: '没有标识' }
  refusal(await adjust(id, body, null), 400, 'idempotency.key_required')
  refusal(await adjust(id, body, 'a b'), 400, 'request.invalid')
  refusal(await adjust(id, body, 'k'.repeat(101)), 400, 'request.invalid')
  expect(await api.available(token)).toBe(100)
})

test('the same key and input give the first answer and one effect', async () => {
  const { id, token } = await api.make.member()
  const key = randomUUID()
  const body = { change: 5, reason: '只加一次' }
  const first = success(await adjust(id, body, key), 201)
  success(await adjust(id, { change: 7, reason: '另外一次' }), 201)
  expect(success(await adjust(id, { reason: '只加一次', change: 5 }, key), 201)).toEqual(first)
  expect(await api.available(token)).toBe(112)
})

test('a key used for other input is refused, also for another member', async () => {
  const { id, token } = await api.make.member()
  const other = await api.make.member()
  const key = randomUUID()
  success(await adjust(id, { change: 5, reason: '第一次用' }, key), 201)
  refusal(await adjust(id, { change: 6, reason: '第一次用' }, key), 422, 'idempotency.key_reused')
  refusal(await adjust(other.id, { change: 5, reason: '第一次用' }, key), 422, 'idempotency.key_reused')
  expect(await api.available(token)).toBe(105)
  expect(await api.available(other.token)).toBe(100)
})

test('a refusal uses no key up: the same request may succeed later', async () => {
  const { id } = await api.make.member()
  const key = randomUUID()
  const body = { change: -150, reason: '先不够后够' }
  refusal(await adjust(id, body, key), 409, 'points.insufficient')
  success(await adjust(id, { change: 50, reason: '补足差额' }), 201)
  success(await adjust(id, body, key), 201)
})
