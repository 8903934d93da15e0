import * as contracts from '#shared/contracts/points'
import { notFound } from '../../kernel/errors'
import { newId } from '../../kernel/ids'
import { runOnce } from '../../platform/idempotency/run-once'
import { adminWith, anyMember, type Route, route } from '../../platform/route'
import { recordAudit } from '../audit'
import { adjustPoints } from './commands/adjust-points'
import { PointsAccountModel } from './points-account.model'
import { listEntries } from './queries/list-entries'
import { readPoints } from './queries/read-points'
import { type LedgerCheck, verifyLedger } from './queries/verify-ledger'

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
  route(contracts.listPointsEntries, anyMember, ({ principal, query }) => listEntries(principal.id, query)),
  adjust,
  route(contracts.verifyLedger, adminWith('finance'), () => verifyLedger(otherChecks)),
]
