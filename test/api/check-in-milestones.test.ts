import fc from 'fast-check'
import { CheckInModel } from '#bff/features/check-ins/check-in.model'
import { makeUp as makeUpBy } from '#bff/features/check-ins/commands/make-up'
import { EntitlementModel } from '#bff/features/entitlements/entitlement.model'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { GrowthAccountModel } from '#bff/features/tiers/growth-account.model'
import { sweepTiers } from '#bff/features/tiers/index'
import { addDays } from '#shared/domain/business-date'
import { milestones } from '#shared/domain/check-ins'
import type { Json } from '#test/support/client'
import { byCard, daysFrom, openDiary } from './check-ins.setting'
import { dayMs, startApi, success } from './setting'

const api = startApi()
let diary: ReturnType<typeof openDiary>
beforeAll(() => {
  diary = openDiary(api)
})

const defaults = {
  makeUpMonthLimit: 3,
  checkInWeekExtraPoints: 20,
  checkInMonthPoints: 0,
  checkInMonthCards: 1,
  checkInMonthTier: 'gold',
  checkInMonthTierDays: 30,
  checkInMonthEntitlement: '',
  checkInMonthEntitlementDays: 30,
}
afterEach(async () => {
  await diary.change(defaults)
})

const tierOf = async (token: string): Promise<Json> =>
  success(await api.send('GET', '/api/member/tier', { token }))
const messages = async (token: string): Promise<[string, string][]> => {
  await api.app.deliverOutbox()
  const { items } = success(await api.send('GET', '/api/member/inbox', { token }))
  return items.map(({ title, body }: Json) => [title, body])
}
const progress = async (token: string): Promise<number[]> =>
  (await diary.calendar(token)).progress.map(({ doneDays }: Json) => doneDays)

describe('day after day', () => {
  test('every 7th day brings 20, every 30th the month, each once, and the calendar foretold each', async () => {
    const { id, token } = await diary.memberWith([])
    const days = daysFrom(64, 0)
    const results = await diary.checkInAgo(id, ...days)
    const reachedOn = (milestone: number) =>
      results.flatMap(({ reached, streakDays }) =>
        reached.some((one) => one.days === milestone) ? [streakDays] : [],
      )
    expect(reachedOn(7)).toEqual([7, 14, 21, 28, 35, 42, 49, 56, 63])
    expect(reachedOn(30)).toEqual([30, 60])
    expect(results[29]?.reached).toEqual([{ days: 30, reward: '金卡 30 天、补签卡 1 张' }])
    expect(results.map(({ points }) => points)).toEqual(
      days.map((_, index) => ((index + 1) % 7 === 0 ? 25 : 5)),
    )
    const shown = await diary.calendar(token)
    expect(shown.makeUp.cards).toBe(2)
    expect(shown.nextBonus).toEqual({ businessDate: addDays(diary.today(), 5), points: 25, streakDays: 70 })
    expect(shown.progress).toEqual([
      { days: 7, doneDays: 2, businessDate: addDays(diary.today(), 5), reward: '20 积分' },
      { days: 30, doneDays: 5, businessDate: addDays(diary.today(), 25), reward: '金卡 30 天、补签卡 1 张' },
    ])
    const told = (await messages(token)).filter(([title]) => title === '连续签到 30 天')
    expect(told).toEqual(Array(2).fill(['连续签到 30 天', '金卡 30 天、补签卡 1 张给你，明天接着签']))
    await api.make.expectCleanLedger()
  })

  test('a repeat tells the milestone again and gives nothing', async () => {
    const { id, token } = await diary.memberWith(daysFrom(6, 1))
    const send = () => api.send('POST', '/api/member/check-ins', { token })
    const first = success(await send())
    expect(first).toMatchObject({ points: 25, reached: [{ days: 7, reward: '20 积分' }] })
    expect(success(await send())).toEqual({ ...first, alreadyCheckedIn: true })
    expect(await progress(token)).toEqual([0, 7])
    expect(await JournalEntryModel.countDocuments({ memberId: id, kind: 'earn' })).toBe(8)
  })

  test('the month brings what the settings say: points, cards, a tier, an entitlement', async () => {
    await diary.change({
      checkInMonthPoints: 88,
      checkInMonthCards: 2,
      checkInMonthTier: 'silver',
      checkInMonthTierDays: 10,
      checkInMonthEntitlement: '签到礼盒',
      checkInMonthEntitlementDays: 14,
    })
    const { id, token } = await diary.memberWith(daysFrom(29, 1))
    const reward = '88 积分、银卡 10 天、补签卡 2 张、“签到礼盒”兑换资格'
    expect((await diary.calendar(token)).progress[1]).toMatchObject({ doneDays: 29, reward })
    expect((await diary.calendar(token)).today.points).toBe(5 + 88)
    const [today] = await diary.checkInAgo(id, 0)
    expect(today).toMatchObject({ points: 93, reached: [{ days: 30, reward }] })
    expect((await diary.calendar(token)).makeUp.cards).toBe(2)
    const lent = { tier: 'silver', until: addDays(diary.today(), 10) }
    expect(await tierOf(token)).toMatchObject({ tier: 'silver', floor: null, lent })
    expect(await EntitlementModel.find({ memberId: id }).lean()).toMatchObject([
      { name: '签到礼盒', reason: '连续签到 30 天', expiresOn: addDays(diary.today(), 14), orderId: null },
    ])
  })

  test('without any reward nothing is promised, and no day waits for one that is set later', async () => {
    const nothing = { checkInMonthCards: 0, checkInMonthTier: 'regular', checkInWeekExtraPoints: 0 }
    await diary.change(nothing)
    const { id, token } = await diary.memberWith(daysFrom(31, 2))
    expect((await diary.calendar(token)).progress).toEqual([])
    expect((await tierOf(token)).tier).toBe('regular')
    await diary.change(defaults)
    const [yesterday] = await diary.checkInAgo(id, 1)
    expect(yesterday).toMatchObject({ points: 5, reached: [] })
    expect(await progress(token)).toEqual([3, 1])
  })

  test('a cap cuts the extra, and the words say what came', async () => {
    await diary.change({ dayCapPoints: 12 })
    const { id } = await diary.memberWith(daysFrom(6, 1))
    const [today] = await diary.checkInAgo(id, 0)
    await diary.change({ dayCapPoints: 0 })
    expect(today).toMatchObject({ points: 12, reached: [{ days: 7, reward: '7 积分' }] })
  })
})

