import type { Settings } from '#shared/contracts/settings'

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
export const rewardRules = (
  settings: RewardSettings,
  streakDays: number,
): { id: string; title: string }[] => [
  { id: 'check-in.daily', title: `每日签到 ${settings.checkInPoints}` },
  ...(weekExtra(settings, streakDays) > 0
    ? [{ id: 'check-in.week', title: `每连续签到 ${weekDays} 天加 ${settings.checkInWeekExtraPoints}` }]
    : []),
]
