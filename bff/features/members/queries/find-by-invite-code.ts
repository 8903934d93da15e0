import { MemberKeyModel } from '../member.model'

/** Whose invite code it is, or null. */
export async function findMemberIdByInviteCode(inviteCode: string): Promise<string | null> {
  const key = await MemberKeyModel.findById(`invite:${inviteCode}`).lean()
  return key?.memberId ?? null
}
