import { randomUUID } from 'node:crypto'
import { checkIn } from '#bff/features/check-ins/commands/check-in'
import { makeUp as makeUpBy } from '#bff/features/check-ins/commands/make-up'
import { MemberModel } from '#bff/features/members/member.model'
import { byCard, byPoints, daysFrom, openDiary } from './check-ins.setting'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
let diary: ReturnType<typeof openDiary>
beforeAll(() => {
  diary = openDiary(api)
})

const defaults = { makeUpPricePoints: 30, makeUpMonthLimit: 3, makeUpDaysBack: 30 }
const entries = async (token: string) =>
  success(await api.send('GET', '/api/member/points/entries', { token })).items

afterEach(async () => {
  await diary.change(defaults)
})

test('a day made up for points joins the streak of the days around it, and earns no daily points', async () => {
  const { ago, makeUp } = diary
  const { id, token } = await diary.memberWith([6, 5, 3, 2, 1])
  const growth = (await api.make.admin('GET', `/api/admin/members/${id}/tier`)).tier.growth
  const before = await diary.calendar(token)
  expect(before.today.streakDays).toBe(3)
  expect(before.makeUp).toMatchObject({ price: byPoints, left: 3, monthLimit: 3, daysBack: 30, cards: 0 })
  const answer = success(await makeUp(token, ago(4)), 201)
  expect(answer).toEqual({
    businessDate: ago(4),
    paid: byPoints,
    points: 0,
    streakDays: 6,
    reached: [],
    balance: 100 + 25 - 30,
    cards: 0,
    left: 2,
  })
  expect(await diary.streaks(id)).toEqual(daysFrom(6, 1).map((days) => [ago(days), 7 - days]))
  const [entry] = await entries(token)
  const [, month, day] = ago(4).split('-').map(Number)
  expect(entry).toMatchObject({ kind: 'spend', change: -30, title: `补签 ${month}月${day}日`, orderId: null })
  expect((await api.make.admin('GET', `/api/admin/members/${id}/tier`)).tier.growth).toBe(growth)
  const after = await diary.calendar(token)
  expect(after.today).toMatchObject({ streakDays: 6, points: 25 })
  expect(after.makeUp.left).toBe(2)
  await api.make.expectCleanLedger()
})

test('a card goes first, and who was shown points is not charged otherwise', async () => {
  const { id, token } = await diary.memberWith([3], { cards: 1 })
  expect((await diary.calendar(token)).makeUp).toMatchObject({ price: byCard, cards: 1 })
  const refused = await diary.makeUp(token, diary.ago(2))
  expect(refusal(refused, 409, 'check_in.make_up_price_changed').details).toEqual({ price: byCard })
  const paid = success(await diary.makeUp(token, diary.ago(2), { price: byCard }), 201)
  expect(paid).toMatchObject({ paid: byCard, cards: 0, left: 2, balance: 105, streakDays: 0 })
  expect((await diary.calendar(token)).makeUp.price).toEqual(byPoints)
  refusal(await diary.makeUp(token, diary.ago(1), { price: byCard }), 409, 'check_in.make_up_price_changed')
  expect(await diary.streaks(id)).toHaveLength(2)
})

test('another price than the one shown is a refusal that costs nothing', async () => {
  const { token } = await diary.memberWith([])
  await diary.change({ makeUpPricePoints: 40 })
  const error = refusal(await diary.makeUp(token, diary.ago(1)), 409, 'check_in.make_up_price_changed')
  expect(error.details).toEqual({ price: { with: 'points', points: 40 } })
  expect(await api.available(token)).toBe(100)
  success(await diary.makeUp(token, diary.ago(1), { price: { with: 'points', points: 40 } }), 201)
  expect(await api.available(token)).toBe(60)
})

test('what cannot be made up is refused by name, and the calendar offers none of it', async () => {
  const { ago, makeUp } = diary
  const { id, token } = await diary.memberWith([2], { points: 1_000 })
  refusal(await makeUp(token, ago(0)), 409, 'check_in.make_up_not_past')
  refusal(await makeUp(token, ago(-1)), 409, 'check_in.make_up_not_past')
  refusal(await makeUp(token, ago(31)), 409, 'check_in.make_up_too_old')
  refusal(await makeUp(token, '2020-02-29'), 409, 'check_in.make_up_before_joining')
  refusal(await makeUp(token, ago(2)), 409, 'check_in.already_checked_in')
  const joinedAt = new Date(api.app.app.services.clock.now().getTime() - 3 * dayMs)
  await MemberModel.updateOne({ _id: id }, { joinedAt })
  refusal(await makeUp(token, ago(4)), 409, 'check_in.make_up_before_joining')
  const months = new Set([ago(3), ago(0)].map((date) => date.slice(0, 7)))
  const offered: string[] = []
  for (const month of months) offered.push(...(await diary.calendar(token, `?month=${month}`)).makeUp.dates)
  expect(offered).toEqual([ago(3), ago(1)])
  success(await makeUp(token, ago(3)), 201)
  await diary.change({ makeUpMonthLimit: 0 })
  refusal(await makeUp(token, ago(1)), 409, 'check_in.make_up_off')
  expect((await diary.calendar(token)).makeUp).toMatchObject({ left: 0, dates: [], monthLimit: 0 })
  await diary.change({ makeUpMonthLimit: 3, makeUpDaysBack: 0 })
  refusal(await makeUp(token, ago(1)), 409, 'check_in.make_up_off')
  expect((await diary.calendar(token)).makeUp).toMatchObject({ left: 0, dates: [] })
})

