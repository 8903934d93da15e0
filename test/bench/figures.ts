/** Pure arithmetic on what was measured. */

/** The smallest value that at least `share` of all values do not pass; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export interface Latency {
  p50Ms: number
  p99Ms: number
  maxMs: number
}

export const latencyOf = (valuesMs: readonly number[]): Latency => ({
  p50Ms: percentile(valuesMs, 0.5),
  p99Ms: percentile(valuesMs, 0.99),
  maxMs: percentile(valuesMs, 1),
})

/** A goal a figure is compared with; it is reported, never asserted. */
export type Goal = { atLeast: number } | { atMost: number }

export const meets = (value: number, goal: Goal): boolean =>
  'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost

export const describeGoal = (goal: Goal): string =>
  'atLeast' in goal ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`

/** Three digits that count; a dash for what there is no figure of. */
export function short(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2)
}
