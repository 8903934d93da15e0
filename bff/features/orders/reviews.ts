import type { Settings } from '#shared/contracts/settings'

const dayMs = 86_400_000

/** Orders placed before this instant have waited long enough to be reminded of. */
export const remindsBefore = (now: Date, { reviewReminderDays }: Settings): Date =>
  new Date(now.getTime() - reviewReminderDays * dayMs)

/** Orders placed before this instant have waited too long: points and stock go back. */
export const rejectsBefore = (now: Date, { reviewRejectDays }: Settings): Date =>
  new Date(now.getTime() - reviewRejectDays * dayMs)

/** When a review ends by itself, as the numbers are now. */
export const rejectsAt = (placedAt: Date, { reviewRejectDays }: Settings): Date =>
  new Date(placedAt.getTime() + reviewRejectDays * dayMs)
