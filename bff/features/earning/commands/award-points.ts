import type { Settings } from '#shared/contracts/settings'
import { addYears, type BusinessDate, daysBetween, monthOf } from '#shared/domain/business-date'
import { limits } from '#shared/domain/limits'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { earnPoints, readPoints } from '../../points'
import type { Caps } from '../earning-rule.model'
import { type Cut, type Share, sumOf } from '../evaluate'
import { type Allowance, openCounters } from './count-earned'

/** A share with what it may add at most and how long it lives. */
export interface AwardShare extends Share {
  /** The caps of its rule; null when it has none. */
  caps: Caps | null
  /** The last business date of its points; a year from `businessDate` when null. */
  expiresOn: BusinessDate | null
}

export interface Award {
  memberId: string
  /** Natural key: the same cause never earns twice. */
  key: string
  source: string
  title: string
  detail?: string
  /** The programme's numbers, as the transaction sees them. */
  settings: Settings
  /** The day that the caps per day and month count it on. */
  businessDate: BusinessDate
  shares: readonly AwardShare[]
  /** What was cut before, told beside what is cut here. */
  cuts?: readonly Cut[]
}

/** An entry that was posted, and its points. */
export interface AwardEntry {
  key: string
  expiresOn: BusinessDate
  points: number
}

/** A share as it was given. */
export interface GivenShare extends Share {
  expiresOn: BusinessDate
  /** What caps over time took from it. */
  cutPoints: number
  /** The counters it was counted on, to take it off again. */
  counterIds: string[]
}

export interface Awarded {
  points: number
  shares: GivenShare[]
  cuts: Cut[]
  /** Keys of the entries that were posted, one for each expiry date; none when nothing was left. */
  entries: AwardEntry[]
}

type EarningServices = Pick<Services, 'clock' | 'calendar'>

/**
 * The one way to earn: gives each share what its rule's caps, the programme's caps per day and month and the ceiling on a
 * balance leave of it, in the caller's transaction. What is cut stands in the entry, in the member's words.
 * @throws `member.closed`; a duplicate-key error when the key was used.
 */
export async function awardPoints(services: EarningServices, award: Award): Promise<Awarded> {
  assertInTransaction()
  const { settings } = award
  const ofProgramme = programmeAllowances(services, award, settings)
  const ofShares = award.shares.map((share) => ruleAllowances(services, award, share))
  const counters = await openCounters([...ofProgramme, ...ofShares.flat()])
  const cuts: Cut[] = [...(award.cuts ?? [])]
  const shares: GivenShare[] = award.shares.map((share, i) => {
    const { points, cutBy } = counters.fit(share.points, ofShares[i] ?? [])
    if (cutBy) cuts.push({ ruleId: share.ruleId, reason: cutBy.reason, points: share.points - points })
    counters.add(points, ofShares[i] ?? [])
    return given(services, award, share, points)
  })
  const { points: fitting, cutBy } = counters.fit(sumOf(shares), ofProgramme)
  const ceiling = await roomBelowCeiling(services, award.memberId, settings)
  const total = Math.min(fitting, ceiling)
  const over = sumOf(shares) - total
  if (over > 0) {
    const reason =
      ceiling < fitting || !cutBy ? `积分最多存到 ${settings.balanceCeilingPoints}` : cutBy.reason
    cuts.push({ ruleId: null, reason, points: over })
    cutFromLast(shares, over, (i, points) => counters.add(-points, ofShares[i] ?? []))
  }
  counters.add(total, ofProgramme)
  await counters.save()
  for (const [i, share] of shares.entries())
    share.counterIds = [...(ofShares[i] ?? []), ...ofProgramme].map(({ counterId }) => counterId)
  return { points: total, shares, cuts, entries: await post(services, award, shares, cuts) }
}

function given(services: EarningServices, award: Award, share: AwardShare, points: number): GivenShare {
  const today = services.calendar.dateOf(services.clock.now())
  const wanted = share.expiresOn ?? addYears(award.businessDate, 1)
  const { ruleId, name } = share
  // What is told late lives today at least: it could not be spent before.
  const expiresOn = daysBetween(wanted, today) > 0 ? today : wanted
  return { ruleId, name, points, expiresOn, cutPoints: share.points - points, counterIds: [] }
}

