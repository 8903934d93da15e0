import { readLiability as readLiabilityContract } from '#shared/contracts/liability'
import * as contracts from '#shared/contracts/points'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { adminWith, anyMember, type Route, route } from '../../platform/route'
import { adjustmentsRoutes } from './adjustments.routes'
import { type LedgerCheck, verifyLedger } from './commands/verify-ledger'
import { createHistoryRoutes } from './history.routes'
import { LedgerVerificationModel } from './ledger-verification.model'
import { readLiability } from './queries/read-liability'
import { readPoints } from './queries/read-points'
import type { FindOrderNumbers } from './queries/write-statement'

/**
 * Routes of the ledger. `otherChecks` are what other features add to its verification, `findOrderNumbers` is how
 * members know their orders.
 */
export const createPointsRoutes = (
  otherChecks: readonly LedgerCheck[],
  findOrderNumbers: FindOrderNumbers,
): Route[] => [
  route(contracts.readPoints, anyMember, ({ services, principal }) => readPoints(services, principal.id)),
  ...createHistoryRoutes(findOrderNumbers),
  ...adjustmentsRoutes,
  route(readLiabilityContract, adminWith('finance'), ({ services }) => readLiability(services)),
  route(contracts.verifyLedger, adminWith('finance'), ({ query: { mode, memberId } }) =>
    verifyLedger(otherChecks, { readsWhole: () => mode === 'whole', memberId }),
  ),
  route(contracts.listVerifications, adminWith('finance'), async ({ query }) => {
    const before = query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}
    const rows = await LedgerVerificationModel.find(before)
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    return {
      nextCursor: page.nextCursor,
      items: page.items.map(({ _id, startedAt, ...run }) => ({
        id: _id,
        startedAt: startedAt.toISOString(),
        ...run,
      })),
    }
  }),
]
