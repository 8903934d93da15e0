import { type IdentityServices, phoneKey } from '../identities'
import { MemberKeyModel } from '../member.model'

/** The member who bound a phone number, or null. */
export async function findMemberIdByPhone(services: IdentityServices, phone: string): Promise<string | null> {
  const key = await MemberKeyModel.findById(phoneKey(services, phone)).lean()
  return key?.memberId ?? null
}
