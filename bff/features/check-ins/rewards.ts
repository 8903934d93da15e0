import type { Settings } from '#shared/contracts/settings'
import { type Milestone, milestones } from '#shared/domain/check-ins'
import { tierNames } from '#shared/domain/enums'
import type { AwardShare } from '../earning'

/** How many days in a row count for each milestone so far, those that counted before left out. */
export type OpenDays = Record<Milestone, number>

const extraOf = (settings: Settings, days: Milestone): number =>
  days === 7 ? settings.checkInWeekExtraPoints : settings.checkInMonthPoints

/** What comes on the day that follows `openDays`, `daysOn` days later when no day is left out. */
export const milestonesOn = (openDays: OpenDays, daysOn = 0): Milestone[] =>
  milestones.filter((days) => (openDays[days] + 1 + daysOn) % days === 0)

/** What a check-in earns that reaches these milestones. */
export const rewardPoints = (settings: Settings, reached: readonly Milestone[]): number =>
  reached.reduce((sum, days) => sum + extraOf(settings, days), settings.checkInPoints)

/** The rules that make a check-in's points, in the words a member reads. */
export const dailyShares = (settings: Settings): AwardShare[] =>
  shares([{ ruleId: 'check-in.daily', name: '每日签到', points: settings.checkInPoints }])

/** Rules of milestones, as the ledger names them. */
export const ruleIds: Record<Milestone, string> = { 7: 'check-in.week', 30: 'check-in.month' }

/** The same of milestones. */
export const milestoneShares = (settings: Settings, reached: readonly Milestone[]): AwardShare[] =>
  shares(
    reached.map((days) => ({
      ruleId: ruleIds[days],
      name: `每连续签到 ${days} 天加`,
      points: extraOf(settings, days),
    })),
  )

const shares = (list: { ruleId: string; name: string; points: number }[]): AwardShare[] =>
  list.filter(({ points }) => points > 0).map((share) => ({ ...share, caps: null, expiresOn: null }))

/** What a milestone brings in one line, with so many points; null for one that brings nothing. */
export function rewardWords(
  settings: Settings,
  days: Milestone,
  points = extraOf(settings, days),
): string | null {
  const { checkInMonthCards: cards, checkInMonthTier: tier } = settings
  const { checkInMonthEntitlement: entitlement } = settings
  const parts = [
    points > 0 && `${points} 积分`,
    ...(days === 30
      ? [
          tier !== 'regular' && `${tierNames[tier]} ${settings.checkInMonthTierDays} 天`,
          cards > 0 && `补签卡 ${cards} 张`,
          entitlement !== '' && `“${entitlement}”兑换资格`,
        ]
      : []),
  ]
  return parts.filter(Boolean).join('、') || null
}
