import type { ErrorCode } from '#shared/domain/error-codes'
import type { Gift } from './gift.model'

export interface Obstacle {
  code: ErrorCode
  message: string
  help: string | null
}

/** What decides whether a member can redeem a gift now. */
export interface EligibilityFacts {
  gift: Pick<Gift, 'pricePoints' | 'perMemberLimit' | 'saleStartsAt' | 'saleEndsAt' | 'onSale'>
  stock: number
  claimed: number
  available: number
  debt: number
  isBlocked: boolean
  /** A check-in's usual points, for the estimate of how long the missing ones take. */
  pointsPerDay: number
  now: Date
}

/** Every reason against redeeming one piece, with what would help; empty when nothing is. */
export function findObstacles(facts: EligibilityFacts): Obstacle[] {
  const { gift } = facts
  const obstacles: Obstacle[] = []
  const add = (code: ErrorCode, message: string, help: string | null = null) =>
    obstacles.push({ code, message, help })

  if (facts.isBlocked) add('member.blocked', '账号已被冻结', '请联系客服')
  const sale = saleObstacle(gift, facts.now)
  if (sale) obstacles.push(sale)
  if (facts.stock === 0) add('gift.sold_out', '已经换完了', '过几天再来看看')
  if (gift.perMemberLimit !== null && facts.claimed >= gift.perMemberLimit) {
    add('gift.limit_reached', `每人最多换 ${gift.perMemberLimit} 件，你已经换过了`)
  }
  if (facts.debt > 0) add('points.in_debt', `有 ${facts.debt} 积分待补足`, '之后获得的积分会先补上')
  const missing = gift.pricePoints - facts.available
  if (missing > 0) {
    // What comes in pays the debt first.
    const days = Math.ceil((missing + facts.debt) / facts.pointsPerDay)
    add('points.insufficient', `还差 ${missing} 积分`, `再签到 ${days} 天左右`)
  }
  return obstacles
}

/** Why a gift is not on sale now, or null when it is. */
export function saleObstacle(gift: EligibilityFacts['gift'], now: Date): Obstacle | null {
  const code = 'gift.not_on_sale'
  if (!gift.onSale) return { code, message: '这件礼品已经下架', help: '去看看别的' }
  if (gift.saleStartsAt && gift.saleStartsAt > now) return { code, message: '还没有开始', help: '开始后再来' }
  if (gift.saleEndsAt && gift.saleEndsAt <= now) return { code, message: '活动已经结束', help: '去看看别的' }
  return null
}
