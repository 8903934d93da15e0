import * as contracts from '#shared/contracts/points'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { notFound } from '../../kernel/errors'
import { newId } from '../../kernel/ids'
import { runOnce } from '../../platform/idempotency/run-once'
import { adminWith, anyMember, type Route, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { adjustPoints } from './commands/adjust-points'
import { type LedgerCheck, verifyLedger } from './commands/verify-ledger'
import { historyRoutes } from './history.routes'
import { LedgerVerificationModel } from './ledger-verification.model'
import { PointsAccountModel } from './points-account.model'
import { readPoints } from './queries/read-points'

const adjust = route(contracts.adjustPoints, adminWith('operator', 'finance', 'support'), async (call) => {
  const { services, principal, params, body } = call
  if (!(await PointsAccountModel.exists({ _id: params.id }))) throw notFound('没有这位会员')
  const result = await runOnce(
    {
      actor: `admin:${principal.id}`,
      operation: contracts.adjustPoints.id,
      key: call.idempotencyKey,
      input: { memberId: params.id, ...body },
      now: services.clock.now(),
    },
    async () => {
      const adjustmentId = newId()
      const before = await readPoints(services, params.id)
      await adjustPoints(services, { memberId: params.id, adjustmentId, ...body })
      const points = await readPoints(services, params.id)
      await recordAudit(services.clock, principal, {
        operation: contracts.adjustPoints.id,
        targetId: params.id,
        before: { available: before.available },
        after: { available: points.available, change: body.change, reason: body.reason },
      })
      await services.outbox.publish('points.adjusted', { memberId: params.id, ...body })
      return {
        status: 201,
        body: { adjustment: { id: adjustmentId, change: body.change, state: 'posted' as const }, points },
      }
    },
  )
  return result.body
})

/** Routes of the ledger. `otherChecks` are what other features add to its verification. */
export const createPointsRoutes = (otherChecks: readonly LedgerCheck[]): Route[] => [
  route(contracts.readPoints, anyMember, ({ services, principal }) => readPoints(services, principal.id)),
  ...historyRoutes,
  adjust,
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
