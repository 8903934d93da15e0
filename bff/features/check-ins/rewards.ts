/** Points for a check-in, and the extra for each 7th day running. */
const dailyPoints = 5
const weekDays = 7
const weekExtraPoints = 20

/** What a check-in earns that makes the streak `streakDays` long. */
export const rewardPoints = (streakDays: number): number =>
  dailyPoints + (streakDays % weekDays === 0 ? weekExtraPoints : 0)
