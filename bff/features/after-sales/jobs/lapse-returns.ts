import { inTransaction } from '../../../platform/mongo/transaction'
import { closeAfterSale } from '../../orders'
import { AfterSaleModel } from '../after-sale.model'
import { type AfterSaleServices, moveAfterSale, orderOf } from '../commands/move-after-sale'

/** One run ends this many; the next run takes the rest. */
const batchSize = 200

/**
 * Ends after-sales whose gift was to come back and was not sent in time: the order is no longer in dispute and goes on
 * as it was. One with a parcel under way waits for an admin. Safe to run twice and anywhere: the state decides, and
 * the member is told with it. Returns how many it ended.
 */
export async function lapseReturns(services: AfterSaleServices): Promise<number> {
  const now = services.clock.now()
  const due = { state: 'waiting_return', returnParcel: null, returnDueAt: { $lt: now } } as const
  const found = await AfterSaleModel.find(due).sort({ returnDueAt: 1 }).limit(batchSize).select('_id').lean()
  let lapsed = 0
  for (const { _id } of found) lapsed += await inTransaction(() => lapse(services, { _id, ...due }))
  return lapsed
}

async function lapse(services: AfterSaleServices, due: object): Promise<0 | 1> {
  // Sent back, received or withdrawn since we looked: it is not ours to end.
  const before = await AfterSaleModel.findOne(due).lean()
  if (!before) return 0
  await moveAfterSale(services, before, { to: 'lapsed', event: 'after-sale.lapsed' })
  await closeAfterSale(await orderOf(before), before._id)
  return 1
}
