import { inTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { adjustStock, readAvailable } from '../../gifts'
import { type GiftCode, GiftCodeModel } from '../gift-code.model'

/** One run looks at this many codes; the next run takes the rest. */
const batchSize = 500

/**
 * Takes codes past their date out of the stock. Pieces that orders in review hold stay counted: such an order finds
 * no code at its approval and waits for new ones. Safe to run twice. Returns how many codes it retired.
 */
export async function retireExpiredCodes(services: Pick<Services, 'clock' | 'calendar'>): Promise<number> {
  const today = services.calendar.dateOf(services.clock.now())
  const expired = await GiftCodeModel.find({ state: 'available', expiresOn: { $lt: today } })
    .sort({ expiresOn: 1 })
    .limit(batchSize)
    .select('stockId')
    .lean()
  const byPool = new Map<string, string[]>()
  for (const { _id, stockId } of expired) byPool.set(stockId, [...(byPool.get(stockId) ?? []), _id])
  let retired = 0
  for (const [stockId, ids] of byPool) retired += await retire(services, stockId, ids)
  return retired
}

const retire = (
  services: Pick<Services, 'clock'>,
  stockId: GiftCode['stockId'],
  ids: readonly string[],
): Promise<number> =>
  inTransaction(async () => {
    const chosen = ids.slice(0, await readAvailable(stockId))
    if (chosen.length === 0) return 0
    const retired = await GiftCodeModel.updateMany(
      { _id: { $in: chosen }, state: 'available' },
      { $set: { state: 'retired' } },
    )
    // One of them was given to an order meanwhile: the next run looks anew.
    if (retired.modifiedCount !== chosen.length) throw new StaleReadError('gift codes')
    await adjustStock(services, { stockId, change: -chosen.length, reason: '券码过期' })
    return chosen.length
  })
