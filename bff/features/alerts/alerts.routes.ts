import * as contracts from '#shared/contracts/alerts'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { adminWith, route } from '../../platform/route'
import { AlertModel } from './alert.model'

export const alertsRoutes = [
  route(contracts.listAlerts, adminWith('operator', 'finance', 'support'), async ({ query }) => {
    const rows = await AlertModel.find({
      ...(query.kind ? { kind: query.kind } : {}),
      ...(query.state ? { isOpen: query.state === 'open' } : {}),
      ...(query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}),
    })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    return {
      nextCursor: page.nextCursor,
      items: page.items.map(({ _id, openedAt, closedAt, ...alert }) => ({
        id: _id,
        ...alert,
        openedAt: openedAt.toISOString(),
        closedAt: closedAt?.toISOString() ?? null,
      })),
    }
  }),
]
