import type { Settings } from '#shared/contracts/settings'
import { addDays, type BusinessDate } from '#shared/domain/business-date'
import { type Milestone, milestones } from '#shared/domain/check-ins'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { type Awarded, awardPoints } from '../../earning'
import { grantEntitlements } from '../../entitlements'
import { lendTier } from '../../tiers'
import { saveBook } from '../books'
import { type CheckIn, CheckInModel, type MakeUpPrice, type Reached } from '../check-in.model'
import type { CheckInBook } from '../check-in-book.model'
import { dailyShares, milestoneShares, rewardWords, ruleIds } from '../rewards'
import { type Days, runAfter, spanReached } from '../streaks'

export type CheckInServices = Pick<Services, 'clock' | 'calendar' | 'outbox'>

export interface Addition {
  memberId: string
  /** The day that is added, and the day on which that happens. */
  date: BusinessDate
  today: BusinessDate
  settings: Settings
  /** The days around it, and the book with what this costs taken off it, as the transaction sees them. */
  days: Days
  book: CheckInBook
  /** Of a make-up: no daily points. */
  madeUpWith: MakeUpPrice | null
}

/**
 * Adds a day to a member's check-ins, in the caller's transaction: it joins the streak, later days of the run count on, and
 * milestones that are reached with it are given. A day counts once for a milestone, whoever adds which day first.
 */
export async function addDay(
  services: CheckInServices,
  addition: Addition,
): Promise<{ record: CheckIn; book: CheckInBook }> {
  assertInTransaction()
  const { memberId, date, today, settings, days, madeUpWith } = addition
  const streakDays = (days.get(addDays(date, -1))?.streakDays ?? 0) + 1
  await countOn(addition, streakDays)
  const reached = await closeMilestones(addition)
  const { points, shares } = await award(services, addition, reached, streakDays + runAfter(days, date))
  const words = reached.flatMap((milestone): Reached[] => {
    const given = shares.find(({ ruleId }) => ruleId === ruleIds[milestone])?.points ?? 0
    const reward = rewardWords(settings, milestone, given)
    return reward === null ? [] : [{ days: milestone, reward }]
  })
  const record: CheckIn = {
    _id: newId(),
    memberId,
    businessDate: date,
    streakDays,
    points,
    openFor: milestones.filter((milestone) => !reached.includes(milestone)),
    reached: words,
    madeUpWith,
    occurredAt: services.clock.now(),
  }
  await insertWhole(CheckInModel, [record])
  const isMonth = reached.includes(30)
  const book = { ...addition.book, cards: addition.book.cards + (isMonth ? settings.checkInMonthCards : 0) }
  await saveBook(book)
  if (isMonth) await giveMonth(services, { memberId, today, settings }, words)
  return { record, book }
}

/** A made-up day joins two runs: the days after it are that many further on. At most as many as one may look back. */
async function countOn({ memberId, date, days }: Addition, streakDays: number): Promise<void> {
  const later = runAfter(days, date)
  if (later === 0) return
  const moved = await CheckInModel.updateMany(
    { memberId, businessDate: { $gt: date, $lte: addDays(date, later) } },
    { $inc: { streakDays } },
  )
  if (moved.modifiedCount !== later) throw new StaleReadError('check-ins of a run')
}

/** Which milestones are reached with the day; the days they are reached with count for them no more. */
async function closeMilestones({ memberId, date, days }: Addition): Promise<Milestone[]> {
  const reached: Milestone[] = []
  for (const milestone of milestones) {
    const span = spanReached(days, date, milestone)
    if (!span) continue
    const closed = await CheckInModel.updateMany(
      { memberId, businessDate: { $gte: span.first, $lte: span.last }, openFor: milestone },
      { $pull: { openFor: milestone } },
    )
    // The day itself is not there yet.
    if (closed.modifiedCount !== milestone - 1) throw new StaleReadError('check-ins of a milestone')
    reached.push(milestone)
  }
  return reached
}

async function award(
  services: CheckInServices,
  { memberId, date, today, settings, madeUpWith }: Addition,
  reached: readonly Milestone[],
  runDays: number,
): Promise<Pick<Awarded, 'points' | 'shares'>> {
  const shares = [...(madeUpWith ? [] : dailyShares(settings)), ...milestoneShares(settings, reached)]
  if (shares.length === 0) return { points: 0, shares: [] }
  return awardPoints(services, {
    memberId,
    settings,
    shares,
    source: 'check-in',
    businessDate: today,
    key: madeUpWith ? `make-up-reward:${date}` : `check-in:${date}`,
    title: reached.length > 0 ? `连续签到 ${runDays} 天` : '每日签到',
  })
}

/** What the month brings beside points and cards, and a message of all of it. */
async function giveMonth(
  services: CheckInServices,
  { memberId, today, settings }: Pick<Addition, 'memberId' | 'today' | 'settings'>,
  words: readonly Reached[],
): Promise<void> {
  const { checkInMonthTier: tier, checkInMonthEntitlement: name } = settings
  const { checkInMonthTierDays: tierDays, checkInMonthEntitlementDays: entitlementDays } = settings
  // Who goes on without a gap reaches the next month on the last day of it, and has the tier all along.
  if (tier !== 'regular') await lendTier(services, { memberId, tier, until: addDays(today, tierDays) })
  if (name !== '')
    await grantEntitlements(services, {
      memberId,
      name,
      quantity: 1,
      reason: '连续签到 30 天',
      expiresOn: addDays(today, entitlementDays),
    })
  const reward = words.find(({ days }) => days === 30)?.reward
  if (reward) await services.outbox.publish('check-in.month-reached', { memberId, days: 30, reward })
}
