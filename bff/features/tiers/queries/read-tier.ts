import type { z } from 'zod'
import type { adminTier, readTier as contract } from '#shared/contracts/tiers'
import { type Tier, tiers } from '#shared/domain/enums'
import { notFound } from '../../../kernel/errors'
import type { Services } from '../../../platform/services'
import { countTierGifts } from '../../gifts'
import { floorOf, loanOf } from '../../members'
import { readStanding, type Standing } from '../commands/settle-tier'
import { falloffOf, growthOn, oldestDate, rankOf, rewardsOf, thresholdsOf } from '../growth'

const recentDays = 10

/** A member's tier, his growth and what each tier gives today. @throws `resource.not_found` */
export async function readTier(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
): Promise<z.input<typeof contract.response>> {
  const standing = await readStanding(services, memberId)
  if (!standing) throw notFound('没有这位会员')
  const { account, settings } = standing
  const thresholds = thresholdsOf(settings)
  const state = presentStanding(standing)
  const next = tiers[rankOf(state.tier) + 1]
  const percents: Record<Tier, number> = {
    regular: 100,
    silver: settings.silverPercent,
    gold: settings.goldPercent,
    platinum: settings.platinumPercent,
    diamond: settings.diamondPercent,
  }
  const giftsByTier = await countTierGifts(services)
  return {
    ...state,
    next: next ? { tier: next, missing: Math.max(0, thresholds[next] - state.growth) } : null,
    tiers: tiers.map((tier) => ({
      tier,
      threshold: thresholds[tier],
      pointsPercent: percents[tier],
      rewardPoints: rewardsOf(settings)[tier],
      isRewarded: account.rewardedTiers.includes(tier),
      ...giftsByTier[tier],
    })),
    earning: { perYuan: settings.growthPerYuan, perCheckIn: settings.growthPerCheckIn },
  }
}

/** What stands in a member's growth account, for admins. @throws `resource.not_found` */
export async function readAdminTier(
  services: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
): Promise<z.input<typeof adminTier>> {
  const standing = await readStanding(services, memberId)
  if (!standing) throw notFound('没有这位会员')
  return { ...presentStanding(standing), rewardedTiers: standing.account.rewardedTiers }
}

function presentStanding({ member, account, today }: Standing) {
  const counting = account.days.filter(({ date }) => date >= oldestDate(today) && date <= today)
  const [oldest] = counting
  return {
    tier: member.tier,
    growth: growthOn(account.days, today),
    floor: floorOf(member, today),
    lent: loanOf(member, today),
    keptUntil: account.keptUntil,
    nextFalloff: oldest ? { date: falloffOf(oldest.date), value: oldest.value } : null,
    recent: counting.slice(-recentDays).reverse(),
  }
}
