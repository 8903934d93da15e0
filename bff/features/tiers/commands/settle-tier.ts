import type { Settings } from '#shared/contracts/settings'
import { addDays, type BusinessDate } from '#shared/domain/business-date'
import { type Tier, tierNames, tiers } from '#shared/domain/enums'
import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { awardPoints } from '../../earning'
import { findMemberById, floorOf, loanOf, type Member, ownTierOf, setTier } from '../../members'
import { readSettings } from '../../settings'
import {
  fallsBelowOn,
  growthOn,
  higherOf,
  judgedBy,
  lowerOf,
  rankOf,
  rewardsOf,
  thresholdsOf,
  tierFor,
} from '../growth'
import { emptyAccount, type GrowthAccount, GrowthAccountModel } from '../growth-account.model'

export type TierServices = Pick<Services, 'clock' | 'calendar' | 'outbox'>

export interface Standing {
  member: Member
  account: GrowthAccount
  settings: Settings
  today: BusinessDate
}

/** What a member's tier is judged by, as the transaction sees it; null for one who left. */
export async function readStanding(
  { clock, calendar }: Pick<Services, 'clock' | 'calendar'>,
  memberId: string,
): Promise<Standing | null> {
  const member = await findMemberById(memberId)
  if (!member || member.closedAt) return null
  const account = (await GrowthAccountModel.findById(memberId).lean()) ?? emptyAccount(memberId)
  return { member, account, settings: await readSettings(), today: calendar.dateOf(clock.now()) }
}

/**
 * Brings a member's tier in line with his growth and floor, in the caller's transaction: up at once, down when the grace
 * is over. Every tier reached is rewarded once ever, those passed on the way too: the same whether one purchase brought
 * it or several, and nothing is won by falling and rising again. By hand, no grace holds and nobody is told. A tier that
 * is lent lies over all this and changes nothing of it: when the loan ends, the member has what he would have without it.
 */
export async function settleTier(
  services: TierServices,
  { member, account, settings, today }: Standing,
  { isByHand = false, loan = loanOf(member, today) } = {},
): Promise<void> {
  assertInTransaction()
  const memberId = member._id
  const own = ownTierOf(member)
  const floor = floorOf(member, today)
  const grown = tierFor(growthOn(account.days, today), settings)
  // Lower thresholds raise nobody who is blocked.
  const earned = member.blockedReason === null ? grown : lowerOf(grown, own)
  const due = higherOf(earned, floor?.tier ?? 'regular')
  const isGraceOver =
    isByHand || hasFloorEnded(member, today) || (account.keptUntil !== null && account.keptUntil < today)
  const isKept = rankOf(due) < rankOf(own) && !isGraceOver
  const keptUntil = isKept ? (account.keptUntil ?? addDays(today, settings.tierGraceDays)) : null
  const tier = isKept ? own : due
  const shown = await setTier(memberId, { own: tier, floor, loan })
  if (!isByHand)
    await tell(services, {
      memberId,
      before: account.keptUntil,
      keptUntil,
      own,
      due,
      from: member.tier,
      shown,
    })
  const rewardedTiers = await reward(services, { memberId, account, earned, settings, today })
  const reviewOn = soonest(
    isKept ? dayAfter(keptUntil) : reviewDate({ tier, floor, days: account.days, settings, today }),
    dayAfter(loan?.until ?? null),
  )
  await saveAccount({ ...account, rewardedTiers, keptUntil, reviewOn, judgedBy: judgedBy(settings) })
}

const dayAfter = (date: BusinessDate | null): BusinessDate | null => date && addDays(date, 1)

const soonest = (one: BusinessDate | null, other: BusinessDate | null): BusinessDate | null =>
  one && other ? (one < other ? one : other) : (one ?? other)

/** A tier that was given until a date goes with it: its end was known. */
const hasFloorEnded = (member: Member, today: BusinessDate): boolean => {
  const { tierFloor } = member
  return tierFloor?.tier === ownTierOf(member) && tierFloor.until !== null && tierFloor.until < today
}

/** The day after the floor ends, or the day the growth falls below the tier: whichever may lower it. */
function reviewDate({
  tier,
  floor,
  days,
  settings,
  today,
}: {
  tier: Tier
  floor: Member['tierFloor']
  days: GrowthAccount['days']
  settings: Settings
  today: BusinessDate
}): BusinessDate | null {
  const isHeld = floor?.tier === tier
  if (isHeld) return dayAfter(floor.until)
  return fallsBelowOn(days, today, thresholdsOf(settings)[tier])
}

interface Telling {
  memberId: string
  before: BusinessDate | null
  keptUntil: BusinessDate | null
  own: Tier
  due: Tier
  /** What the member had, and has now, loans among it. */
  from: Tier
  shown: Tier
}

async function tell(
  { outbox }: TierServices,
  { memberId, before, keptUntil, own, due, from, shown }: Telling,
): Promise<void> {
  if (keptUntil && !before)
    await outbox.publish('member.tier-at-risk', { memberId, tier: own, due, keptUntil })
  if (rankOf(shown) > rankOf(from)) await outbox.publish('member.tier-raised', { memberId, tier: shown })
  if (rankOf(shown) < rankOf(from)) await outbox.publish('member.tier-lowered', { memberId, tier: shown })
}

async function reward(
  services: TierServices,
  {
    memberId,
    account,
    earned,
    settings,
    today,
  }: { memberId: string; account: GrowthAccount; earned: Tier; settings: Settings; today: BusinessDate },
): Promise<Tier[]> {
  const rewardedTiers = [...account.rewardedTiers]
  for (const tier of tiers.slice(1, rankOf(earned) + 1)) {
    const points = rewardsOf(settings)[tier]
    if (rewardedTiers.includes(tier)) continue
    rewardedTiers.push(tier)
    if (points === 0) continue
    const ruleId = `tier-reward.${tier}`
    const name = `升级到${tierNames[tier]}`
    await awardPoints(services, {
      memberId,
      key: `tier-reward:${tier}`,
      source: 'tier-reward',
      title: '升级礼',
      detail: tierNames[tier],
      settings,
      businessDate: today,
      shares: [{ ruleId, name, points, caps: null, expiresOn: null }],
    })
  }
  return rewardedTiers
}

async function saveAccount({ _id, ...fields }: GrowthAccount): Promise<void> {
  await GrowthAccountModel.updateOne({ _id }, { $set: fields }, { upsert: true }).catch((error: unknown) => {
    // Grew for the first time twice at once: the second then adds to the first.
    throw isDuplicateKey(error) ? new StaleReadError('growth account') : error
  })
}
