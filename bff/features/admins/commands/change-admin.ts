import type { z } from 'zod'
import { updateAdmin as contract } from '#shared/contracts/admins'
import { DomainError, notFound } from '../../../kernel/errors'
import { inTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { endAdminSessions } from '../../sessions'
import { type Admin, AdminModel } from '../admin.model'
import { presentAdmin } from '../admins.presenter'

/**
 * Renames an admin, gives another role, stops or starts them again. Every request reads its admin, so it holds at once in
 * every process; who is stopped also loses their sessions.
 * @throws `resource.not_found`; `admin.last_owner` when no active owner would be left.
 */
export const changeAdmin = (
  { clock }: Pick<Services, 'clock'>,
  principal: AdminPrincipal,
  adminId: string,
  { isActive, ...fields }: z.output<typeof contract.body>,
): Promise<Admin> =>
  inTransaction(async () => {
    const before = await requireAdmin(adminId)
    const after = { ...before, ...fields, stoppedAt: stoppedAtOf(before, isActive, clock.now()) }
    if (isActiveOwner(before) && !isActiveOwner(after)) await requireAnotherOwner()
    const { name, role, stoppedAt } = after
    await AdminModel.updateOne({ _id: adminId }, { $set: { name, role, stoppedAt } })
    if (stoppedAt) await endAdminSessions(adminId, 'all')
    await recordAudit(clock, principal, {
      operation: contract.id,
      targetId: adminId,
      before: auditable(before),
      after: auditable(after),
    })
    return after
  })

/** @throws `resource.not_found` */
export async function requireAdmin(adminId: string): Promise<Admin> {
  const admin = await AdminModel.findById(adminId).lean()
  if (!admin) throw notFound('没有这位管理员')
  return admin
}

const stoppedAtOf = (before: Admin, isActive: boolean | undefined, now: Date): Date | null => {
  if (isActive === undefined) return before.stoppedAt ?? null
  return isActive ? null : (before.stoppedAt ?? now)
}

const isActiveOwner = ({ role, stoppedAt }: Admin): boolean => role === 'owner' && !stoppedAt

/** Writes every active owner: of two owners who would go at once one runs again and finds the other gone. */
async function requireAnotherOwner(): Promise<void> {
  const owners = await AdminModel.updateMany(
    { role: 'owner', stoppedAt: null },
    { $inc: { ownersRevision: 1 } },
  )
  if (owners.matchedCount < 2) throw new DomainError('admin.last_owner')
}

const auditable = (admin: Admin) => ({ ...presentAdmin(admin), isActive: !admin.stoppedAt })
