import { changeOwnPassword, resetAdminPassword } from '#shared/contracts/admins'
import { DomainError } from '../../../kernel/errors'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { forgetGuesses, guardGuess } from '../../guesses'
import { endAdminSessions } from '../../sessions'
import { AdminModel } from '../admin.model'
import { hashPassword, isRightPassword } from '../passwords'
import { requireAdmin } from './change-admin'

/**
 * Gives another admin a new password and ends all their sessions. Whoever guessed at the old one keeps them out no longer.
 * @throws `resource.not_found`; `request.invalid` for oneself, who must know the old one; `service.busy`
 */
export async function resetPassword(
  services: Pick<Services, 'clock' | 'codeKeys'>,
  principal: AdminPrincipal,
  { adminId, password }: { adminId: string; password: string },
): Promise<void> {
  if (adminId === principal.id)
    throw new DomainError('request.invalid', { message: '改自己的密码要先输入旧密码' })
  const { username } = await requireAdmin(adminId)
  const passwordHash = await hashPassword(password)
  await inTransaction(async () => {
    await AdminModel.updateOne({ _id: adminId }, { $set: { passwordHash } })
    const endedSessions = await endAdminSessions(adminId, 'all')
    await recordAudit(services.clock, principal, {
      operation: resetAdminPassword.id,
      targetId: adminId,
      before: null,
      after: { isPasswordChanged: true, endedSessions },
    })
  })
  await forgetGuesses(services, { secret: 'admin-password', who: username })
}

/**
 * Changes one's own password and ends one's other sessions. Who found an open session may not try out passwords with
 * it: wrong old ones make the next try wait.
 * @throws `admin.old_password_wrong`, `rate.limited`, `service.busy`
 */
export async function changePassword(
  services: Pick<Services, 'clock' | 'codeKeys' | 'rateLimits'>,
  principal: AdminPrincipal,
  { oldPassword, password, clientAddress }: { oldPassword: string; password: string; clientAddress: string },
): Promise<void> {
  const admin = await requireAdmin(principal.id)
  const guess = {
    secret: 'admin-password',
    who: admin.username,
    label: `管理员「${admin.username}」的密码`,
    clientAddress,
    knownDevice: `session of ${admin._id}`,
  } as const
  const isRight = await guardGuess(services, guess, async () => {
    const verdict = await isRightPassword('known', admin, oldPassword)
    return { isWrong: !verdict, outcome: verdict }
  })
  if (!isRight) throw new DomainError('admin.old_password_wrong')
  const passwordHash = await hashPassword(password)
  await inTransaction(async () => {
    // Compare and set: of two changes at once the second no longer knows the old password.
    const changed = await AdminModel.updateOne(
      { _id: admin._id, passwordHash: admin.passwordHash },
      { $set: { passwordHash } },
    )
    if (changed.matchedCount !== 1) throw new DomainError('admin.old_password_wrong')
    const endedSessions = await endAdminSessions(admin._id, { except: principal.tokenHash })
    await recordAudit(services.clock, principal, {
      operation: changeOwnPassword.id,
      targetId: admin._id,
      before: null,
      after: { isPasswordChanged: true, endedSessions },
    })
  })
}
