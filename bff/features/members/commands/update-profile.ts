import type { z } from 'zod'
import type { updateProfile as contract } from '#shared/contracts/profile'
import { DomainError } from '../../../kernel/errors'
import { inTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { attachUploads, detachUploads } from '../../uploads'
import { avatarAddress } from '../avatars'
import { type Member, MemberModel } from '../member.model'
import { findOpenMember } from '../queries/find-open-member'

type Input = z.output<typeof contract.body>

/**
 * Changes what a member says of himself. A nick passes WeChat's check of texts first; a birthday can be told once; a new
 * picture takes the place of the old one, which the sweep then removes.
 * @throws `member.nick_refused`, `member.birthday_set`, `member.closed`; `resource.not_found` for an unknown picture.
 */
export async function updateProfile(
  services: Pick<Services, 'clock' | 'calendar' | 'wechat'>,
  memberId: string,
  input: Input,
): Promise<void> {
  const { nick, birthday } = input
  if (birthday !== undefined) assertBirthday(birthday, services.calendar.dateOf(services.clock.now()))
  if (nick !== undefined) await assertNick(services, memberId, nick)
  await inTransaction(async () => {
    const member = await findOpenMember(memberId)
    if (birthday !== undefined && member.birthday && member.birthday !== birthday)
      throw new DomainError('member.birthday_set')
    const { avatarUploadId, ...fields } = input
    const changes: Partial<Member> = { ...fields }
    if (avatarUploadId !== undefined) changes.avatarUrl = await takeAvatar(member, avatarUploadId)
    const changed = await MemberModel.updateOne({ _id: memberId, closedAt: null }, { $set: changes })
    if (changed.matchedCount !== 1) throw new StaleReadError('member')
  })
}

async function assertNick(
  { wechat }: Pick<Services, 'wechat'>,
  memberId: string,
  nick: string,
): Promise<void> {
  const { openid, nick: present } = await findOpenMember(memberId)
  if (nick === present) return
  if ((await wechat.checkText({ openid, text: nick, scene: 'profile' })) !== 'pass')
    throw new DomainError('member.nick_refused')
}

function assertBirthday(birthday: string, today: string): void {
  if (birthday > today || birthday < '1900-01-01')
    throw new DomainError('request.invalid', { message: '生日不对，请再看看', details: { path: 'birthday' } })
}

async function takeAvatar(member: Member, uploadId: string | null): Promise<string | null> {
  const attachedTo = `avatar:${member._id}`
  await detachUploads(member._id, attachedTo)
  if (uploadId === null) return null
  await attachUploads({ memberId: member._id, uploadIds: [uploadId], attachedTo })
  return avatarAddress(uploadId)
}
