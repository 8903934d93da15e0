import { addDays, type BusinessDate } from '#shared/domain/business-date'
import { type Milestone, milestones } from '#shared/domain/check-ins'
import { type CheckIn, CheckInModel } from './check-in.model'
import type { OpenDays } from './rewards'

/** Check-ins by their date. */
export type Days = ReadonlyMap<BusinessDate, CheckIn>

/** A milestone's days before the last: further back no day can count for one that is reached now. */
const daysThatCount = Math.max(...milestones) - 1

/** The days around a date that decide what it brings, up to today: before it those that may count, after it all. */
export async function readDaysAround(
  memberId: string,
  date: BusinessDate,
  today: BusinessDate,
): Promise<Days> {
  const rows = await CheckInModel.find({
    memberId,
    businessDate: { $gte: addDays(date, -daysThatCount), $lte: today },
  }).lean()
  return new Map(rows.map((row) => [row.businessDate, row]))
}

/** How many days in a row are there from beside `date` on, in one direction. */
function countRun(
  days: Days,
  date: BusinessDate,
  step: 1 | -1,
  fits: (day: CheckIn) => boolean = () => true,
): number {
  let count = 0
  for (;;) {
    const day = days.get(addDays(date, step * (count + 1)))
    if (!day || !fits(day)) return count
    count += 1
  }
}

/** Days running after `date`, without it. */
export const runAfter = (days: Days, date: BusinessDate): number => countRun(days, date, 1)

const isOpenFor =
  (milestone: Milestone) =>
  ({ openFor = [] }: CheckIn): boolean =>
    openFor.includes(milestone)

/** What counts for each milestone of the days before `date`. Never as many as it asks for: those were rewarded. */
export const openDaysBefore = (days: Days, date: BusinessDate): OpenDays => {
  const count = (milestone: Milestone) =>
    Math.min(milestone - 1, countRun(days, date, -1, isOpenFor(milestone)))
  return { 7: count(7), 30: count(30) }
}

/** The first and the last of the days that a milestone is reached with when `date` is added; null when it is not. */
export function spanReached(
  days: Days,
  date: BusinessDate,
  milestone: Milestone,
): { first: BusinessDate; last: BusinessDate } | null {
  const before = openDaysBefore(days, date)[milestone]
  const after = countRun(days, date, 1, isOpenFor(milestone))
  if (before + 1 + after < milestone) return null
  // The earliest days count; what is left at the end goes on to the next milestone.
  const first = addDays(date, -before)
  return { first, last: addDays(first, milestone - 1) }
}

/** Days running up to today, or to yesterday as long as today is not done. */
export const streakOn = (days: Days, today: BusinessDate): number =>
  (days.get(today) ?? days.get(addDays(today, -1)))?.streakDays ?? 0

/** The date on which a milestone is reached when no day is left out; `doneDays` count up to today, or to yesterday. */
export const dateOfMilestone = (
  today: BusinessDate,
  isDone: boolean,
  { days, doneDays }: { days: Milestone; doneDays: number },
): BusinessDate => addDays(today, days - doneDays - (isDone ? 0 : 1))
