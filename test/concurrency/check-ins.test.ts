import { randomUUID } from 'node:crypto'
import { CheckInModel } from '#bff/features/check-ins/check-in.model'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { byCard, daysFrom, openDiary } from '#test/api/check-ins.setting'
import { startApi } from '#test/api/setting'
import { tally, untilTyped } from '#test/support/crowd'

const rounds = 4
const crowd = 20

describe.each(['on', 'off'])('with Redis locks %s', (locks) => {
  const api = startApi({ REDIS_LOCKS: locks })
  let diary: ReturnType<typeof openDiary>
  beforeAll(async () => {
    diary = openDiary(api)
    await diary.change({ makeUpMonthLimit: 31, checkInMonthCards: 1 })
  })
  afterEach(() => api.make.expectCleanLedger())

  const checkIn = (token: string) => untilTyped(() => api.send('POST', '/api/member/check-ins', { token }))
  const makeUp = (token: string, days: number, options: { price?: object; key?: string } = {}) =>
    untilTyped(() => diary.makeUp(token, diary.ago(days), options))
  const extras = async (memberId: string): Promise<number> =>
    (await JournalEntryModel.find({ memberId, kind: 'earn' }).lean()).filter(({ rules }) =>
      rules.some(({ id }) => id === 'check-in.week'),
    ).length

  test('20 phones make up one day: one does, the others learn that it is done', async () => {
    const { id, token } = await diary.memberWith([3, 1], { points: 5_000 })
    const answers = await Promise.all(Array.from({ length: crowd }, () => makeUp(token, 2)))
    expect(tally(answers)).toEqual({ '201': 1, 'check_in.already_checked_in': crowd - 1 })
    expect(await api.available(token)).toBe(5_000 + 10 - 30)
    expect((await diary.streaks(id)).map(([, streak]) => streak)).toEqual([1, 2, 3])
  })

  test('one key sent 20 times makes up once', async () => {
    const { token } = await diary.memberWith([], { points: 5_000 })
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: crowd }, () => makeUp(token, 2, { key })))
    expect(tally(answers)).toEqual({ '201': crowd })
    expect(await api.available(token)).toBe(4_970)
  })

  test('points for one make-up and 20 days asked for: one', async () => {
    const { id, token } = await diary.memberWith([], { points: 59 })
    const answers = await Promise.all(daysFrom(crowd, 1).map((days) => makeUp(token, days)))
    expect(tally(answers)).toEqual({ '201': 1, 'points.insufficient': crowd - 1 })
    expect(await api.available(token)).toBe(29)
    expect(await diary.streaks(id)).toHaveLength(1)
  })

  test('the month takes 3 of 20', async () => {
    await diary.change({ makeUpMonthLimit: 3 })
    const { id, token } = await diary.memberWith([], { points: 5_000 })
    const answers = await Promise.all(daysFrom(crowd, 1).map((days) => makeUp(token, days)))
    await diary.change({ makeUpMonthLimit: 31 })
    expect(tally(answers)).toEqual({ '201': 3, 'check_in.make_up_limit': crowd - 3 })
    expect(await diary.streaks(id)).toHaveLength(3)
    expect(await api.available(token)).toBe(5_000 - 90)
  })

  test('one card pays for one of 10 days', async () => {
    const { token } = await diary.memberWith([], { cards: 1 })
    const answers = await Promise.all(daysFrom(10, 1).map((days) => makeUp(token, days, { price: byCard })))
    expect(tally(answers)).toEqual({ '201': 1, 'check_in.make_up_price_changed': 9 })
    expect((await diary.calendar(token)).makeUp.cards).toBe(0)
    expect(await api.available(token)).toBe(100)
  })

  // By card nothing but the book tells the two of each other: no points are spent.
  test.each([
    ['points', 30, undefined],
    ['card', 0, byCard],
  ])('the check-in of the 7th day races the make-up before it, by %s: one extra', async (_, cost, price) => {
    for (let round = 0; round < rounds; round += 1) {
      const { id, token } = await diary.memberWith([6, 5, 4, 2, 1], { points: 1_000, cards: price ? 1 : 0 })
      const [mine, made] = await Promise.all([checkIn(token), makeUp(token, 3, price ? { price } : {})])
      expect([mine.status, made.status]).toEqual([200, 201])
      expect(await extras(id)).toBe(1)
      expect(await api.available(token)).toBe(1_000 + 6 * 5 + 20 - cost)
      expect((await diary.streaks(id)).map(([, streak]) => streak)).toEqual([1, 2, 3, 4, 5, 6, 7])
    }
  })

  test('two make-ups that join three runs to 13 days, and a third elsewhere: one extra', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { id, token } = await diary.memberWith([13, 12, 11, 10, 8, 7, 6, 4, 3, 2, 1], { points: 1_000 })
      const answers = await Promise.all([makeUp(token, 9), makeUp(token, 5), makeUp(token, 20)])
      expect(tally(answers)).toEqual({ '201': 3 })
      expect(await extras(id)).toBe(1)
      const streaks = (await diary.streaks(id)).slice(1).map(([, streak]) => streak)
      expect(streaks).toEqual(Array.from({ length: 13 }, (_, index) => index + 1))
      expect(await CheckInModel.countDocuments({ memberId: id, openFor: { $ne: 7 } })).toBe(7)
    }
  })

  test('the 30th day by a check-in and a make-up at once: one month, one card, one message', async () => {
    const { id, token } = await diary.memberWith([...daysFrom(29, 15), ...daysFrom(13, 1)], { points: 1_000 })
    const answers = await Promise.all([checkIn(token), checkIn(token), makeUp(token, 14), makeUp(token, 14)])
    expect(tally(answers)).toEqual({ '200': 2, '201': 1, 'check_in.already_checked_in': 1 })
    expect((await diary.calendar(token)).makeUp.cards).toBe(1)
    expect(await CheckInModel.countDocuments({ memberId: id, openFor: { $ne: 30 } })).toBe(30)
    await api.app.deliverOutbox()
    const { body } = await api.send('GET', '/api/member/inbox', { token })
    expect(body.items.filter(({ title }: { title: string }) => title === '连续签到 30 天')).toHaveLength(1)
  })
})
