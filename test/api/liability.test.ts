import { addDays, addYears, monthOf } from '#shared/domain/business-date'
import type { Json } from '#test/support/client'
import { inParallel, many, untilTyped } from '#test/support/crowd'
import { dayMs, startApi, success } from './setting'

const api = startApi()
const read = async (): Promise<Json> => api.make.admin('GET', '/api/admin/ledger/liability')
const adjust = (memberId: string, change: number, more: object = {}) =>
  api.make.admin('POST', `/api/admin/members/${memberId}/points-adjustments`, {
    change,
    reason: '测试所需',
    ...more,
  })
const today = async (token: string): Promise<string> =>
  success(await api.send('GET', '/api/member/check-ins', { token })).today.businessDate
const sum = (rows: Json[], column: string) => rows.reduce((total, row) => total + row[column], 0)

/** Whatever happened: the parts add up to the total, and the total to what the members have. */
async function readAddedUp(): Promise<Json> {
  const report = await read()
  for (const column of ['available', 'held', 'points']) {
    expect(sum(report.byMonth, column)).toBe(report.total[column])
    expect(sum(report.bySource, column)).toBe(report.total[column])
  }
  const members = (await api.make.admin('GET', '/api/admin/members?limit=100')).items
  const points = members.map((member: Json) => member.points)
  expect(report.total).toMatchObject({ available: sum(points, 'available'), held: sum(points, 'frozen') })
  expect(report.debtPoints).toBe(sum(points, 'debt'))
  return report
}

test('a programme without members owes nothing', async () => {
  const nothing = { available: 0, held: 0, points: 0, valueFen: 0 }
  expect(await read()).toEqual({
    asOf: expect.any(String),
    pointsPerYuan: 100,
    total: nothing,
    byMonth: [],
    bySource: [],
    debtPoints: 0,
    expiredUnposted: 0,
  })
})

test('what can be used and what is frozen, by the month of the lots and by source', async () => {
  const { id, token } = await api.make.member()
  await adjust(id, 333)
  success(await api.send('POST', '/api/member/check-ins', { token }))
  const gift = await api.make.gift({ pricePoints: 120 })
  // The 100 of registration end first, so they are frozen with 20 of the adjustment or the check-in.
  const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  const report = await readAddedUp()
  expect(report.total).toEqual({ available: 318, held: 120, points: 438, valueFen: 438 })
  const bySource = Object.fromEntries(report.bySource.map(({ source, ...owed }: Json) => [source, owed]))
  expect(Object.keys(bySource)).toEqual(['adjustment', 'check-in', 'registration'])
  expect(bySource.registration).toEqual({ available: 0, held: 100, points: 100, valueFen: 100 })
  const date = await today(token)
  expect(report.byMonth.map(({ month, points }: Json) => [month, points])).toEqual([
    [monthOf(addDays(date, 30)), 100],
    [monthOf(addYears(date, 1)), 338],
  ])
  success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))
  expect((await readAddedUp()).total).toMatchObject({ available: 438, held: 0 })
})

test('a debt is told beside the total and not taken off it', async () => {
  const before = await readAddedUp()
  const { id, token } = await api.make.member()
  const entries = success(await api.send('GET', '/api/member/points/entries', { token })).items
  const gift = await api.make.gift({ pricePoints: 40 })
  success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  await adjust(id, -100, { reversesEntryId: entries[0].id })
  const after = await readAddedUp()
  expect(after.debtPoints - before.debtPoints).toBe(40)
  expect(after.total.points - before.total.points).toBe(40)
})

test('the value is rounded down, in total and in each part', async () => {
  await api.make.admin('PATCH', '/api/admin/settings', { pointsPerYuan: 300 })
  const report = await readAddedUp()
  expect(report.pointsPerYuan).toBe(300)
  for (const { points, valueFen } of [report.total, ...report.byMonth, ...report.bySource])
    expect(valueFen).toBe(Math.floor(points / 3))
})

test('orders placed and cancelled meanwhile move nothing: each report is of one moment', async () => {
  const buyers = await many(3, async () => ({
    ...(await api.make.member()),
    giftId: (await api.make.gift({ pricePoints: 60 })).id,
  }))
  const { total } = await readAddedUp()
  let isDone = false
  const buying = inParallel(buyers, 3, async ({ token, giftId }) => {
    for (let round = 0; round < 6; round += 1) {
      const key = `${giftId}-${round}`
      const placed = await untilTyped(() => api.place(token, [{ giftId, quantity: 1 }], { key }))
      const path = `/api/member/orders/${success(placed, 201).order.id}/cancel`
      success(await untilTyped(() => api.send('POST', path, { token })))
    }
  }).finally(() => {
    isDone = true
  })
  const seen: number[] = []
  const helds = new Set<number>()
  while (!isDone) {
    const report = await read()
    seen.push(report.total.points)
    helds.add(report.total.held)
  }
  await buying
  expect(new Set(seen)).toEqual(new Set([total.points]))
  // Proof that the reports saw the orders come and go.
  expect(helds.size).toBeGreaterThan(1)
  await readAddedUp()
})

test('what is past its date is left out before its expiry is posted; what is frozen stays in', async () => {
  const frozen = await api.make.member()
  await api.make.member()
  const gift = await api.make.gift({ pricePoints: 70, pickUpValidDays: 365 })
  success(await api.place(frozen.token, [{ giftId: gift.id, quantity: 1 }]), 201)
  const before = await readAddedUp()
  const registration = before.bySource.find(({ source }: Json) => source === 'registration')
  await api.advance(31 * dayMs)
  const after = await readAddedUp()
  expect(after.expiredUnposted).toBe(registration.available)
  expect(after.total.available).toBe(before.total.available - registration.available)
  expect(after.total.held).toBe(before.total.held)
  expect(registration.available).toBeGreaterThanOrEqual(130)
})
