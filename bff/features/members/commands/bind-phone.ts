import { DomainError } from '../../../kernel/errors'
import { seal } from '../../../kernel/secrets'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { identityHash, phoneKey } from '../identities'
import { ClosedIdentityModel, MemberKeyModel, MemberModel } from '../member.model'
import { maskPhone } from '../phone-mask'
import { findOpenMember } from '../queries/find-open-member'

/** Takes the places that one account of a person took, for another one of his. */
export type CarryOver = (fromMemberId: string, toMemberId: string, today: string) => Promise<void>

/**
 * Binds the phone number behind a code of WeChat's button; a number belongs to one account. It is known by a keyed hash
 * and kept sealed, to send codes to. A person known by it from an account he closed gets no once-per-person
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
      await MemberKeyModel.deleteMany({ memberId, _id: /^phone:/ })
      await MemberKeyModel.insertMany([{ _id: key, memberId, ...sealed }])
      const changes = { isPhoneBound: true, phoneMasked: maskPhone(phone) }
      await MemberModel.updateOne({ _id: memberId }, { $set: changes })
      const former = await ClosedIdentityModel.findById(identityHash(services, key)).lean()
      if (former) await carryOver(former.memberId, memberId, services.calendar.dateOf(services.clock.now()))
    })
  } catch (error) {
    throw isDuplicateKey(error) ? new DomainError('member.phone_taken') : error
  }
}
