import { ParcelModel } from '../parcel.model'
import { TrackingEventModel } from '../tracking-event.model'
import { touchParcel } from './touch-parcel'

/**
 * An order is sent with this parcel: what was heard of it so far is kept for good. In the caller's transaction.
 * Returns when it was delivered, if that is already known.
 */
export async function expectParcel(parcelId: string): Promise<{ deliveredAt: Date | null }> {
  const parcel = await touchParcel(parcelId)
  if (!parcel.isExpected) {
    await ParcelModel.updateOne({ _id: parcelId }, { $set: { isExpected: true, expiresAt: null } })
    await TrackingEventModel.updateMany({ parcelId }, { $set: { expiresAt: null } })
  }
  return { deliveredAt: parcel.deliveredAt }
}
