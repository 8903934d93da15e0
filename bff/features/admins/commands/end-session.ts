import { notFound } from '../../../kernel/errors'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { endAdminSessions } from '../../sessions'

/** Ends one session of an admin, at once in every process. @throws `resource.not_found` */
export const endSession = (
  { clock }: Pick<Services, 'clock'>,
  principal: AdminPrincipal,
  { adminId, sessionId, operation }: { adminId: string; sessionId: string; operation: string },
): Promise<void> =>
  inTransaction(async () => {
    const ended = await endAdminSessions(adminId, { only: sessionId })
    if (ended === 0) throw notFound('没有这个登录，或者已经结束')
    await recordAudit(clock, principal, {
      operation,
      targetId: adminId,
      before: { sessionId },
      after: null,
    })
  })
