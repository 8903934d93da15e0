import type { z } from 'zod'
import type { listPurchases, listRefunds, recordRefund, purchase as view } from '#shared/contracts/purchases'
import { sumOf } from '../earning'
import type { Purchase } from './purchase.model'
import type { Refund } from './refund.model'

/** A purchase as the shop's system and admins see it. */
export const presentPurchase = (purchase: Purchase): z.input<typeof view> => {
  const { clientId, purchaseNumber, memberId, storeId, occurredAt, lines, shares, cuts } = purchase
  return {
    ...{ clientId, purchaseNumber, memberId, storeId, cuts },
    occurredAt: occurredAt.toISOString(),
    paidFen: lines.reduce((sum, { paidFen }) => sum + paidFen, 0),
    refundedFen: lines.reduce((sum, { refundedFen }) => sum + refundedFen, 0),
    points: sumOf(shares),
    shares: shares
      .filter(({ points }) => points > 0)
      .map(({ ruleId, name, points }) => ({ ruleId, name, points })),
  }
}

export const presentRefund = ({
  refundNumber,
  purchaseNumber,
  state,
  pointsTakenBack,
  receivedAt,
}: Refund): z.input<typeof recordRefund.response>['refund'] => ({
  ...{ refundNumber, purchaseNumber, state, pointsTakenBack },
  receivedAt: receivedAt.toISOString(),
})

export const presentAdminPurchase = (
  purchase: Purchase,
  refunds: readonly Refund[],
): z.input<typeof listPurchases.response>['items'][number] => ({
  ...presentPurchase(purchase),
  refunds: refunds.filter(({ purchaseId }) => purchaseId === purchase._id).map(presentRefund),
})

export const presentAdminRefund = (
  refund: Refund,
): z.input<typeof listRefunds.response>['items'][number] => ({
  ...presentRefund(refund),
  clientId: refund.clientId,
  reason: refund.reason,
})
