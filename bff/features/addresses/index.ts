import { type Address, AddressModel } from './address.model'

export { addressesRoutes } from './addresses.routes'

/** A member's own address, or null: another's is as good as none. */
export const findAddress = (memberId: string, addressId: string): Promise<Address | null> =>
  AddressModel.findOne({ _id: addressId, memberId }).lean()

/** Forgets where a member who leaves lives, in the caller's transaction. */
export async function eraseAddresses(memberId: string): Promise<void> {
  await AddressModel.deleteMany({ memberId })
}
