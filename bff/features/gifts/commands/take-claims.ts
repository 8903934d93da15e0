import { DomainError } from '../../../kernel/errors'
import { newId } from '../../../kernel/ids'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { returnEntitlements, takeEntitlements } from '../../entitlements'
import type { Member } from '../../members'
import { ClaimModel } from '../claim.model'
import { quotaIdOf } from '../daily-quota.model'
import {
  limitObstacle,
  limitsOf,
  type Obstacle,
  type PieceLimit,
  perOrderObstacle,
  standingObstacles,
} from '../eligibility'
import type { Gift } from '../gift.model'
import { readStanding } from '../queries/read-standing'
import { returnQuota, takeQuota } from './take-quota'

type ClaimServices = Pick<Services, 'clock' | 'calendar'>

export interface ClaimRequest {
  member: Member
  orderId: string
  quantity: number
  /** The pool the pieces come from; named in a refusal, so that the gate can turn away who asks for the same. */
  stockId: string
}

/**
 * Judges a member against all rules of a gift as they are inside the order's transaction, and takes what is limited: places
 * per member, day and campaign, pieces of the day's quota, entitlements.
 * @throws `gift.not_eligible` with every reason; `gift.limit_reached`, `gift.sold_out` with how many are left.
 */
export async function takeClaims(services: ClaimServices, gift: Gift, request: ClaimRequest): Promise<void> {
  assertInTransaction()
  const { member, orderId, quantity } = request
  const today = services.calendar.dateOf(services.clock.now())
  const perOrder = perOrderObstacle(gift, quantity)
  if (perOrder) throw refusalOf(perOrder, gift, request)
  const standing = await readStanding(services, member, gift)
  const reasons = standingObstacles(gift, standing, quantity, today)
  if (reasons[0]) {
    throw new DomainError('gift.not_eligible', {
      message: reasons[0].message,
      details: {
        giftId: gift._id,
        reasons: reasons.map(({ code, message, help, details }) => ({ code, message, help, details })),
      },
    })
  }
  for (const limit of limitsOf(gift, today)) {
    const obstacles = limit.scope
      ? await takePlaces(limit, limit.scope, { memberId: member._id, orderId, quantity })
      : await takeToday(limit, gift, today, request)
    if (obstacles[0]) throw refusalOf(obstacles[0], gift, request)
  }
  if (gift.entitlement) {
    const isTaken = await takeEntitlements(services, {
      memberId: member._id,
      name: gift.entitlement,
      quantity,
      orderId,
    })
    if (!isTaken) throw new StaleReadError('entitlements')
  }
}

/**
 * Takes places under a limit per member. Counting alone would let two requests count the same places; the unique index on
 * the slot lets one of them in.
 */
async function takePlaces(
  limit: PieceLimit,
  scope: string,
  request: { memberId: string; orderId: string; quantity: number },
): Promise<Obstacle[]> {
  const { memberId, orderId, quantity } = request
  const claims = await ClaimModel.find({ memberId, scope }).select('slot').lean()
  const obstacles = limitObstacle(limit, claims.length, quantity)
  if (obstacles.length > 0) return obstacles
  const taken = new Set(claims.map(({ slot }) => slot))
  const slots = Array.from({ length: limit.limit }, (_, slot) => slot)
    .filter((slot) => !taken.has(slot))
    .slice(0, quantity)
  try {
    await insertWhole(
      ClaimModel,
      slots.map((slot) => ({ _id: newId(), memberId, scope, slot, orderId })),
    )
  } catch (error) {
    throw isDuplicateKey(error) ? new StaleReadError('claim') : error
  }
  return []
}

async function takeToday(
  limit: PieceLimit,
  gift: Gift,
  today: string,
  { member, orderId, quantity }: ClaimRequest,
): Promise<Obstacle[]> {
  const alreadyTaken = await takeQuota({
    quotaId: quotaIdOf(gift._id, today),
    limit: limit.limit,
    quantity,
    memberId: member._id,
    orderId,
  })
  if (alreadyTaken === null) return []
  const obstacles = limitObstacle(limit, alreadyTaken, quantity)
  // Refused by a count that others have changed meanwhile: judge again.
  if (obstacles.length === 0) throw new StaleReadError('daily quota')
  return obstacles
}

const refusalOf = (
  { refusal, message, details }: Obstacle,
  gift: Gift,
  { stockId }: ClaimRequest,
): DomainError => new DomainError(refusal, { message, details: { giftId: gift._id, stockId, ...details } })

/** Frees what an order took, in the transaction that ends it without a gift. Safe to repeat. */
export async function freeClaims(request: { memberId: string; orderId: string }): Promise<void> {
  assertInTransaction()
  await ClaimModel.deleteMany(request)
  await returnQuota(request)
  await returnEntitlements(request)
}
