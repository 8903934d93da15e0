import type { z } from 'zod'
import type { eligibility } from '#shared/contracts/gift-rules'
import type { Services } from '../../../platform/services'
import { countEntitlements } from '../../entitlements'
import { type Member, standingOf } from '../../members'
import { readPoints } from '../../points'
import { readSettings } from '../../settings'
import { ClaimModel } from '../claim.model'
import { DailyQuotaModel, quotaIdOf } from '../daily-quota.model'
import { type EligibilityFacts, findObstacles, limitsOf } from '../eligibility'
import type { Gift } from '../gift.model'
import { lowestPriceOf, priceOf } from '../prices'

export type Eligibility = z.input<typeof eligibility>

/** A gift somebody thinks of redeeming. */
export interface Wish {
  gift: Gift
  /** Null: none is chosen, so the cheapest is judged. */
  skuId?: string | null
  /** Pieces, over all SKUs. */
  quantity: number
  /** Those of one pool, when they come from several. */
  poolQuantity?: number
  /** What is left of the pool, or of all pools while no SKU is chosen. */
  stock: number
}

/**
 * What stands between a member and each of these gifts, in their order. Reads once for all of them, so a page of the mall
 * costs as much as one gift.
 */
export async function readEligibilities(
  services: Pick<Services, 'clock' | 'calendar'>,
  member: Member,
  wishes: readonly Wish[],
): Promise<Eligibility[]> {
  const now = services.clock.now()
  const today = services.calendar.dateOf(now)
  const gifts = wishes.map(({ gift }) => gift)
  const { available, debt } = await readPoints(services, member._id)
  const { checkInPoints, checkInWeekExtraPoints } = await readSettings()
  const claims = await countClaims(member._id, gifts, today)
  const quotas = await readQuotas(gifts, today)
  const names = gifts.flatMap(({ entitlement }) => entitlement ?? [])
  const entitlements = await countEntitlements(services, member._id, names)
  const standing = {
    ...standingOf(member),
    joinedOn: services.calendar.dateOf(member.firstJoinedAt ?? member.joinedAt),
    available,
  }
  return wishes.map(({ gift, skuId = null, quantity, poolQuantity, stock }) => {
    const { points: pricePoints } = skuId
      ? priceOf(gift, standing.tier, now, skuId)
      : lowestPriceOf(gift, standing.tier, now)
    const taken = takenOf(gift, today, claims, quotas)
    const found = findObstacles({
      gift,
      standing: { ...standing, entitlements: entitlements.get(gift.entitlement ?? '') ?? 0 },
      quantity,
      poolQuantity: poolQuantity ?? quantity,
      pricePoints,
      stock,
      taken,
      debt,
      isBlocked: member.blockedReason !== null,
      pointsPerDay: checkInPoints + checkInWeekExtraPoints / 7,
      now,
      today,
    })
    const obstacles = found.map(({ code, message, help, details }) => ({ code, message, help, details }))
    return { canRedeem: obstacles.length === 0, redeemedByMe: taken.byMember, obstacles }
  })
}

async function countClaims(
  memberId: string,
  gifts: readonly Gift[],
  today: string,
): Promise<Map<string, number>> {
  const scopes = gifts.flatMap((gift) => limitsOf(gift, today).flatMap(({ scope }) => scope ?? []))
  const counts = new Map<string, number>()
  if (scopes.length === 0) return counts
  for (const { scope } of await ClaimModel.find({ memberId, scope: { $in: scopes } })
    .select('scope')
    .lean())
    counts.set(scope, (counts.get(scope) ?? 0) + 1)
  return counts
}

async function readQuotas(gifts: readonly Gift[], today: string): Promise<Map<string, number>> {
  const ids = gifts.filter(({ dailyQuota }) => dailyQuota).map(({ _id }) => quotaIdOf(_id, today))
  const rows = ids.length === 0 ? [] : await DailyQuotaModel.find({ _id: { $in: ids } }).lean()
  return new Map(rows.map(({ _id, taken }) => [_id, taken]))
}

function takenOf(
  gift: Gift,
  today: string,
  claims: ReadonlyMap<string, number>,
  quotas: ReadonlyMap<string, number>,
): EligibilityFacts['taken'] {
  const taken = { byMember: 0, today: 0, inCampaign: 0, ofQuota: 0 }
  for (const { counts, scope } of limitsOf(gift, today))
    taken[counts] = (scope ? claims.get(scope) : quotas.get(quotaIdOf(gift._id, today))) ?? 0
  return taken
}
