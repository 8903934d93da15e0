import { listAuditEntries } from '#shared/contracts/admins'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { adminWith, route } from '../../platform/route'
import { AuditEntryModel } from './audit-entry.model'

export const auditRoutes = [
  route(listAuditEntries, adminWith('operator', 'finance', 'support'), async ({ query }) => {
    const before = query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}
    const target = query.targetId ? { targetId: query.targetId } : {}
    const rows = await AuditEntryModel.find({ ...before, ...target })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    return {
      nextCursor: page.nextCursor,
      items: page.items.map(({ _id, occurredAt, ...entry }) => ({
        id: _id,
        occurredAt: occurredAt.toISOString(),
        ...entry,
      })),
    }
  }),
]
