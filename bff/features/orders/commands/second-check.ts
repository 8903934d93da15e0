import { DomainError } from '../../../kernel/errors'
import type { Services } from '../../../platform/services'
import { findPhone, requireActiveMember } from '../../members'
import { readSettings } from '../../settings'
import { type CodeVerdict, sendCode, spendCode, tryCode } from '../../verification-codes'

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
): Promise<CodeVerdict | null> => (code === undefined ? null : tryCode(services, ownerOf(memberId), code))

/**
 * Lets an order through that needs no code, or whose code is right; then the code is used up with it. By the total that
 * is charged, in the order's transaction.
 * @throws `order.second_check_required`, `order.second_check_wrong`, `order.second_check_expired`
 */
export async function passSecondCheck(
  services: Services,
  { memberId, totalPoints }: { memberId: string; totalPoints: number },
  verdict: CodeVerdict | null,
): Promise<void> {
  const { secondCheckPoints } = await readSettings()
  if (secondCheckPoints === 0 || totalPoints < secondCheckPoints) return
  if (!verdict) throw await codeRequired(services, memberId, secondCheckPoints)
  if (verdict.outcome === 'wrong') throw wrongCode(verdict.triesLeft)
  if (verdict.outcome === 'expired' || !(await spendCode(ownerOf(memberId), verdict.hash)))
    throw new DomainError('order.second_check_expired')
}

async function codeRequired(services: Services, memberId: string, points: number): Promise<DomainError> {
  const phone = await findPhone(services, memberId)
  return new DomainError('order.second_check_required', {
    message: phone ? undefined : '这一单需要短信验证码，请先绑定手机号；以前绑过的请重新绑定一次',
    details: { phoneMasked: phone?.masked ?? null, points },
  })
}

const wrongCode = (triesLeft: number) =>
  new DomainError('order.second_check_wrong', {
    message: triesLeft > 0 ? `验证码不对，还可以试 ${triesLeft} 次` : '验证码错了太多次，请重新获取',
    details: { triesLeft },
  })
