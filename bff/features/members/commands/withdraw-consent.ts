import { inTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { closeSessionsOf } from '../../sessions'
import { MemberModel } from '../member.model'
import { findOpenMember } from '../queries/find-open-member'

/**
 * Takes the consent to the privacy terms back: the member is signed out everywhere and cannot sign in again without
 * consenting. Orders under way go on, for the member asked for them.
 * @throws `member.closed`
 */
export async function withdrawConsent(
  services: Pick<Services, 'clock' | 'cache'>,
  memberId: string,
): Promise<void> {
  await inTransaction(async () => {
    await findOpenMember(memberId)
    const changes = { consent: null, consentWithdrawnAt: services.clock.now() }
    await MemberModel.updateOne({ _id: memberId }, { $set: changes })
  })
  await closeSessionsOf(services, 'member', memberId)
}
