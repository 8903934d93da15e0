import * as contracts from '#shared/contracts/points-adjustments'
import { notFound } from '../../kernel/errors'
import { runOnce } from '../../platform/idempotency/run-once'
import { inTransaction } from '../../platform/mongo/transaction'
import { adminWith, route } from '../../platform/route'
import { presentAdjustment } from './adjustments.presenter'
import { approveAdjustment, rejectAdjustment } from './commands/decide-adjustment'
import { requestAdjustment } from './commands/request-adjustment'
import { PointsAccountModel } from './points-account.model'
import { listAdjustments } from './queries/list-adjustments'

const adjust = route(contracts.adjustPoints, adminWith('operator', 'finance', 'support'), async (call) => {
  const { services, principal, params, body } = call
  if (!(await PointsAccountModel.exists({ _id: params.id }))) throw notFound('没有这位会员')
  const operation = contracts.adjustPoints.id
  const result = await runOnce(
    {
      actor: `admin:${principal.id}`,
      operation,
      key: call.idempotencyKey,
      input: { memberId: params.id, ...body },
      now: services.clock.now(),
    },
    async () => {
      const { change, reason, reversesEntryId = null } = body
      const request = { memberId: params.id, change, reason, reversesEntryId, operation }
      const { adjustment, points } = await requestAdjustment(services, principal, request)
      return { status: 201, body: { adjustment: presentAdjustment(adjustment), points } }
    },
  )
  return result.body
})

const approve = route(contracts.approveAdjustment, adminWith('finance'), async (call) => {
  const { services, principal, params } = call
  const operation = contracts.approveAdjustment.id
  const result = await runOnce(
    {
      actor: `admin:${principal.id}`,
      operation,
      key: call.idempotencyKey,
      input: { adjustmentId: params.id },
      now: services.clock.now(),
    },
    async () => {
      const decision = { adjustmentId: params.id, operation }
      const { adjustment, points } = await approveAdjustment(services, principal, decision)
      return { status: 200, body: { adjustment: presentAdjustment(adjustment), points } }
    },
  )
  return result.body
})

const reject = route(
  contracts.rejectAdjustment,
  adminWith('finance'),
  async ({ services, principal, params, body }) => {
    const decision = { adjustmentId: params.id, operation: contracts.rejectAdjustment.id, ...body }
    const rejected = await inTransaction(() => rejectAdjustment(services, principal, decision))
    return { adjustment: presentAdjustment(rejected) }
  },
)

/** Corrections by hand, and their approval by a second admin. */
export const adjustmentsRoutes = [
  adjust,
  route(contracts.listAdjustments, adminWith('operator', 'finance', 'support'), ({ query }) =>
    listAdjustments(query),
  ),
  approve,
  reject,
]
