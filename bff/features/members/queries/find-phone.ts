import { open } from '../../../kernel/secrets'
import type { Services } from '../../../platform/services'
import { MemberKeyModel } from '../member.model'
import { maskPhone } from '../phone-mask'

/** The number to reach a member at; null without one, and for who bound it before numbers were kept. */
export async function findPhone(
  { codeKeys }: Pick<Services, 'codeKeys'>,
  memberId: string,
): Promise<{ number: string; masked: string; trustedFrom: Date | null } | null> {
  const key = await MemberKeyModel.findOne({ memberId, sealed: { $type: 'string' } }).lean()
  if (!key?.sealed) return null
  const number = open(codeKeys.sealing, key.sealed, key._id)
  return { number, masked: maskPhone(number), trustedFrom: key.trustedFrom ?? null }
}
