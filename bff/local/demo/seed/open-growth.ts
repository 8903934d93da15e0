import { GrowthAccountModel } from '#bff/features/tiers/growth-account.model'
import { addDays } from '#shared/domain/business-date'
import { type Tier, tiers } from '#shared/domain/enums'
import type { WorldMember } from '../world/members'
import { createRandom } from './random'
import type { Stage } from './stage'

/** What each tier's members brought along from the shop's old cards: enough for the tier, well below the next one. */
const broughtByTier: Record<Tier, number> = {
  regular: 0,
  silver: 1_860,
  gold: 11_480,
  platinum: 31_240,
  diamond: 58_020,
}

/** Purchases of a regular member must not make him silver. */
const mostByTier: Record<Tier, number> = { regular: 60, silver: 260, gold: 420, platinum: 600, diamond: 900 }

/**
 * A member's growth as his tier needs it, so that no sweep lowers him. Like the tier it is written down directly, purchases
 * on later days too: they count from their day on.
 */
export async function openGrowth(
  stage: Stage,
  memberId: string,
  { id, tier, joinedDaysAgo }: WorldMember,
): Promise<void> {
  const random = createRandom(joinedDaysAgo * 100 + id.length)
  const days = [{ date: addDays(stage.today, -joinedDaysAgo), value: broughtByTier[tier] }]
  for (let ago = joinedDaysAgo - random.between(2, 5); ago > 0; ago -= random.between(4, 8))
    days.push({ date: addDays(stage.today, -ago), value: random.between(12, mostByTier[tier]) })
  await GrowthAccountModel.insertMany([
    {
      _id: memberId,
      days: days.filter(({ value }) => value > 0),
      rewardedTiers: tiers.slice(1, tiers.indexOf(tier) + 1),
      keptUntil: null,
      reviewOn: null,
      // The first sweep finds out when there is something to do.
      judgedBy: 'demo',
    },
  ])
}
