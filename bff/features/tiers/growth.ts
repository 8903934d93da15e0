import type { Settings } from '#shared/contracts/settings'
import { addDays, type BusinessDate } from '#shared/domain/business-date'
import { type Tier, tiers } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import type { GrowthDay } from './growth-account.model'

/** The growth value that each tier asks for, lowest first. */
export const thresholdsOf = (settings: Settings): Record<Tier, number> => ({
  regular: 0,
  silver: settings.silverGrowth,
  gold: settings.goldGrowth,
  platinum: settings.platinumGrowth,
  diamond: settings.diamondGrowth,
})

/** The points that reaching each tier gives, once. */
export const rewardsOf = (settings: Settings): Record<Tier, number> => ({
  regular: 0,
  silver: settings.silverRewardPoints,
  gold: settings.goldRewardPoints,
  platinum: settings.platinumRewardPoints,
  diamond: settings.diamondRewardPoints,
})

/** The thresholds as one text, to find who was judged by others. */
export const judgedBy = (settings: Settings): string => Object.values(thresholdsOf(settings)).join(' ')

/** The first date that still counts on `today`; today is the last of them. */
export const oldestDate = (today: BusinessDate): BusinessDate => addDays(today, 1 - limits.growthDays)

/** The date from which a date's growth counts no more. */
export const falloffOf = (date: BusinessDate): BusinessDate => addDays(date, limits.growthDays)

/** The growth value on a date: the sum of the rolling year that ends with it. */
export const growthOn = (days: readonly GrowthDay[], today: BusinessDate): number =>
  days
    .filter(({ date }) => date >= oldestDate(today) && date <= today)
    .reduce((sum, { value }) => sum + value, 0)

/** The highest tier whose threshold a growth value reaches. */
export const tierFor = (growth: number, settings: Settings): Tier =>
  tiers.findLast((tier) => growth >= thresholdsOf(settings)[tier]) ?? 'regular'

export const rankOf = (tier: Tier): number => tiers.indexOf(tier)

export const higherOf = (one: Tier, other: Tier): Tier => (rankOf(one) >= rankOf(other) ? one : other)

export const lowerOf = (one: Tier, other: Tier): Tier => (rankOf(one) < rankOf(other) ? one : other)

/** The first date after `today` on which the growth value is below `threshold` if nothing is added; null for never. */
export function fallsBelowOn(
  days: readonly GrowthDay[],
  today: BusinessDate,
  threshold: number,
): BusinessDate | null {
  let growth = growthOn(days, today)
  if (threshold <= 0) return null
  for (const { date, value } of days) {
    if (date < oldestDate(today)) continue
    growth -= value
    if (growth < threshold) return falloffOf(date)
  }
  return null
}

/** The days with `value` added on `date` (taken off when negative, never below zero), without those that count no more. */
export function withGrowth(
  days: readonly GrowthDay[],
  { date, value }: GrowthDay,
  today: BusinessDate,
): GrowthDay[] {
  const before = days.find((day) => day.date === date)?.value ?? 0
  return [...days.filter((day) => day.date !== date), { date, value: Math.max(0, before + value) }]
    .filter((day) => day.value > 0 && day.date >= oldestDate(today))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
}