describe('with make-ups', () => {
  const make = async (token: string, days: number) =>
    success(await diary.makeUp(token, diary.ago(days), { price: byCard }), 201)

  test('a make-up that joins two runs reaches the 7th day once; what is left goes on', async () => {
    const { id, token } = await diary.memberWith([10, 9, 8, 7, 6, 4, 3, 2, 1], { cards: 5 })
    const made = await make(token, 5)
    expect(made).toMatchObject({ points: 20, streakDays: 10, reached: [{ days: 7, reward: '20 积分' }] })
    const [entry] = success(await api.send('GET', '/api/member/points/entries', { token })).items
    expect(entry).toMatchObject({ change: 20, title: '连续签到 10 天' })
    const shown = await diary.calendar(token)
    expect(shown.progress[0]).toMatchObject({ doneDays: 3, businessDate: addDays(diary.today(), 3) })
    expect(shown.nextBonus).toMatchObject({ streakDays: 14, points: 25 })
    expect(await diary.checkInAgo(id, 0)).toMatchObject([{ points: 5, streakDays: 11 }])
  })

  test('days that were rewarded once are never rewarded again, however runs are joined', async () => {
    const { token } = await diary.memberWith([...daysFrom(17, 11), ...daysFrom(9, 3)], { cards: 5 })
    expect(await make(token, 10)).toMatchObject({ points: 0, reached: [] })
    expect(await make(token, 2)).toMatchObject({ points: 0, reached: [] })
    expect(await make(token, 1)).toMatchObject({ points: 0, streakDays: 17 })
    expect(await progress(token)).toEqual([2, 17])
    expect((await diary.calendar(token)).nextBonus).toMatchObject({ streakDays: 22 })
  })

  test('a make-up reaches the 30th day, with its card to spare', async () => {
    const { token } = await diary.memberWith([...daysFrom(29, 16), ...daysFrom(14, 0)], { cards: 1 })
    const made = await make(token, 15)
    expect(made).toMatchObject({ cards: 1, streakDays: 30 })
    expect(made.reached.map(({ days }: Json) => days)).toContain(30)
    expect((await tierOf(token)).tier).toBe('gold')
  })

  test('whatever is checked in and made up in whatever order: each day counts once, and all that is due is given', async () => {
    const run = fc.sample(
      fc.record({
        checked: fc.uniqueArray(fc.integer({ min: 1, max: 45 }), { minLength: 25, maxLength: 40 }),
        order: fc.shuffledSubarray(daysFrom(45, 1), { minLength: 20, maxLength: 45 }),
      }),
      { numRuns: 4, seed: 20_260_701 },
    )
    await diary.change({ makeUpMonthLimit: 31, makeUpDaysBack: 90 })
    for (const { checked, order } of run) {
      const { id } = await diary.memberWith(
        [...checked].sort((a, b) => b - a),
        { cards: 60 },
      )
      for (const days of order)
        await makeUpBy(api.app.app.services, {
          memberId: id,
          key: `key-${days}`,
          wanted: { businessDate: diary.ago(days), price: { with: 'card' } },
        }).catch((error: unknown) =>
          expect(error).toMatchObject({ code: expect.stringMatching(/^check_in/) }),
        )
      await expectEachDayCountsOnce(id, checked.length)
    }
    await api.make.expectCleanLedger()
  })

  async function expectEachDayCountsOnce(memberId: string, checkIns: number): Promise<void> {
    const days = await CheckInModel.find({ memberId }).sort({ businessDate: 1 }).lean()
    let streak = 0
    days.forEach((day, index) => {
      streak = days[index - 1]?.businessDate === addDays(day.businessDate, -1) ? streak + 1 : 1
      expect(day.streakDays).toBe(streak)
    })
    for (const milestone of milestones) {
      const reached = days.filter((day) => day.reached?.some((one) => one.days === milestone)).length
      const closed = days.filter(({ openFor = [] }) => !openFor.includes(milestone)).length
      expect(closed).toBe(reached * milestone)
      let open = 0
      days.forEach((day, index) => {
        const follows = days[index - 1]?.businessDate === addDays(day.businessDate, -1)
        open = day.openFor?.includes(milestone) ? (follows ? open : 0) + 1 : 0
        expect(open).toBeLessThan(milestone)
      })
    }
    const earned = await JournalEntryModel.find({ memberId, source: 'check-in' }).lean()
    const weeks = days.flatMap(({ reached = [] }) => reached).filter((one) => one.days === 7).length
    expect(earned.reduce((sum, { change }) => sum + change, 0)).toBe(checkIns * 5 + weeks * 20)
  }
})

