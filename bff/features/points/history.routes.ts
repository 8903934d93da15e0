import * as contracts from '#shared/contracts/points'
import { notFound } from '../../kernel/errors'
import { inTransaction } from '../../platform/mongo/transaction'
import { adminWith, anyMember, type Route, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { PointsAccountModel } from './points-account.model'
import { exportEntries } from './queries/export-entries'
import { listEntries, listEntriesWithPostings } from './queries/list-entries'
import { readPoints } from './queries/read-points'
import { type FindOrderNumbers, writeStatement } from './queries/write-statement'

const mayReadMembers = adminWith('operator', 'finance', 'support')

/** What happened to points: the member's own history, and what admins see of it. */
export const createHistoryRoutes = (findOrderNumbers: FindOrderNumbers): Route[] => [
  route(contracts.listPointsEntries, anyMember, ({ principal, query }) => listEntries(principal.id, query)),
  route(contracts.downloadStatement, anyMember, async ({ services, principal, params }) =>
    writeStatement(services, principal.id, params.month, findOrderNumbers),
  ),
  route(contracts.readMemberPoints, mayReadMembers, async ({ services, params }) => {
    if (!(await PointsAccountModel.exists({ _id: params.id }))) throw notFound('没有这位会员')
    return readPoints(services, params.id)
  }),
  route(contracts.listMemberEntries, mayReadMembers, ({ params, query }) =>
    listEntriesWithPostings(params.id, query),
  ),
  route(contracts.exportEntries, adminWith('finance'), async ({ services, principal, query }) => {
    // Who took the whole ledger out of the house is worth an entry.
    await inTransaction(() =>
      recordAudit(services.clock, principal, {
        operation: contracts.exportEntries.id,
        targetId: 'ledger',
        before: null,
        after: query,
      }),
    )
    return exportEntries(query)
  }),
]
