import { assertInTransaction } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { PointsAdjustmentModel } from '../points-adjustment.model'

/**
 * What an admin has adjusted of a member alone since the business day began; additions and deductions both count in
 * full. What waits, was rejected, or was approved by another admin does not count. In the caller's transaction: whoever
 * posts writes the member's account, so of two adjustments at once one runs again and sees the other.
 */
export async function sumAdjustedAlone(
  { clock, calendar }: Pick<Services, 'clock' | 'calendar'>,
  { adminId, memberId }: { adminId: string; memberId: string },
): Promise<number> {
  assertInTransaction()
  const today = calendar.startOf(calendar.dateOf(clock.now()))
  const [sum] = await PointsAdjustmentModel.aggregate<{ points: number }>([
    {
      $match: {
        memberId,
        'requestedBy.id': adminId,
        state: 'posted',
        decidedBy: null,
        requestedAt: { $gte: today },
      },
    },
    { $group: { _id: null, points: { $sum: { $abs: '$change' } } } },
  ])
  return sum?.points ?? 0
}
