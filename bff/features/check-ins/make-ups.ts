import type { Settings } from '#shared/contracts/settings'
import { addDays, type BusinessDate } from '#shared/domain/business-date'
import type { ErrorCode } from '#shared/domain/error-codes'
import { makeUpsIn } from './books'
import type { MakeUpPrice } from './check-in.model'
import type { CheckInBook } from './check-in-book.model'

/** What a make-up costs now: a card goes first. */
export const makeUpPrice = (settings: Settings, { cards }: CheckInBook): MakeUpPrice =>
  cards > 0 ? { with: 'card' } : { with: 'points', points: settings.makeUpPricePoints }

export const isSamePrice = (one: MakeUpPrice, other: MakeUpPrice): boolean =>
  one.with === 'points' ? other.with === 'points' && one.points === other.points : other.with === 'card'

/** How many make-ups are left this business month. */
export const makeUpsLeft = (settings: Settings, book: CheckInBook, today: BusinessDate): number =>
  settings.makeUpDaysBack === 0 ? 0 : Math.max(0, settings.makeUpMonthLimit - makeUpsIn(book, today))

/** The dates that may be made up as far as the calendar goes: from the first to yesterday. */
export const firstMakeUpDate = (
  { makeUpDaysBack }: Settings,
  today: BusinessDate,
  joinedOn: BusinessDate,
): BusinessDate => {
  const oldest = addDays(today, -makeUpDaysBack)
  return oldest > joinedOn ? oldest : joinedOn
}

/** Why a date cannot be made up, whatever the member has to pay with; null when it can. */
export function findObstacle({
  settings,
  date,
  today,
  joinedOn,
  book,
  isCheckedIn,
}: {
  settings: Settings
  date: BusinessDate
  today: BusinessDate
  joinedOn: BusinessDate
  book: CheckInBook
  isCheckedIn: boolean
}): ErrorCode | null {
  if (settings.makeUpMonthLimit === 0 || settings.makeUpDaysBack === 0) return 'check_in.make_up_off'
  if (date >= today) return 'check_in.make_up_not_past'
  if (date < joinedOn) return 'check_in.make_up_before_joining'
  if (date < firstMakeUpDate(settings, today, joinedOn)) return 'check_in.make_up_too_old'
  if (isCheckedIn) return 'check_in.already_checked_in'
  return makeUpsLeft(settings, book, today) > 0 ? null : 'check_in.make_up_limit'
}
