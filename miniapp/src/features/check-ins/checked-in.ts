import { addDays, monthOf } from '#shared/domain/business-date'
import type { PointsSummary } from '../points/points.queries'
import type { CheckIns } from './check-in.queries'

const weekDays = 7

type Progress = CheckIns['progress'][number]

/** One more day; the milestone of today begins anew. */
const oneOn =
  (today: string) =>
  (step: Progress): Progress =>
    step.businessDate === today
      ? { ...step, doneDays: 0, businessDate: addDays(today, step.days) }
      : { ...step, doneDays: step.doneDays + 1 }

/** The calendar as it stands once today is checked in; one that already is stays as it was. */
export function checkedIn(before: CheckIns): CheckIns {
  const { today, nextBonus, progress } = before
  if (today.isCheckedIn) return before
  const { businessDate, points } = today
  const streakDays = today.streakDays + 1
  const isThisMonth = before.month === monthOf(businessDate)
  return {
    ...before,
    today: { ...today, isCheckedIn: true, streakDays },
    days: isThisMonth ? [...before.days, { businessDate, points, streakDays }] : before.days,
    progress: progress.map(oneOn(businessDate)),
    milestones: isThisMonth
      ? [...before.milestones, ...progress.filter((step) => step.businessDate === businessDate)]
      : before.milestones,
    week: before.week.map((day) =>
      day.businessDate === businessDate ? { ...day, state: 'checked' as const, points } : day,
    ),
    nextBonus:
      nextBonus?.businessDate === businessDate
        ? {
            ...nextBonus,
            businessDate: addDays(businessDate, weekDays),
            streakDays: nextBonus.streakDays + weekDays,
          }
        : nextBonus,
  }
}

/** A balance after earning: what comes in pays a debt first. */
export function afterEarning<Balance extends Pick<PointsSummary, 'available' | 'debt'>>(
  before: Balance,
  points: number,
): Balance {
  const paid = Math.min(before.debt, points)
  return { ...before, available: before.available + points - paid, debt: before.debt - paid }
}
