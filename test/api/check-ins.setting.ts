import { CheckInModel } from '#bff/features/check-ins/check-in.model'
import { CheckInBookModel } from '#bff/features/check-ins/check-in-book.model'
import { checkIn } from '#bff/features/check-ins/commands/check-in'
import { MemberModel } from '#bff/features/members/member.model'
import type { Services } from '#bff/platform/services'
import { addDays, type BusinessDate } from '#shared/domain/business-date'
import type { Answer, Json } from '#test/support/client'
import type { Api } from './setting'
import { success } from './setting'

export const byPoints = { with: 'points', points: 30 }
export const byCard = { with: 'card' }

/** What tests of check-ins do with members who have a past. */
export function openDiary(api: Api) {
  const today = (): BusinessDate => {
    const { calendar, clock } = api.app.app.services
    return calendar.dateOf(clock.now())
  }
  const ago = (days: number): BusinessDate => addDays(today(), -days)

  /** The services as they were at noon of a date. */
  const servicesOn = (date: BusinessDate): Services => {
    const { services } = api.app.app
    const noon = new Date(services.calendar.startOf(date).getTime() + 12 * 3_600_000)
    return { ...services, clock: { now: () => noon } }
  }

  /** Checks in on so many days ago, in this order. */
  const checkInAgo = async (memberId: string, ...days: number[]) => {
    const results = []
    for (const day of days) results.push(await checkIn(servicesOn(ago(day)), memberId))
    return results
  }

  /** A member who joined a hundred days ago and checked in on so many days ago. */
  const memberWith = async (days: readonly number[], options: { points?: number; cards?: number } = {}) => {
    const member = await api.make.member(options.points === undefined ? {} : { points: options.points })
    const joinedAt = new Date(api.app.app.services.clock.now().getTime() - 100 * 86_400_000)
    await MemberModel.updateOne({ _id: member.id }, { joinedAt })
    await checkInAgo(member.id, ...days)
    if (options.cards !== undefined)
      await CheckInBookModel.updateOne(
        { _id: member.id },
        { $set: { cards: options.cards }, $setOnInsert: { makeUps: 0, revision: 1 } },
        { upsert: true },
      )
    return member
  }

  const makeUp = (
    token: string,
    businessDate: BusinessDate,
    { price = byPoints, key }: { price?: object; key?: string } = {},
  ): Promise<Answer<Json>> =>
    api.send('POST', '/api/member/check-ins/make-ups', {
      token,
      body: { businessDate, price },
      ...(key ? { key } : {}),
    })

  const calendar = async (token: string, query = ''): Promise<Json> =>
    success(await api.send('GET', `/api/member/check-ins${query}`, { token }))

  /** Each of a member's days with its streak, oldest first. */
  const streaks = async (memberId: string): Promise<[BusinessDate, number][]> =>
    (await CheckInModel.find({ memberId }).sort({ businessDate: 1 }).lean()).map(
      ({ businessDate, streakDays }) => [businessDate, streakDays],
    )

  const change = (settings: object) => api.make.admin('PATCH', '/api/admin/settings', settings)

  return { today, ago, servicesOn, checkInAgo, memberWith, makeUp, calendar, streaks, change }
}

/** Days ago from `first` down to `last`. */
export const daysFrom = (first: number, last: number): number[] =>
  Array.from({ length: first - last + 1 }, (_, index) => first - index)
