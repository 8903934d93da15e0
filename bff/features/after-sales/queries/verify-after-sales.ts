import { listDisputed } from '../../orders'
import type { Difference } from '../../points'
import { AfterSaleModel } from '../after-sale.model'
import { openStates } from '../after-sales.states'

/** Proves that each open after-sale has its order's mark, and no order is marked without one. */
export async function verifyAfterSales(): Promise<Difference[]> {
  const marks = new Map((await listDisputed()).map((disputed) => [disputed.orderId, disputed]))
  const open = await AfterSaleModel.find({ state: { $in: [...openStates] } })
    .select('memberId orderId')
    .lean()
  const differences: Difference[] = []
  for (const { _id, memberId, orderId } of open) {
    const actual = marks.get(orderId)?.afterSaleId ?? ''
    if (actual !== _id)
      differences.push({ memberId, check: `open after-sale of order ${orderId}`, expected: _id, actual })
    marks.delete(orderId)
  }
  for (const { memberId, orderId, afterSaleId } of marks.values()) {
    differences.push({
      memberId,
      check: `open after-sale of order ${orderId}`,
      expected: '',
      actual: afterSaleId,
    })
  }
  return differences
}
