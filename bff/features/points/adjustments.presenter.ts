import type { z } from 'zod'
import type { pointsAdjustment } from '#shared/contracts/points-adjustments'
import type { PointsAdjustment } from './points-adjustment.model'

export const presentAdjustment = ({
  _id,
  requestedAt,
  decidedAt,
  ...adjustment
}: PointsAdjustment): z.input<typeof pointsAdjustment> => ({
  id: _id,
  ...adjustment,
  requestedAt: requestedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
})