test.each(['2026-02-30', '2026-1-1', 'yesterday', null])('the date %j is refused', async (date) => {
  const { token } = await api.make.member()
  refusal(await diary.makeUp(token, date as string), 400, 'request.invalid')
})

test('without the points, in debt or blocked nothing is made up', async () => {
  const poor = await diary.memberWith([], { points: 29 })
  const error = refusal(await diary.makeUp(poor.token, diary.ago(1)), 409, 'points.insufficient')
  expect(error.message).toBe('还差 1 积分')
  const indebted = await diary.memberWith([])
  const [gifted] = await entries(indebted.token)
  const gift = await api.make.gift({ pricePoints: 40 })
  success(await api.place(indebted.token, [{ giftId: gift.id, quantity: 1 }]), 201)
  await api.make.admin('POST', `/api/admin/members/${indebted.id}/points-adjustments`, {
    change: -100,
    reversesEntryId: gifted.id,
    reason: '误发收回',
  })
  refusal(await diary.makeUp(indebted.token, diary.ago(1)), 409, 'points.in_debt')
  const blocked = await diary.memberWith([], { cards: 1 })
  await api.make.admin('POST', `/api/admin/members/${blocked.id}/block`, { reason: '刷分嫌疑' })
  refusal(await diary.makeUp(blocked.token, diary.ago(1), { price: byCard }), 409, 'member.blocked')
  expect([...(await diary.streaks(poor.id)), ...(await diary.streaks(blocked.id))]).toEqual([])
})

test('a key makes up once: the repeat gets the same answer, another day under it is refused', async () => {
  const { token } = await diary.memberWith([])
  const key = randomUUID()
  const first = success(await diary.makeUp(token, diary.ago(1), { key }), 201)
  expect(success(await diary.makeUp(token, diary.ago(1), { key }), 201)).toEqual(first)
  refusal(await diary.makeUp(token, diary.ago(2), { key }), 422, 'idempotency.key_reused')
  const bare = { token, body: { businessDate: diary.ago(2), price: byPoints }, key: '' }
  refusal(await api.send('POST', '/api/member/check-ins/make-ups', bare), 400, 'idempotency.key_required')
  expect(await api.available(token)).toBe(70)
})

describe('calendar time', () => {
  const at = (instant: string) => ({ ...api.app.app.services, clock: { now: () => new Date(instant) } })
  const makeUpAt = (instant: string, memberId: string, businessDate: string) =>
    makeUpBy(at(instant), {
      memberId,
      key: randomUUID(),
      wanted: { businessDate, price: { with: 'card' } },
    })
  const joined = async () => {
    // Points of today are gone by then.
    const member = await diary.memberWith([], { cards: 9 })
    await MemberModel.updateOne({ _id: member.id }, { joinedAt: new Date('2026-01-01T00:00:00Z') })
    return member
  }

  test('the leap day joins February and March, in Shanghai', async () => {
    const { id, token } = await joined()
    await checkIn(at('2028-02-28T04:00:00Z'), id)
    await checkIn(at('2028-03-01T04:00:00Z'), id)
    const answer = await makeUpAt('2028-03-01T04:00:00Z', id, '2028-02-29')
    expect(answer).toMatchObject({ streakDays: 3, left: 2 })
    expect(await diary.streaks(id)).toEqual([
      ['2028-02-28', 1],
      ['2028-02-29', 2],
      ['2028-03-01', 3],
    ])
    expect((await diary.calendar(token, '?month=2028-02')).madeUpDates).toEqual(['2028-02-29'])
  })

  test('yesterday can be made up one millisecond after midnight, not one before', async () => {
    const { id } = await joined()
    await expect(makeUpAt('2027-06-30T15:59:59.999Z', id, '2027-06-30')).rejects.toMatchObject({
      code: 'check_in.make_up_not_past',
    })
    expect(await makeUpAt('2027-06-30T16:00:00.000Z', id, '2027-06-30')).toMatchObject({ streakDays: 1 })
  })

  test('the month in which a make-up is made counts, not that of the day', async () => {
    const { id } = await joined()
    for (const day of ['28', '29', '30']) await makeUpAt('2027-06-30T16:00:00.000Z', id, `2027-06-${day}`)
    await expect(makeUpAt('2027-07-31T15:59:59.999Z', id, '2027-07-30')).rejects.toMatchObject({
      code: 'check_in.make_up_limit',
    })
    expect(await makeUpAt('2027-07-31T16:00:00.000Z', id, '2027-07-30')).toMatchObject({ left: 2 })
  })

  test('so many days back is the last that can be made up', async () => {
    const { id } = await joined()
    await expect(makeUpAt('2028-03-30T04:00:00Z', id, '2028-02-28')).rejects.toMatchObject({
      code: 'check_in.make_up_too_old',
    })
    expect(await makeUpAt('2028-03-30T04:00:00Z', id, '2028-02-29')).toMatchObject({ left: 2 })
  })
})
