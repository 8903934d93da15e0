import type { z } from 'zod'
import type { checkIn as contract } from '#shared/contracts/check-ins'
import type { BusinessDate } from '#shared/domain/business-date'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import { requireActiveMember } from '../../members'
import { readPoints } from '../../points'
import { readSettings } from '../../settings'
import { addGrowth } from '../../tiers'
import { readBook } from '../books'
import { type CheckIn, CheckInModel } from '../check-in.model'
import { readDaysAround } from '../streaks'
import { addDay, type CheckInServices } from './add-day'

type Result = z.input<typeof contract.response>

/**
 * Checks a member in for today's business date. A repeat, also one that races the first, answers with what the
 * first one earned and posts nothing.
 * @throws `member.blocked`
 */
export async function checkIn(services: CheckInServices, memberId: string): Promise<Result> {
  const businessDate = services.calendar.dateOf(services.clock.now())
  const answer = async (
    { points, streakDays, reached = [] }: CheckIn,
    alreadyCheckedIn: boolean,
  ): Promise<Result> => {
    const { available } = await readPoints(services, memberId)
    return { businessDate, points, streakDays, alreadyCheckedIn, balance: available, reached }
  }
  try {
    const { record, isNew } = await inTransaction(() => postCheckIn(services, memberId, businessDate))
    return await answer(record, !isNew)
  } catch (error) {
    const meanwhile = isDuplicateKey(error)
      ? await CheckInModel.findOne({ memberId, businessDate }).lean()
      : null
    if (!meanwhile) throw error
    return answer(meanwhile, true)
  }
}

async function postCheckIn(
  services: CheckInServices,
  memberId: string,
  today: BusinessDate,
): Promise<{ record: CheckIn; isNew: boolean }> {
  const days = await readDaysAround(memberId, today, today)
  const earlier = days.get(today)
  if (earlier) return { record: earlier, isNew: false }
  const member = await requireActiveMember(memberId)
  const settings = await readSettings()
  const book = await readBook(memberId)
  const { record } = await addDay(services, {
    memberId,
    date: today,
    today,
    settings,
    days,
    book,
    madeUpWith: null,
  })
  await addGrowth(services, { memberId, date: today, value: settings.growthPerCheckIn })
  // Only invitations follow it.
  if (member.invitedByCode) await services.outbox.publish('member.checked-in', { memberId })
  return { record, isNew: true }
}
