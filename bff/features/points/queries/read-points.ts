import type { z } from 'zod'
import type { pointsSummary } from '#shared/contracts/points'
import { addDays } from '#shared/domain/business-date'
import type { Ledger } from '../commands/post-entry'
import { LotModel } from '../lot.model'
import { PointsAccountModel } from '../points-account.model'

/** How far ahead points count as expiring soon. */
const soonDays = 30

/**
 * A member's balances as they may be used now: lots past their date are left out even before their expiry
 * is posted.
 */
export async function readPoints(ledger: Ledger, memberId: string): Promise<z.input<typeof pointsSummary>> {
  const today = ledger.calendar.dateOf(ledger.clock.now())
  const account = await PointsAccountModel.findById(memberId).lean()
  const ending = await LotModel.find({
    memberId,
    remaining: { $gt: 0 },
    expiresOn: { $lte: addDays(today, soonDays) },
  })
    .sort({ expiresOn: 1 })
    .lean()
  const pointsByDate = new Map<string, number>()
  let expired = 0
  for (const { expiresOn, remaining } of ending) {
    if (expiresOn < today) expired += remaining
    else pointsByDate.set(expiresOn, (pointsByDate.get(expiresOn) ?? 0) + remaining)
  }
  return {
    available: (account?.available ?? 0) - expired,
    frozen: account?.held ?? 0,
    debt: Math.abs(account?.debt ?? 0),
    expiringSoon: [...pointsByDate].map(([expiresOn, points]) => ({
      points,
      expiresOn,
      expiresAt: ledger.calendar.endOf(expiresOn).toISOString(),
    })),
  }
}
