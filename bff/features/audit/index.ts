import type { Clock } from '../../kernel/clock'
import { newId } from '../../kernel/ids'
import { assertInTransaction } from '../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../platform/route'
import { AuditEntryModel } from './audit-entry.model'

export { auditRoutes } from './audit.routes'

/** Records an admin's write in the transaction of that write: no write without its entry, no entry without its write. */
export async function recordAudit(
  clock: Clock,
  admin: AdminPrincipal,
  entry: { operation: string; targetId: string; before: unknown; after: unknown },
): Promise<void> {
  assertInTransaction()
  await AuditEntryModel.insertMany([
    { _id: newId(), adminId: admin.id, adminName: admin.name, occurredAt: clock.now(), ...entry },
  ])
}
