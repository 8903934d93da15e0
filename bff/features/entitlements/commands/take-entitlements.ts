import type { BusinessDate } from '#shared/domain/business-date'
import { assertInTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { EntitlementModel } from '../entitlement.model'

const usable = (memberId: string, today: BusinessDate) => ({
  memberId,
  orderId: null,
  $or: [{ expiresOn: null }, { expiresOn: { $gte: today } }],
})

/**
 * Uses up `quantity` rights of a name for an order, those that end soonest first, in the order's transaction. Each is taken
 * on the condition that no order has it, so one right never pays for two gifts.
 * @returns false, and takes none, when there are too few.
 */
export async function takeEntitlements(
  { clock, calendar }: Pick<Services, 'clock' | 'calendar'>,
  request: { memberId: string; name: string; quantity: number; orderId: string },
): Promise<boolean> {
  assertInTransaction()
  const { memberId, name, quantity, orderId } = request
  const now = clock.now()
  const found = await EntitlementModel.find({ ...usable(memberId, calendar.dateOf(now)), name })
    .select('expiresOn')
    .limit(1_000)
    .lean()
  if (found.length < quantity) return false
  // A right without an end waits until the others are gone.
  const soonestFirst = found.sort((a, b) => ((a.expiresOn ?? '~') < (b.expiresOn ?? '~') ? -1 : 1))
  const taken = await EntitlementModel.updateMany(
    { _id: { $in: soonestFirst.slice(0, quantity).map(({ _id }) => _id) }, orderId: null },
    { $set: { orderId, usedAt: now } },
  )
  if (taken.modifiedCount !== quantity) throw new StaleReadError('entitlement')
  return true
}

/** Gives back what an order used, in the transaction that ends it without a gift. Safe to repeat. */
export async function returnEntitlements(request: { memberId: string; orderId: string }): Promise<void> {
  assertInTransaction()
  await EntitlementModel.updateMany(request, { $set: { orderId: null, usedAt: null } })
}

/** How many rights of each name a member can use today; a name without any is left out. */
export async function countEntitlements(
  { clock, calendar }: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
  names: readonly string[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  if (names.length === 0) return counts
  const rows = await EntitlementModel.find({
    ...usable(memberId, calendar.dateOf(clock.now())),
    name: { $in: [...names] },
  })
    .select('name')
    .limit(1_000)
    .lean()
  for (const { name } of rows) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