describe('the tier that a month lends', () => {
  /** A month reached today. */
  const reachedToday = () => diary.memberWith(daysFrom(29, 0))
  const sweep = () => sweepTiers(api.app.app.services)
  /** A member's token after a long time. */
  const later = async (days: number, openid: string) => {
    await api.advance(days * dayMs)
    await sweep()
    return api.signIn(openid)
  }

  test('is there at once, ends by itself after its last day, and is told', async () => {
    const { token, openid } = await reachedToday()
    const until = addDays(diary.today(), 30)
    expect(await tierOf(token)).toMatchObject({
      tier: 'gold',
      lent: { tier: 'gold', until },
      keptUntil: null,
    })
    expect(await tierOf(await later(30, openid))).toMatchObject({ tier: 'gold' })
    const after = await later(1, openid)
    expect(await tierOf(after)).toMatchObject({ tier: 'regular', lent: null, floor: null, keptUntil: null })
    const told = (await messages(after)).map(([title]) => title)
    expect(told.filter((title) => title.startsWith('等级'))).toEqual(['等级有变化', '等级升了'])
  })

  test('leaves the floor of an admin as it is, below and above, before and after', async () => {
    const below = await reachedToday()
    await api.make.admin('PATCH', `/api/admin/members/${below.id}`, { tier: 'silver' })
    expect(await tierOf(below.token)).toMatchObject({
      tier: 'gold',
      floor: { tier: 'silver', until: null },
    })
    const above = await diary.memberWith(daysFrom(29, 1))
    const until = addDays(diary.today(), 5)
    await api.make.admin('PATCH', `/api/admin/members/${above.id}`, { tier: 'diamond', tierUntil: until })
    await diary.checkInAgo(above.id, 0)
    expect(await tierOf(above.token)).toMatchObject({ tier: 'diamond', floor: { tier: 'diamond', until } })
    expect(await tierOf(await later(6, above.openid))).toMatchObject({ tier: 'gold', floor: null })
    await later(25, above.openid)
    expect(await tierOf(await api.signIn(below.openid))).toMatchObject({
      tier: 'silver',
      floor: { tier: 'silver', until: null },
      lent: null,
    })
    expect(await tierOf(await api.signIn(above.openid))).toMatchObject({ tier: 'regular', lent: null })
  })

  test('goes on over a grace, which runs beneath it as it would have', async () => {
    const { id, openid } = await reachedToday()
    const from = diary.today()
    await GrowthAccountModel.updateOne(
      { _id: id },
      { $push: { days: { $each: [{ date: addDays(from, -360), value: 1_500 }], $position: 0 } } },
    )
    await api.make.admin('PATCH', `/api/admin/members/${id}`, { tier: 'regular' })
    // Five days on that growth is out of the year: silver is in danger, which nobody sees under the gold.
    const keptUntil = addDays(from, 5 + 30)
    expect(await tierOf(await later(5, openid))).toMatchObject({ tier: 'gold', keptUntil })
    expect(await tierOf(await later(26, openid))).toMatchObject({ tier: 'silver', lent: null, keptUntil })
    expect(await tierOf(await later(5, openid))).toMatchObject({ tier: 'regular', keptUntil: null })
  })

  test('is not cut short by a lower one that is lent later, and a second month makes it longer', async () => {
    const { id, token } = await diary.memberWith(daysFrom(59, 0))
    const until = addDays(diary.today(), 30)
    expect((await tierOf(token)).lent).toEqual({ tier: 'gold', until })
    const other = await diary.memberWith(daysFrom(59, 1))
    await diary.change({ checkInMonthTier: 'silver' })
    await diary.checkInAgo(other.id, 0)
    // Lent on the 30th day, which was 30 days ago: today is its last.
    expect((await tierOf(other.token)).lent).toEqual({ tier: 'gold', until: diary.today() })
    expect((await api.make.admin('GET', `/api/admin/members/${id}/tier`)).tier.lent.tier).toBe('gold')
  })
})
