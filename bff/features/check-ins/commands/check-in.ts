import { addDays } from '#shared/domain/business-date'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { awardPoints } from '../../earning'
import { requireActiveMember } from '../../members'
import { readPoints } from '../../points'
import { readSettings } from '../../settings'
import { addGrowth } from '../../tiers'
import { type CheckIn, CheckInModel } from '../check-in.model'
import { rewardShares, weekDays } from '../rewards'

type CheckInServices = Pick<Services, 'clock' | 'calendar' | 'outbox'>

export interface CheckInResult {
  businessDate: string
  points: number
  streakDays: number
  alreadyCheckedIn: boolean
  balance: number
}

/**
 * Checks a member in for today's business date. A repeat, also one that races the first, answers with what the
 * first one earned and posts nothing.
 * @throws `member.blocked`
 */
export async function checkIn(services: CheckInServices, memberId: string): Promise<CheckInResult> {
  const businessDate = services.calendar.dateOf(services.clock.now())
  const answer = async (
    { points, streakDays }: CheckIn,
    alreadyCheckedIn: boolean,
  ): Promise<CheckInResult> => {
    const { available } = await readPoints(services, memberId)
    return { businessDate, points, streakDays, alreadyCheckedIn, balance: available }
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
  businessDate: string,
): Promise<{ record: CheckIn; isNew: boolean }> {
  const dates = [businessDate, addDays(businessDate, -1)]
  const recent = await CheckInModel.find({ memberId, businessDate: { $in: dates } }).lean()
  const earlier = recent.find((one) => one.businessDate === businessDate)
  if (earlier) return { record: earlier, isNew: false }
  const member = await requireActiveMember(memberId)
  const yesterday = recent[0]
  const streakDays = (yesterday?.streakDays ?? 0) + 1
  const settings = await readSettings()
  const awarded = await awardPoints(services, {
    memberId,
    settings,
    shares: rewardShares(settings, streakDays),
    source: 'check-in',
    businessDate,
    key: `check-in:${businessDate}`,
    title: streakDays % weekDays === 0 ? `连续签到 ${streakDays} 天` : '每日签到',
  })
  const record: CheckIn = {
    _id: newId(),
    memberId,
    businessDate,
    streakDays,
    points: awarded.points,
    occurredAt: services.clock.now(),
  }
  await insertWhole(CheckInModel, [record])
  await addGrowth(services, { memberId, date: businessDate, value: settings.growthPerCheckIn })
  // Only invitations follow it.
  if (member.invitedByCode) await services.outbox.publish('member.checked-in', { memberId })
  return { record, isNew: true }
}
