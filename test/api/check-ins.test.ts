import { checkIn } from '#bff/features/check-ins/commands/check-in'
import { addDays } from '#shared/domain/business-date'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const checkInOver = async (token: string) =>
  success(await api.send('POST', '/api/member/check-ins', { token }))
const calendar = async (token: string, query = '') =>
  success(await api.send('GET', `/api/member/check-ins${query}`, { token }))

test('a check-in earns 5 points; a repeat tells the same and posts nothing', async () => {
  const { token } = await api.make.member()
  const first = await checkInOver(token)
  const second = await checkInOver(token)
  expect(first).toMatchObject({ points: 5, streakDays: 1, alreadyCheckedIn: false, balance: 105 })
  expect(second).toEqual({ ...first, alreadyCheckedIn: true })
  const { items } = success(await api.send('GET', '/api/member/points/entries', { token }))
  expect(items.map(({ title, change }: { title: string; change: number }) => [title, change])).toEqual([
    ['每日签到', 5],
    ['新会员礼', 100],
  ])
})

test('each 7th day running adds 20, a skipped day starts again at one', async () => {
  const { token } = await api.make.member()
  const earned: [number, number][] = []
  for (let day = 1; day <= 8; day += 1) {
    const { streakDays, points } = await checkInOver(token)
    earned.push([streakDays, points])
    await api.advance(dayMs)
  }
  expect(earned.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6].map((day) => [day, 5]))
  expect(earned.slice(6)).toEqual([
    [7, 25],
    [8, 5],
  ])
  await api.advance(dayMs)
  expect(await checkInOver(token)).toMatchObject({ streakDays: 1, points: 5, alreadyCheckedIn: false })
  expect(await api.available(token)).toBe(100 + 8 * 5 + 20 + 5)
  await api.make.expectCleanLedger()
})

test('the calendar shows today before and after, tomorrow, the week and the month', async () => {
  const { token } = await api.make.member()
  const before = await calendar(token)
  const { businessDate: today } = before.today
  expect(before.today).toEqual({ businessDate: today, isCheckedIn: false, points: 5, streakDays: 0 })
  expect(before.tomorrow).toEqual({ businessDate: addDays(today, 1), points: 5, streakDays: 2 })
  expect(before.days).toEqual([])
  expect(before.nextBonus).toEqual({ businessDate: addDays(today, 6), points: 25, streakDays: 7 })
  expect(before.month).toBe(today.slice(0, 7))
  await checkInOver(token)
  const after = await calendar(token)
  expect(after.today).toEqual({ businessDate: today, isCheckedIn: true, points: 5, streakDays: 1 })
  expect(after.days).toEqual([{ businessDate: today, points: 5, streakDays: 1 }])
  expect(after.nextBonus).toEqual(before.nextBonus)
  const states = after.week.map(({ state }: { state: string }) => state)
  expect(states.filter((state: string) => state === 'checked')).toEqual(['checked'])
  expect(new Set(states)).not.toContain('today')
  expect((await calendar(token, '?month=2020-02')).days).toEqual([])
})

test.each(['2026-13', '2026-1', '2026', 'now', ''])('the month %j is refused', async (month) => {
  const { token } = await api.make.member()
  const answer = await api.send('GET', `/api/member/check-ins?month=${month}`, { token })
  expect(refusal(answer, 400, 'request.invalid').details.issues[0].path).toBe('query.month')
})

test('the business day ends at midnight in Shanghai, not at midnight of the server', async () => {
  const { id, token } = await api.make.member()
  const at = (instant: string) =>
    checkIn({ ...api.app.app.services, clock: { now: () => new Date(instant) } }, id)
  // 23:59:59.999 on 30 June 2027 in Shanghai is 15:59:59.999 in UTC.
  expect(await at('2027-06-30T15:59:59.999Z')).toMatchObject({ businessDate: '2027-06-30', streakDays: 1 })
  expect(await at('2027-06-30T16:00:00.000Z')).toMatchObject({
    businessDate: '2027-07-01',
    streakDays: 2,
    alreadyCheckedIn: false,
  })
  expect(await at('2027-07-01T15:59:59.999Z')).toMatchObject({
    businessDate: '2027-07-01',
    alreadyCheckedIn: true,
  })
  const days = [
    ...(await calendar(token, '?month=2027-06')).days,
    ...(await calendar(token, '?month=2027-07')).days,
  ]
  expect(days.map(({ businessDate }) => businessDate)).toEqual(['2027-06-30', '2027-07-01'])
})

test('a blocked member does not check in', async () => {
  const { id, token } = await api.make.member()
  await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '刷分嫌疑' })
  refusal(await api.send('POST', '/api/member/check-ins', { token }), 409, 'member.blocked')
  expect((await calendar(token)).days).toEqual([])
})

test('the next bonus is today while it waits, and a week on once it is had', async () => {
  const { id, token } = await api.make.member()
  const { calendar: business, clock } = api.app.app.services
  const today = business.dateOf(clock.now())
  for (let daysAgo = 6; daysAgo >= 1; daysAgo -= 1) {
    const noon = new Date(business.startOf(addDays(today, -daysAgo)).getTime() + 12 * 3_600_000)
    await checkIn({ ...api.app.app.services, clock: { now: () => noon }, calendar: business }, id)
  }
  expect((await calendar(token)).nextBonus).toEqual({ businessDate: today, points: 25, streakDays: 7 })
  await checkInOver(token)
  const next = { businessDate: addDays(today, 7), points: 25, streakDays: 14 }
  expect((await calendar(token)).nextBonus).toEqual(next)
})

test('without an extra there is no bonus to come', async () => {
  const { token } = await api.make.member()
  await api.make.admin('PATCH', '/api/admin/settings', { checkInWeekExtraPoints: 0 })
  expect((await calendar(token)).nextBonus).toBeNull()
  await api.make.admin('PATCH', '/api/admin/settings', { checkInWeekExtraPoints: 20 })
})
