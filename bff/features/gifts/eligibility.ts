import { addDays, addYears, type BusinessDate, daysBetween } from '#shared/domain/business-date'
import { type Tier, tierNames, tiers } from '#shared/domain/enums'
import type { ErrorCode } from '#shared/domain/error-codes'
import { type Gift, type GiftGuards, plainRules } from './gift.model'

export interface Obstacle {
  /** What it is: an error code, or the name of the rule. */
  code: string
  /** The code with which an order is refused for it. */
  refusal: ErrorCode
  message: string
  help: string | null
  details: Record<string, unknown>
}

/** What a gift can ask of a member beside points. */
export interface MemberStanding {
  tier: Tier
  groups: readonly string[]
  joinedOn: BusinessDate
  birthday: BusinessDate | null
  isPhoneBound: boolean
  spend: readonly { date: BusinessDate; fen: number }[]
  available: number
  /** Rights of the name the gift asks for. */
  entitlements: number
}

/** What decides whether a member can redeem a gift now. */
export interface EligibilityFacts {
  gift: GiftGuards & Pick<Gift, '_id' | 'saleStartsAt' | 'saleEndsAt' | 'onSale'>
  standing: MemberStanding
  quantity: number
  /** Pieces that come from the pool `stock` tells of. */
  poolQuantity: number
  /** What one piece costs this member. */
  pricePoints: number
  stock: number
  /** Pieces taken under each limit. */
  taken: { byMember: number; today: number; inCampaign: number; ofQuota: number }
  debt: number
  isBlocked: boolean
  /** A check-in's usual points, for the estimate of how long the missing ones take. */
  pointsPerDay: number
  now: Date
  today: BusinessDate
}

const adultYears = 18

/** A longer wait than this encourages nobody. */
const tellableDays = 60

/** Every reason against redeeming these pieces, with what would help; empty when nothing is. Pure. */
export function findObstacles(facts: EligibilityFacts): Obstacle[] {
  const { standing, quantity, stock, debt, now, today } = facts
  const gift = { ...plainRules, ...facts.gift }
  const obstacles: Obstacle[] = []
  if (facts.isBlocked) obstacles.push(obstacle('member.blocked', '账号已被冻结', '请联系客服'))
  const sale = saleObstacle(gift, now)
  if (sale) obstacles.push(sale)
  if (stock < facts.poolQuantity)
    obstacles.push(
      obstacle('gift.sold_out', stock <= 0 ? '已经换完了' : `只剩 ${stock} 件了`, '过几天再来看看', {
        left: Math.max(0, stock),
      }),
    )
  obstacles.push(
    ...limitsOf(gift, today).flatMap((limit) => limitObstacle(limit, facts.taken[limit.counts], quantity)),
  )
  const perOrder = perOrderObstacle(gift, quantity)
  if (perOrder) obstacles.push(perOrder)
  obstacles.push(...standingObstacles(gift, standing, quantity, today))
  if (debt > 0)
    obstacles.push(obstacle('points.in_debt', `有 ${debt} 积分待补足`, '之后获得的积分会先补上', { debt }))
  const missing = facts.pricePoints * quantity - standing.available
  if (missing > 0) {
    // What comes in pays the debt first.
    const days = Math.ceil((missing + debt) / facts.pointsPerDay)
    const help = days <= tellableDays ? `再签到 ${days} 天左右` : '消费和签到都能攒'
    obstacles.push(obstacle('points.insufficient', `还差 ${missing} 积分`, help, { missing }))
  }
  return obstacles
}

const obstacle = (
  code: ErrorCode,
  message: string,
  help: string | null = null,
  details: Record<string, unknown> = {},
): Obstacle => ({ code, refusal: code, message, help, details })

/** A limit on pieces: what it counts, and under which scope of claims (null: the day's quota of all). */
export interface PieceLimit {
  counts: keyof EligibilityFacts['taken']
  scope: string | null
  limit: number
}

/** The limits of a gift on a business date. One piece a member is the rule of every campaign. */
export function limitsOf(gift: GiftGuards & Pick<Gift, '_id'>, today: BusinessDate): PieceLimit[] {
  const { perMemberLimit, perDayLimit, campaignId, dailyQuota } = { ...plainRules, ...gift }
  const scope = `gift:${gift._id}`
  const limits: (PieceLimit | null)[] = [
    perMemberLimit === null ? null : { counts: 'byMember', scope, limit: perMemberLimit },
    perDayLimit === null ? null : { counts: 'today', scope: `${scope}:${today}`, limit: perDayLimit },
    campaignId === null ? null : { counts: 'inCampaign', scope: `campaign:${campaignId}`, limit: 1 },
    dailyQuota === null ? null : { counts: 'ofQuota', scope: null, limit: dailyQuota },
  ]
  return limits.filter((limit) => limit !== null)
}

const limitTexts = {
  byMember: { code: 'gift.limit_reached', refusal: 'gift.limit_reached', help: null },
  today: { code: 'per_day', refusal: 'gift.limit_reached', help: '明天再来' },
  inCampaign: { code: 'campaign', refusal: 'gift.limit_reached', help: '去看看别的' },
  ofQuota: { code: 'daily_quota', refusal: 'gift.sold_out', help: '明天再来' },
} as const

