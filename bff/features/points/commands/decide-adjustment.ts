import { DomainError, notFound } from '../../../kernel/errors'
import { assertInTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { type PointsAdjustment, PointsAdjustmentModel } from '../points-adjustment.model'
import { type PointsSummary, postAdjustment } from './post-adjustment'

interface Decision {
  adjustmentId: string
  /** Operation id for the audit trail. */
  operation: string
}

/**
 * Posts an adjustment that waits, in the caller's transaction. What no longer fits stays waiting.
 * @throws `resource.not_found`; `points.adjustment_decided` with who, when and what; `points.approval_by_another` to
 *   who asked for it; and as `adjustPoints`.
 */
export async function approveAdjustment(
  services: Pick<Services, 'clock' | 'calendar' | 'outbox'>,
  admin: AdminPrincipal,
  { adjustmentId, operation }: Decision,
): Promise<{ adjustment: PointsAdjustment; points: PointsSummary }> {
  const pending = await requirePending(adjustmentId)
  if (pending.requestedBy.id === admin.id) throw new DomainError('points.approval_by_another')
  const decided = await decide(services, admin, pending, { state: 'posted' })
  const { before, points, debtChange } = await postAdjustment(services, pending)
  await PointsAdjustmentModel.updateOne({ _id: adjustmentId }, { $set: { debtChange } })
  await recordAudit(services.clock, admin, {
    operation,
    targetId: pending.memberId,
    before: { adjustmentId, state: 'pending', available: before.available, debt: before.debt },
    after: {
      adjustmentId,
      state: 'posted',
      available: points.available,
      debt: points.debt,
      change: pending.change,
    },
  })
  return { adjustment: { ...decided, debtChange }, points }
}

/**
 * Ends an adjustment that waits without posting it, in the caller's transaction; who asked for it may do so too.
 * @throws `resource.not_found`; `points.adjustment_decided` with who, when and what.
 */
export async function rejectAdjustment(
  services: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  { adjustmentId, operation, reason }: Decision & { reason: string },
): Promise<PointsAdjustment> {
  const pending = await requirePending(adjustmentId)
  const decided = await decide(services, admin, pending, { state: 'rejected', rejectReason: reason })
  await recordAudit(services.clock, admin, {
    operation,
    targetId: pending.memberId,
    before: { adjustmentId, state: 'pending' },
    after: { adjustmentId, state: 'rejected', reason },
  })
  return decided
}

async function requirePending(adjustmentId: string): Promise<PointsAdjustment> {
  assertInTransaction()
  const adjustment = await PointsAdjustmentModel.findById(adjustmentId).lean()
  if (!adjustment) throw notFound('没有这笔调整')
  if (adjustment.state === 'pending') return adjustment
  const { state, decidedBy, decidedAt, requestedBy, requestedAt } = adjustment
  const by = (decidedBy ?? requestedBy).name
  throw new DomainError('points.adjustment_decided', {
    message: state === 'posted' ? `这笔调整已经由${by}入账` : `这笔调整已经由${by}拒绝`,
    details: { state, decidedBy: by, decidedAt: (decidedAt ?? requestedAt).toISOString() },
  })
}

/** Compare and set: of several decisions at once one finds it waiting; the others run again and are told of that one. */
async function decide(
  { clock }: Pick<Services, 'clock'>,
  admin: AdminPrincipal,
  pending: PointsAdjustment,
  decision: Partial<PointsAdjustment>,
): Promise<PointsAdjustment> {
  const change = { ...decision, decidedBy: { id: admin.id, name: admin.name }, decidedAt: clock.now() }
  const decided = await PointsAdjustmentModel.updateOne(
    { _id: pending._id, state: 'pending' },
    { $set: change },
  )
  if (decided.matchedCount !== 1) throw new StaleReadError('points adjustment')
  return { ...pending, ...change }
}
