import { newId } from '../../../kernel/ids'
import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { DailyQuotaModel, QuotaTakeModel } from '../daily-quota.model'

/**
 * Takes pieces of a day's quota for an order, in its transaction. The condition and the count are one update on one document,
 * so a crowd of members never takes more than the day has.
 * @returns null, or how many were taken already when there is too little left.
 */
export async function takeQuota(request: {
  quotaId: string
  limit: number
  quantity: number
  memberId: string
  orderId: string
}): Promise<number | null> {
  assertInTransaction()
  const { quotaId, limit, quantity, memberId, orderId } = request
  if (!(await DailyQuotaModel.exists({ _id: quotaId }))) await openDay(quotaId)
  const counted = await DailyQuotaModel.updateOne(
    { _id: quotaId, taken: { $lte: limit - quantity } },
    { $inc: { taken: quantity } },
  )
  if (counted.matchedCount !== 1) return (await DailyQuotaModel.findById(quotaId).lean())?.taken ?? 0
  await QuotaTakeModel.insertMany([{ _id: newId(), memberId, orderId, quotaId, quantity }])
  return null
}

async function openDay(quotaId: string): Promise<void> {
  await DailyQuotaModel.insertMany([{ _id: quotaId, taken: 0 }]).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError('daily quota') : error
  })
}

/** Gives back what an order took of its day, in the transaction that ends it without a gift. Safe to repeat. */
export async function returnQuota(request: { memberId: string; orderId: string }): Promise<void> {
  assertInTransaction()
  for (const { _id, quotaId, quantity } of await QuotaTakeModel.find(request).lean()) {
    const { deletedCount } = await QuotaTakeModel.deleteOne({ _id })
    if (deletedCount !== 1) throw new StaleReadError('quota take')
    await DailyQuotaModel.updateOne({ _id: quotaId }, { $inc: { taken: -quantity } })
  }
}
