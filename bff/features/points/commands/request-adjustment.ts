import { newId } from '../../../kernel/ids'
import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { readSettings } from '../../settings'
import { type PointsAdjustment, PointsAdjustmentModel } from '../points-adjustment.model'
import { readPoints } from '../queries/read-points'
import { sumAdjustedAlone } from '../queries/sum-adjusted-alone'
import { requireReversible } from './claw-back'
import { type PointsSummary, type PostedAdjustment, postAdjustment } from './post-adjustment'

export interface AdjustmentRequest {
  memberId: string
  change: number
  reason: string
  reversesEntryId: string | null
  /** Operation id for the audit trail. */
  operation: string
}

/**
 * Corrects a member's points in the caller's transaction, or, above what one admin may adjust of one member in a
 * business day alone, leaves it to another admin: then nothing is posted and the member is told nothing. Blocked members
 * can be corrected too.
 * @throws as `adjustPoints`; of a reversal that has to wait, too, what is wrong with it already.
 */
export async function requestAdjustment(
  services: Pick<Services, 'clock' | 'calendar' | 'outbox'>,
  admin: AdminPrincipal,
  { operation, ...request }: AdjustmentRequest,
): Promise<{ adjustment: PointsAdjustment; points: PointsSummary }> {
  assertInTransaction()
  const { memberId, change, reason, reversesEntryId } = request
  const { adjustmentLimitPoints } = await readSettings()
  const before = await sumAdjustedAlone(services, { adminId: admin.id, memberId })
  const isAlone = before + Math.abs(change) <= adjustmentLimitPoints
  const adjustment: PointsAdjustment = {
    _id: newId(),
    ...request,
    state: isAlone ? 'posted' : 'pending',
    requestedBy: { id: admin.id, name: admin.name },
    requestedAt: services.clock.now(),
    decidedBy: null,
    decidedAt: null,
    rejectReason: null,
    debtChange: null,
  }
  let posted: PostedAdjustment | null = null
  if (isAlone) posted = await postAdjustment(services, adjustment)
  else if (reversesEntryId) await requireReversible({ memberId, entryId: reversesEntryId, points: -change })
  adjustment.debtChange = posted?.debtChange ?? null
  await PointsAdjustmentModel.insertMany([adjustment])
  const points = posted?.points ?? (await readPoints(services, memberId))
  const { available, debt } = posted?.before ?? points
  await recordAudit(services.clock, admin, {
    operation,
    targetId: memberId,
    before: { available, debt },
    after: {
      available: points.available,
      debt: points.debt,
      adjustmentId: adjustment._id,
      state: adjustment.state,
      change,
      reason,
      reversesEntryId,
    },
  })
  return { adjustment, points }
}
