import { notFound } from '../../../kernel/errors'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { MemberModel } from '../member.model'

/**
 * Blocks a member, or lifts the block. Spending reads the mark again inside its own transaction, so a block
 * holds from the moment this commits.
 */
export const setBlocked = (
  services: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  request: { memberId: string; isBlocked: boolean; reason: string; operation: string },
): Promise<void> =>
  inTransaction(async () => {
    const { memberId, isBlocked, reason, operation } = request
    const before = await MemberModel.findById(memberId).lean()
    if (!before) throw notFound('没有这位会员')
    const blockedReason = isBlocked ? reason : null
    await MemberModel.updateOne({ _id: memberId }, { $set: { blockedReason } })
    await recordAudit(services.clock, admin, {
      operation,
      targetId: memberId,
      before: { blockedReason: before.blockedReason },
      after: { blockedReason, reason },
    })
  })
