import { type Address, AddressModel } from './address.model'

export { addressesRoutes } from './addresses.routes'

/** A member's own address, or null: another's is as good as none. */
export const findAddress = (memberId: string, addressId: string): Promise<Address | null> =>
  AddressModel.findOne({ _id: addressId, memberId }).lean()
