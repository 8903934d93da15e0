import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../../platform/mongo/transaction'
import { type Parcel, ParcelModel } from '../parcel.model'

/**
 * The parcel as it is now, made when it is new, in the caller's transaction. Writing it is what keeps shipping and
 * tracking of one parcel apart: of two at once the second starts again and sees what the first did.
 */
export async function touchParcel(parcelId: string): Promise<Parcel> {
  assertInTransaction()
  const unheardOf = { isExpected: false, eventCount: 0, deliveredAt: null, expiresAt: null }
  await ParcelModel.updateOne(
    { _id: parcelId },
    { $inc: { revision: 1 }, $setOnInsert: unheardOf },
    { upsert: true },
  ).catch((error: unknown) => {
    throw isDuplicateKey(error) ? new StaleReadError('parcel') : error
  })
  const parcel = await ParcelModel.findById(parcelId).lean()
  if (!parcel) throw new StaleReadError('parcel')
  return parcel
}
