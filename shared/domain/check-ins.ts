/** Every so many days running bring something: 7 points, 30 the month's reward. */
export const milestones = [7, 30] as const
export type Milestone = (typeof milestones)[number]
