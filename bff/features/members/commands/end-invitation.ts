import { assertInTransaction } from '../../../platform/mongo/transaction'
import { MemberModel } from '../member.model'

/** Nothing is left to come of the code a member came with: his acts are told to invitations no more. */
export async function endInvitation(memberId: string): Promise<void> {
  assertInTransaction()
  await MemberModel.updateOne({ _id: memberId }, { $set: { invitedByCode: null } })
}
