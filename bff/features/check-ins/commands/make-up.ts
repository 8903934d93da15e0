import type { z } from 'zod'
import { makeUpCheckIn as contract } from '#shared/contracts/check-ins'
import { type BusinessDate, monthOf } from '#shared/domain/business-date'
import { DomainError } from '../../../kernel/errors'
import { runOnce } from '../../../platform/idempotency/run-once'
import { requireActiveMember } from '../../members'
import { readPoints, spendPoints } from '../../points'
import { readSettings } from '../../settings'
import { makeUpsIn, readBook } from '../books'
import type { MakeUpPrice } from '../check-in.model'
import type { CheckInBook } from '../check-in-book.model'
import { findObstacle, firstMakeUpDate, isSamePrice, makeUpPrice, makeUpsLeft } from '../make-ups'
import { readDaysAround, streakOn } from '../streaks'
import { addDay, type CheckInServices } from './add-day'

type Wanted = z.output<typeof contract.body>
type Result = z.input<typeof contract.response>

/**
 * Makes up a day that a member missed, for a card or points, whichever it was shown as: price, day and what is reached with
 * it are one transaction. No daily points and no growth; the streak goes on.
 * @throws `check_in.*` for what cannot be made up, `points.insufficient`, `points.in_debt`, `member.blocked`
 */
export async function makeUp(
  services: CheckInServices,
  { memberId, key, wanted }: { memberId: string; key: string; wanted: Wanted },
): Promise<Result> {
  const once = {
    actor: `member:${memberId}`,
    operation: contract.id,
    key,
    input: wanted,
    now: services.clock.now(),
  }
  const { body } = await runOnce(once, async () => ({
    status: 201,
    body: await postMakeUp(services, memberId, wanted),
  }))
  return body
}

async function postMakeUp(
  services: CheckInServices,
  memberId: string,
  { businessDate: date, price }: Wanted,
): Promise<Result> {
  const member = await requireActiveMember(memberId)
  const settings = await readSettings()
  const today = services.calendar.dateOf(services.clock.now())
  const book = await readBook(memberId)
  const joinedOn = services.calendar.dateOf(member.joinedAt)
  // Of a date that is refused anyway, however long ago, no more is read than of one that is not.
  const first = firstMakeUpDate(settings, today, joinedOn)
  const days = await readDaysAround(memberId, [first, date, today].sort()[1] ?? today, today)
  const obstacle = findObstacle({ settings, date, today, joinedOn, book, isCheckedIn: days.has(date) })
  if (obstacle) throw new DomainError(obstacle)
  const current = makeUpPrice(settings, book)
  if (!isSamePrice(price, current))
    throw new DomainError('check_in.make_up_price_changed', { details: { price: current } })
  await pay(services, memberId, date, price)
  const added = await addDay(services, {
    memberId,
    date,
    today,
    settings,
    days,
    book: countMakeUp(book, price, today),
    madeUpWith: price,
  })
  const { available } = await readPoints(services, memberId)
  const after = await readDaysAround(memberId, today, today)
  return {
    businessDate: date,
    paid: price,
    points: added.record.points,
    streakDays: streakOn(after, today),
    reached: added.record.reached ?? [],
    balance: available,
    cards: added.book.cards,
    left: makeUpsLeft(settings, added.book, today),
  }
}

async function pay(
  services: CheckInServices,
  memberId: string,
  date: BusinessDate,
  price: MakeUpPrice,
): Promise<void> {
  if (price.with === 'card') return
  const [, month, day] = date.split('-').map(Number)
  await spendPoints(services, {
    memberId,
    points: price.points,
    key: `make-up:${date}`,
    title: `补签 ${month}月${day}日`,
  })
}

const countMakeUp = (book: CheckInBook, price: MakeUpPrice, today: BusinessDate): CheckInBook => ({
  ...book,
  cards: book.cards - (price.with === 'card' ? 1 : 0),
  makeUpMonth: monthOf(today),
  makeUps: makeUpsIn(book, today) + 1,
})
