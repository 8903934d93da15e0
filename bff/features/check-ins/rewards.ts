/** Points for a check-in, and the extra for each 7th day running. */
const dailyPoints = 5
const weekDays = 7
const weekExtraPoints = 20

/** What a check-in earns that makes the streak `streakDays` long. */
export const rewardPoints = (streakDays: number): number =>
  dailyPoints + (streakDays % weekDays === 0 ? weekExtraPoints : 0)

/** The rules that make those points, in the words a member reads. */
export const rewardRules = (streakDays: number): { id: string; title: string }[] => [
  { id: 'check-in.daily', title: `每日签到 ${dailyPoints}` },
  ...(streakDays % weekDays === 0
    ? [{ id: 'check-in.week', title: `每连续签到 ${weekDays} 天加 ${weekExtraPoints}` }]
    : []),
]
