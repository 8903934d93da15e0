import type { Services } from '../../../platform/services'
import type { PointsAdjustment } from '../points-adjustment.model'
import { readPoints } from '../queries/read-points'
import { adjustPoints } from './adjust-points'

export type PointsSummary = Awaited<ReturnType<typeof readPoints>>

/** What an adjustment did to a member's points. */
export interface PostedAdjustment {
  before: PointsSummary
  points: PointsSummary
  debtChange: number
}

/** Posts an adjustment and leaves the member a message about it, in the caller's transaction. @throws as `adjustPoints` */
export async function postAdjustment(
  services: Pick<Services, 'clock' | 'calendar' | 'outbox'>,
  { _id: adjustmentId, memberId, change, reason, reversesEntryId }: PointsAdjustment,
): Promise<PostedAdjustment> {
  const before = await readPoints(services, memberId)
  await adjustPoints(services, { memberId, adjustmentId, change, reason, reversesEntryId })
  const points = await readPoints(services, memberId)
  const debtChange = points.debt - before.debt
  await services.outbox.publish('points.adjusted', { memberId, change, reason, debtChange })
  return { before, points, debtChange }
}