const limitMessages: Record<PieceLimit['counts'], (limit: number, left: number) => string> = {
  byMember: (limit, left) => (left > 0 ? `你还能再换 ${left} 件` : `每人最多换 ${limit} 件，你已经换过了`),
  today: (limit, left) => (left > 0 ? `今天还能再换 ${left} 件` : `每人每天最多换 ${limit} 件`),
  inCampaign: (_limit, left) => (left > 0 ? '这个活动每人限换 1 件' : '这个活动每人限换 1 件，你已经换过了'),
  ofQuota: (limit, left) => (left > 0 ? `今天只剩 ${left} 件了` : `每天 ${limit} 件，今天的已经换完`),
}

/** Why so many more pieces do not fit under a limit, or nothing. */
export function limitObstacle({ counts, limit }: PieceLimit, taken: number, quantity: number): Obstacle[] {
  const left = Math.max(0, limit - taken)
  if (quantity <= left) return []
  return [
    { ...limitTexts[counts], message: limitMessages[counts](limit, left), details: { limit, left, counts } },
  ]
}

/** Why an order may not hold so many pieces, or null. */
export function perOrderObstacle(gift: GiftGuards, quantity: number): Obstacle | null {
  const { perOrderLimit: limit } = { ...plainRules, ...gift }
  if (limit === null || quantity <= limit) return null
  return {
    code: 'per_order',
    refusal: 'gift.limit_reached',
    message: `一张订单最多换 ${limit} 件`,
    help: '分几次换',
    details: { limit, left: limit, counts: 'order' },
  }
}

/** What the gift asks of the member and the member has not; each refuses an order with `gift.not_eligible`. */
export function standingObstacles(
  guards: GiftGuards,
  member: MemberStanding,
  quantity: number,
  today: BusinessDate,
): Obstacle[] {
  const gift = { ...plainRules, ...guards }
  const found: Obstacle[] = []
  const ask = (isMet: boolean, code: string, message: string, help: string | null, details = {}) => {
    if (!isMet) found.push({ code, refusal: 'gift.not_eligible', message, help, details })
  }
  if (gift.minimumTier) {
    const steps = tiers.indexOf(gift.minimumTier) - tiers.indexOf(member.tier)
    const help = steps === 1 ? '再升一级就可以' : `再升 ${steps} 级就可以`
    const tier = gift.minimumTier
    ask(steps <= 0, 'tier', `${tierNames[tier]}${tier === 'diamond' ? '' : '及以上'}可兑`, help, {
      minimumTier: tier,
    })
  }
  if (gift.groups.length > 0) {
    const isIn = gift.groups.some((name) => member.groups.includes(name))
    ask(isIn, 'group', `仅限${gift.groups.join('、')}兑换`, null, { groups: gift.groups })
  }
  if (gift.newMemberDays !== null) {
    const isNew = daysBetween(member.joinedOn, today) < gift.newMemberDays
    ask(isNew, 'new_member', `仅限加入 ${gift.newMemberDays} 天内的新会员`, null, {
      days: gift.newMemberDays,
    })
  }
  if (gift.adultsOnly) {
    const isAdult = member.birthday !== null && addYears(member.birthday, adultYears) <= today
    const help = member.birthday === null ? '请先登记生日' : null
    ask(isAdult, 'adult', `年满 ${adultYears} 周岁才能兑换`, help)
  }
  if (gift.phoneRequired) ask(member.isPhoneBound, 'phone', '要先绑定手机号', '绑定手机号后就可以')
  if (gift.spendThreshold) {
    const { fen, windowDays } = gift.spendThreshold
    const missing = fen - spentWithin(member.spend, windowDays, today)
    const message = `最近 ${windowDays} 天消费满 ${yuan(fen)} 元可兑`
    ask(missing <= 0, 'spend', message, `再消费 ${yuan(missing)} 元`, { missingFen: missing })
  }
  if (gift.entitlement !== null) {
    const isHeld = member.entitlements >= quantity
    ask(isHeld, 'entitlement', `需要${gift.entitlement}资格`, '获得资格后再来', {
      entitlement: gift.entitlement,
      held: member.entitlements,
    })
  }
  const short = gift.minimumBalance - member.available
  const balanceMessage = `可用积分满 ${gift.minimumBalance} 才能参加`
  ask(short <= 0, 'minimum_balance', balanceMessage, `还差 ${short} 积分`, { missing: short })
  return found
}

/** The window's last day is today. */
const spentWithin = (spend: MemberStanding['spend'], windowDays: number, today: BusinessDate): number =>
  spend
    .filter(({ date }) => date <= today && date > addDays(today, -windowDays))
    .reduce((sum, { fen }) => sum + fen, 0)

const yuan = (fen: number): string => (fen / 100).toFixed(fen % 100 === 0 ? 0 : 2)

/** Why a gift is not on sale now, or null when it is. */
export function saleObstacle(
  gift: Pick<Gift, 'saleStartsAt' | 'saleEndsAt' | 'onSale'>,
  now: Date,
): Obstacle | null {
  const code = 'gift.not_on_sale'
  if (!gift.onSale) return obstacle(code, '这件礼品已经下架', '去看看别的')
  if (gift.saleStartsAt && gift.saleStartsAt > now) {
    return obstacle(code, '还没有开始', '开始后再来', { startsAt: gift.saleStartsAt.toISOString() })
  }
  if (gift.saleEndsAt && gift.saleEndsAt <= now) return obstacle(code, '活动已经结束', '去看看别的')
  return null
}
