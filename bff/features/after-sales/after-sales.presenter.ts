import type { z } from 'zod'
import type { adminAfterSale, afterSaleDetail, afterSaleSummary } from '#shared/contracts/after-sales'
import type { AfterSale } from './after-sale.model'
import { canBecome, stepTitles } from './after-sales.states'

export const presentSummary = (afterSale: AfterSale): z.input<typeof afterSaleSummary> => ({
  id: afterSale._id,
  orderId: afterSale.orderId,
  orderNumber: afterSale.orderNumber,
  kind: afterSale.kind,
  state: afterSale.state,
  items: afterSale.items.map(({ stockId: _stockId, ...item }) => item),
  requestedAt: afterSale.requestedAt.toISOString(),
})

export const presentAfterSale = (afterSale: AfterSale): z.input<typeof afterSaleDetail> => ({
  ...presentSummary(afterSale),
  reason: afterSale.reason,
  photoIds: afterSale.photoIds,
  resolution: afterSale.resolution,
  refundedPoints: afterSale.refundedPoints,
  decisionNote: afterSale.decisionNote,
  returnParcel: afterSale.returnParcel,
  returnDueAt: afterSale.returnDueAt?.toISOString() ?? null,
  replacementParcel: afterSale.replacementParcel,
  timeline: afterSale.timeline
    .map(({ state, note, at }) => ({ state, title: stepTitles[state], note, at: at.toISOString() }))
    .reverse(),
  canWithdraw: canBecome(afterSale.state, 'withdrawn') && !afterSale.returnParcel,
  canSendBack: afterSale.state === 'waiting_return',
})

export const presentForAdmin = (
  afterSale: AfterSale,
  memberNick: string,
): z.input<typeof adminAfterSale> => ({
  ...presentAfterSale(afterSale),
  memberId: afterSale.memberId,
  memberNick,
})
