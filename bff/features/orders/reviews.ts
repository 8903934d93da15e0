const dayMs = 86_400_000

/** A review that waits this long is pointed out to admins and the member, once. */
const reviewReminderDays = 3
/** A review that waits this long ends by itself: points and stock go back. */
export const reviewRejectDays = 7

/** Orders placed before this instant have waited long enough to be reminded of. */
export const remindsBefore = (now: Date): Date => new Date(now.getTime() - reviewReminderDays * dayMs)

/** Orders placed before this instant have waited too long. */
export const rejectsBefore = (now: Date): Date => new Date(now.getTime() - reviewRejectDays * dayMs)

export const rejectsAt = (placedAt: Date): Date => new Date(placedAt.getTime() + reviewRejectDays * dayMs)
