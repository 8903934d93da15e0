import { DomainError, notFound } from '../../../kernel/errors'
import { type Member, MemberModel } from '../member.model'

/** A member who is still one. @throws `resource.not_found`, `member.closed` */
export async function findOpenMember(memberId: string): Promise<Member> {
  const member = await MemberModel.findById(memberId).lean()
  if (!member) throw notFound('没有这位会员')
  if (member.closedAt) throw new DomainError('member.closed')
  return member
}
