import { limits } from '#shared/domain/limits'
import { DomainError } from '../../../kernel/errors'
import { insertWhole } from '../../../platform/mongo/insert-whole'
import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { PurchaseMeetingModel } from '../purchase-meeting.model'

/**
 * Where a purchase and its refunds meet, in the transaction of either. A refund that finds no purchase and a purchase that
 * finds no refund write nothing in common: both could commit, and the refund would wait for ever. Here one of them
 * conflicts, runs again and sees the other.
 * @throws `purchase.refund_limit_reached` when `refunds` more would be too many.
 */
export async function meetRefunds(purchaseId: string, refunds = 0): Promise<void> {
  assertInTransaction()
  const before = await PurchaseMeetingModel.findById(purchaseId).lean()
  if (!before) {
    const meeting = { _id: purchaseId, turn: 1, refunds }
    await insertWhole(PurchaseMeetingModel, [meeting]).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new StaleReadError('purchase meeting') : error
    })
    return
  }
  if (before.refunds + refunds > limits.refundsPerPurchase)
    throw new DomainError('purchase.refund_limit_reached')
  const met = await PurchaseMeetingModel.updateOne(
    { _id: purchaseId, turn: before.turn },
    { $inc: { turn: 1, refunds } },
  )
  if (met.matchedCount !== 1) throw new StaleReadError('purchase meeting')
}
