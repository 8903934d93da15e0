import { DomainError } from '../../../kernel/errors'
import { inTransaction, isDuplicateKey } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { identityHash, phoneKey } from '../identities'
import { ClosedIdentityModel, MemberKeyModel, MemberModel } from '../member.model'
import { findOpenMember } from '../queries/find-open-member'

/** Takes the places that one account of a person took, for another one of his. */
export type CarryOver = (fromMemberId: string, toMemberId: string, today: string) => Promise<void>

/**
 * Binds the phone number behind a code of WeChat's button; a number belongs to one account. The number itself is not
 * kept: only how it is shown, and a keyed hash. A person known by it from an account he closed gets no once-per-person
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
  try {
    await inTransaction(async () => {
      await findOpenMember(memberId)
      await MemberKeyModel.deleteMany({ memberId, _id: /^phone:/ })
      await MemberKeyModel.insertMany([{ _id: key, memberId }])
      const changes = { isPhoneBound: true, phoneMasked: maskPhone(phone) }
      await MemberModel.updateOne({ _id: memberId }, { $set: changes })
      const former = await ClosedIdentityModel.findById(identityHash(services, key)).lean()
      if (former) await carryOver(former.memberId, memberId, services.calendar.dateOf(services.clock.now()))
    })
  } catch (error) {
    throw isDuplicateKey(error) ? new DomainError('member.phone_taken') : error
  }
}

/** `138****8000`; of any number its first three digits and its last four at most. */
const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '')
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`
}
