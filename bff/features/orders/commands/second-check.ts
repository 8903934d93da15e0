import { DomainError } from '../../../kernel/errors'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { findPhone, requireActiveMember } from '../../members'
import { readSettings } from '../../settings'
import { type CodeVerdict, sendCode, spendCode, tryCode } from '../../verification-codes'
import { type Order, OrderModel } from '../order.model'
import { givesBack } from '../orders.states'

const ownerOf = (memberId: string) => ({ memberId, purpose: 'order' }) as const

/**
 * Sends a member the code that an order of many points needs.
 * @throws `member.phone_required`, `member.phone_too_new` for a day after it changed, `member.blocked`, `member.closed`, and as `sendCode`
 */
export async function sendOrderCode(services: Services, memberId: string) {
  if (!services.sms) throw new DomainError('sms.not_configured')
  await requireActiveMember(memberId)
  const phone = await findPhone(services, memberId)
  if (!phone) throw new DomainError('member.phone_required')
  if (phone.trustedFrom && phone.trustedFrom > services.clock.now())
    throw new DomainError('member.phone_too_new', {
      details: { availableAt: phone.trustedFrom.toISOString() },
    })
  const { expiresAt, resendAt } = await sendCode(services, ownerOf(memberId), phone.number)
  return {
    phoneMasked: phone.masked,
    expiresAt: expiresAt.toISOString(),
    resendAt: resendAt.toISOString(),
  }
}

/** What the code that came with an order is worth; counted at once. Call it outside the order's transaction. */
export const tryOrderCode = async (
  services: Services,
  memberId: string,
  code: string | undefined,
  clientAddress: string,
): Promise<CodeVerdict | null> =>
  code === undefined ? null : tryCode(services, ownerOf(memberId), { code, clientAddress })

/**
 * Lets an order through that needs no code, or whose code is right; then the code is used up with it. By the total that
 * is charged and what the member ordered without a code on the same business day, so that a split order needs one too.
 * In the order's transaction, after its hold: two orders of one member write one account, so one runs again and sees
 * the other.
 * @returns the business date whose orders without a code it counts among, or null for one with a code.
 * @throws `order.second_check_required`, `order.second_check_wrong`, `order.second_check_expired`
 */
export async function passSecondCheck(
  services: Services,
  { memberId, totalPoints, placedAt }: Pick<Order, 'memberId' | 'totalPoints' | 'placedAt'>,
  verdict: CodeVerdict | null,
): Promise<string | null> {
  const today = services.calendar.dateOf(placedAt)
  const { secondCheckPoints } = await readSettings()
  if (secondCheckPoints === 0 || totalPoints === 0) return today
  const isDear = totalPoints >= secondCheckPoints
  if (!isDear && (await sumUnchecked(memberId, today)) + totalPoints < secondCheckPoints) return today
  if (!verdict) throw await codeRequired(services, memberId, { points: secondCheckPoints, isDear })
  if (verdict.outcome === 'wrong') throw wrongCode(verdict.triesLeft)
  if (verdict.outcome === 'expired' || !(await spendCode(ownerOf(memberId), verdict.hash)))
    throw new DomainError('order.second_check_expired')
  return null
}

/** Points of a member's orders of a business date that had no code; what was given back counts no more. */
async function sumUnchecked(memberId: string, uncheckedOn: string): Promise<number> {
  assertInTransaction()
  const [sum] = await OrderModel.aggregate<{ points: number }>([
    { $match: { memberId, uncheckedOn, state: { $nin: [...givesBack] } } },
    { $group: { _id: null, points: { $sum: '$totalPoints' } } },
  ])
  return sum?.points ?? 0
}

async function codeRequired(
  services: Services,
  memberId: string,
  { points, isDear }: { points: number; isDear: boolean },
): Promise<DomainError> {
  const phone = await findPhone(services, memberId)
  const bySum = isDear ? undefined : `今天兑换的积分加起来到了 ${points}，这一单需要短信验证码确认`
  return new DomainError('order.second_check_required', {
    message: phone ? bySum : '这一单需要短信验证码，请先绑定手机号；以前绑过的请重新绑定一次',
    details: { phoneMasked: phone?.masked ?? null, points },
  })
}

const wrongCode = (triesLeft: number) =>
  new DomainError('order.second_check_wrong', {
    message: triesLeft > 0 ? `验证码不对，还可以试 ${triesLeft} 次` : '验证码错了太多次，请重新获取',
    details: { triesLeft },
  })
