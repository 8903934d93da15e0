import { addDays, addYears } from '#shared/domain/business-date'
import { newId } from '../../../kernel/ids'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { requireActiveMember } from '../../members'
import { earnPoints, readPoints } from '../../points'
import { readSettings } from '../../settings'
import { type CheckIn, CheckInModel } from '../check-in.model'
import { rewardPoints, rewardRules } from '../rewards'

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
export async function checkIn(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
): Promise<CheckInResult> {
  const businessDate = services.calendar.dateOf(services.clock.now())
  const answer = async (
    { points, streakDays }: CheckIn,
    alreadyCheckedIn: boolean,
  ): Promise<CheckInResult> => {
    const { available } = await readPoints(services, memberId)
    return { businessDate, points, streakDays, alreadyCheckedIn, balance: available }
  }
  const earlier = await CheckInModel.findOne({ memberId, businessDate }).lean()
  if (earlier) return answer(earlier, true)
  try {
    return await answer(await inTransaction(() => postCheckIn(services, memberId, businessDate)), false)
  } catch (error) {
    const meanwhile = isDuplicateKey(error)
      ? await CheckInModel.findOne({ memberId, businessDate }).lean()
      : null
    if (!meanwhile) throw error
    return answer(meanwhile, true)
  }
}

async function postCheckIn(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
  businessDate: string,
): Promise<CheckIn> {
  await requireActiveMember(memberId)
  const yesterday = await CheckInModel.findOne({ memberId, businessDate: addDays(businessDate, -1) }).lean()
  const streakDays = (yesterday?.streakDays ?? 0) + 1
  const settings = await readSettings()
  const points = rewardPoints(settings, streakDays)
  const record: CheckIn = {
    _id: newId(),
    memberId,
    businessDate,
    streakDays,
    points,
    occurredAt: services.clock.now(),
  }
  await CheckInModel.insertMany([record])
  await earnPoints(services, {
    memberId,
    points,
    source: 'check-in',
    expiresOn: addYears(businessDate, 1),
    key: `check-in:${businessDate}`,
    title: streakDays % 7 === 0 ? `连续签到 ${streakDays} 天` : '每日签到',
    rules: rewardRules(settings, streakDays),
  })
  return record
}
