import type { z } from 'zod'
import type { listAdjustments as contract } from '#shared/contracts/points-adjustments'
import { decodeCursor, toPage } from '../../../kernel/cursors'
import { presentAdjustment } from '../adjustments.presenter'
import { PointsAdjustmentModel } from '../points-adjustment.model'

/** Every adjustment, posted, waiting or rejected, newest first. */
export async function listAdjustments({
  state,
  memberId,
  cursor,
  limit,
}: z.output<typeof contract.query>): Promise<z.input<typeof contract.response>> {
  const rows = await PointsAdjustmentModel.find({
    ...(state ? { state } : {}),
    ...(memberId ? { memberId } : {}),
    ...(cursor ? { _id: { $lt: decodeCursor(cursor, ['string'])[0] } } : {}),
  })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean()
  const page = toPage(rows, limit, ({ _id }) => [_id])
  return { items: page.items.map(presentAdjustment), nextCursor: page.nextCursor }
}
