import { type MessageTopic, messageTopics, type ProfileField } from '#shared/domain/enums'
import { DomainError, notFound } from '../../kernel/errors'
import { firstNick, type Member, MemberModel } from './member.model'

export { addSpend } from './commands/add-spend'
export { endInvitation } from './commands/end-invitation'
export { eraseAgain } from './jobs/erase-again'
export { resealPhones } from './jobs/reseal-phones'
export type { Member } from './member.model'
export { standingOf } from './members.presenter'
export { createMembersRoutes, type MemberParts } from './members.routes'
export { findMemberIdByInviteCode } from './queries/find-by-invite-code'
export { findMemberIdByPhone } from './queries/find-by-phone'
export { findOpenMember as requireOpenMember } from './queries/find-open-member'
export { findPhone } from './queries/find-phone'
export { floorOf, loanOf, longerLoan, ownTierOf, setTier } from './tier-floor'

/**
 * The member as it is now, refused when blocked. Call it inside the transaction that earns or spends.
 * @throws `member.blocked`, `member.closed`
 */
export async function requireActiveMember(memberId: string): Promise<Member> {
  const member = await MemberModel.findById(memberId).lean()
  if (!member) throw notFound('没有这位会员')
  if (member.closedAt) throw new DomainError('member.closed')
  if (member.blockedReason !== null) throw new DomainError('member.blocked')
  return member
}

/** Nicks by member id, for lists of others. */
export async function findNicks(memberIds: readonly string[]): Promise<Map<string, string>> {
  const members = await MemberModel.find({ _id: { $in: [...memberIds] } })
    .select('nick')
    .lean()
  return new Map(members.map(({ _id, nick }) => [_id, nick]))
}

/** How staff see a member: first character of the nick and the end of the id, never the person. */
export const maskMember = (memberId: string, nick: string): string =>
  `${Array.from(nick)[0] ?? ''}* · 尾号 ${memberId.slice(-4).toUpperCase()}`

/** A member as he is now, blocked or not; null when there is none. */
export const findMemberById = (memberId: string): Promise<Member | null> =>
  MemberModel.findById(memberId).lean()

/** Kinds of messages a member does not want; all of them once the account is closed. */
export async function findMutedTopics(memberId: string): Promise<readonly MessageTopic[]> {
  const member = await MemberModel.findById(memberId).select('mutedTopics closedAt').lean()
  return member?.closedAt ? messageTopics : (member?.mutedTopics ?? [])
}

/** Whether a member has filled in a part of the profile; a nick only when it is one of his own. */
export const hasProfileField = (member: Member, field: ProfileField): boolean =>
  ({
    nick: member.nick !== firstNick(member.inviteCode),
    avatar: member.avatarUrl !== null,
    birthday: member.birthday !== null,
    phone: member.isPhoneBound,
  })[field]
