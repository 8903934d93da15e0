import { randomInt } from 'node:crypto'
import { DomainError } from '../../../kernel/errors'
import { assertInTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { GiftCodeModel } from '../gift-code.model'

/** Codes looked at beyond those needed, so that orders approved side by side seldom reach for the same one. */
const spare = 16

/**
 * Gives an order exactly one code a piece, in the transaction that issues it: those that expire soonest, none past its
 * date. State and order are compared and set, so a code has one order for ever.
 * @throws `gift.sold_out` when the pool has fewer codes that can still be used.
 */
export async function assignCodes(
  { clock, calendar }: Pick<Services, 'clock' | 'calendar'>,
  request: {
    orderId: string
    giftId: string
    stockId: string
    giftName: string
    quantity: number
    /** The after-sale for which they take the place of codes that do not work. */
    afterSaleId?: string
  },
): Promise<void> {
  assertInTransaction()
  const { orderId, giftId, stockId, quantity, afterSaleId = null } = request
  const found = await GiftCodeModel.find({
    stockId,
    state: 'available',
    expiresOn: { $gte: calendar.dateOf(clock.now()) },
  })
    .sort({ expiresOn: 1, _id: 1 })
    .limit(quantity + spare)
    .select('_id')
    .lean()
  if (found.length < quantity) {
    throw new DomainError('gift.sold_out', {
      message: `「${request.giftName}」的券码不够了`,
      details: { giftId, stockId, left: found.length },
    })
  }
  const start = randomInt(found.length - quantity + 1)
  const chosen = found.slice(start, start + quantity).map(({ _id }) => _id)
  const assigned = await GiftCodeModel.updateMany(
    { _id: { $in: chosen }, state: 'available' },
    { $set: { state: 'assigned', orderId, afterSaleId } },
  )
  if (assigned.modifiedCount !== quantity) throw new StaleReadError('gift codes')
}
