import type { Settings } from '#shared/contracts/settings'
import type { AwardShare } from '../earning'

/** Every so many days running bring the extra. */
export const weekDays = 7

/** Points for a check-in, and the extra for each 7th day running, as they are set now. */
export type RewardSettings = Pick<Settings, 'checkInPoints' | 'checkInWeekExtraPoints'>

const weekExtra = ({ checkInWeekExtraPoints }: RewardSettings, streakDays: number): number =>
  streakDays % weekDays === 0 ? checkInWeekExtraPoints : 0

/** What a check-in earns that makes the streak `streakDays` long. */
export const rewardPoints = (settings: RewardSettings, streakDays: number): number =>
  settings.checkInPoints + weekExtra(settings, streakDays)

/** The rules that make those points, in the words a member reads. */
export const rewardShares = (settings: RewardSettings, streakDays: number): AwardShare[] =>
  [
    { ruleId: 'check-in.daily', name: '每日签到', points: settings.checkInPoints },
    { ruleId: 'check-in.week', name: `每连续签到 ${weekDays} 天加`, points: weekExtra(settings, streakDays) },
  ]
    .filter(({ points }) => points > 0)
    .map((share) => ({ ...share, caps: null, expiresOn: null }))
