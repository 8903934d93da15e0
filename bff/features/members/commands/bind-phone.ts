import { DomainError } from '../../../kernel/errors'
import { seal } from '../../../kernel/secrets'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { identityHash, phoneKey } from '../identities'
import { ClosedIdentityModel, type MemberKey, MemberKeyModel, MemberModel } from '../member.model'
import { maskPhone } from '../phone-mask'
import { findOpenMember } from '../queries/find-open-member'

/** Takes the places that one account of a person took, for another one of his. */
export type CarryOver = (fromMemberId: string, toMemberId: string, today: string) => Promise<void>

/** Who came by a member's session must not move his codes to another phone and spend at once. */
const distrustedMs = 24 * 3_600_000

/**
 * Binds the phone number behind a code of WeChat's button; a number belongs to one account. It is known by a keyed hash
 * and kept sealed, to send codes to: a number that takes another one's place only after a day. A person known by it from an account he closed gets no once-per-person
 * gift again.
 * @throws `member.phone_taken`, `member.closed`, `auth.wechat_code_invalid`
 */
export async function bindPhone(
  services: Pick<Services, 'clock' | 'calendar' | 'wechat' | 'codeKeys'>,
  carryOver: CarryOver,
  memberId: string,
  code: string,
): Promise<void> {
  const phone = await services.wechat.phoneNumberOf(code)
  const key = phoneKey(services, phone)
  const ring = services.codeKeys.sealing
  const sealed = { sealed: seal(ring, phone, key), keyName: ring[0]?.name ?? '' }
  try {
    await inTransaction(async () => {
      await findOpenMember(memberId)
      const [former] = await MemberKeyModel.find({ memberId, _id: /^phone:/ }).lean()
      const trustedFrom = trustedFromOf(former, key, services.clock.now())
      await MemberKeyModel.deleteMany({ memberId, _id: /^phone:/ })
      await MemberKeyModel.insertMany([{ _id: key, memberId, ...sealed, trustedFrom }])
      const changes = { isPhoneBound: true, phoneMasked: maskPhone(phone) }
      await MemberModel.updateOne({ _id: memberId }, { $set: changes })
      const closed = await ClosedIdentityModel.findById(identityHash(services, key)).lean()
      if (closed) await carryOver(closed.memberId, memberId, services.calendar.dateOf(services.clock.now()))
    })
  } catch (error) {
    throw isDuplicateKey(error) ? new DomainError('member.phone_taken') : error
  }
}

/** The first number is trusted at once, the same one again as it was. */
function trustedFromOf(former: MemberKey | undefined, key: string, now: Date): Date | null {
  if (!former) return null
  return former._id === key ? (former.trustedFrom ?? null) : new Date(now.getTime() + distrustedMs)
}