function cutFromLast(shares: GivenShare[], over: number, onCut: (i: number, points: number) => void): void {
  let left = over
  for (let i = shares.length - 1; i >= 0 && left > 0; i -= 1) {
    const share = shares[i] as GivenShare
    const points = Math.min(left, share.points)
    share.points -= points
    share.cutPoints += points
    left -= points
    onCut(i, points)
  }
}

/** One entry for each expiry date; the cuts stand in the first. */
async function post(
  services: EarningServices,
  { memberId, key, source, title, detail }: Award,
  shares: readonly GivenShare[],
  cuts: readonly Cut[],
): Promise<Awarded['entries']> {
  const earning = shares.filter(({ points }) => points > 0)
  const dates = [...new Set(earning.map(({ expiresOn }) => expiresOn))].sort()
  const told = cuts
    .filter(({ points }) => points > 0)
    .map(({ reason, points }) => `${reason}，少得 ${points}`)
  const entries: AwardEntry[] = []
  for (const [i, expiresOn] of dates.entries()) {
    const ofDate = earning.filter((share) => share.expiresOn === expiresOn)
    const entry = { key: i === 0 ? key : `${key}:${i + 1}`, expiresOn, points: sumOf(ofDate) }
    await earnPoints(services, {
      memberId,
      ...entry,
      source,
      title,
      detail: [detail, ...(i === 0 ? told : [])].filter(Boolean).join('；') || undefined,
      rules: ofDate.map(({ ruleId, name, points }) => ({ id: ruleId, title: `${name} ${points}` })),
    })
    entries.push(entry)
  }
  return entries
}

async function roomBelowCeiling(
  services: EarningServices,
  memberId: string,
  { balanceCeilingPoints }: Settings,
): Promise<number> {
  // The ledger has that limit itself.
  if (balanceCeilingPoints === limits.pointsMax) return limits.pointsMax
  const { available, debt } = await readPoints(services, memberId)
  return Math.max(0, balanceCeilingPoints - available + debt)
}

/** Counters of days and months are kept as long as something of them may still be told late, or taken back. */
const keptMs = 100 * 86_400_000

function programmeAllowances(
  { calendar }: EarningServices,
  { memberId, businessDate }: Award,
  { dayCapPoints, monthCapPoints }: Settings,
): Allowance[] {
  const month = monthOf(businessDate)
  const expiresAt = new Date(calendar.startOf(businessDate).getTime() + keptMs)
  return [
    ...capOf(dayCapPoints || null, `day:${memberId}:${businessDate}`, '每天最多得', expiresAt),
    ...capOf(monthCapPoints || null, `month:${memberId}:${month}`, '每月最多得', expiresAt),
  ]
}

function ruleAllowances(
  { calendar }: EarningServices,
  { memberId, businessDate }: Award,
  { ruleId, name, caps }: AwardShare,
): Allowance[] {
  if (!caps) return []
  // A new version of a rule goes on counting where the one before was.
  const rule = ruleId.split('@')[0] ?? ruleId
  const expiresAt = new Date(calendar.startOf(businessDate).getTime() + keptMs)
  return [
    ...capOf(caps.perDay, `rule:${rule}:day:${memberId}:${businessDate}`, `${name}每天最多`, expiresAt),
    ...capOf(
      caps.perMonth,
      `rule:${rule}:month:${memberId}:${monthOf(businessDate)}`,
      `${name}每月最多`,
      expiresAt,
    ),
    ...capOf(caps.perMember, memberCounterOf(rule, memberId), `${name}每人最多`, null),
    ...capOf(caps.budget, budgetCounterOf(rule), `${name}的积分已经发完，一共`, null),
  ]
}

/** What a rule gave of its budget, over all its versions. */
export const budgetCounterOf = (ruleId: string): string => `rule:${ruleId}:budget`

/** What a rule gave one member in all. */
export const memberCounterOf = (ruleId: string, memberId: string): string =>
  `rule:${ruleId}:member:${memberId}`

const capOf = (cap: number | null, counterId: string, words: string, expiresAt: Date | null): Allowance[] =>
  cap === null ? [] : [{ counterId, cap, expiresAt, reason: `${words} ${cap} 积分` }]
