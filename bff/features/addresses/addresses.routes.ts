import * as contracts from '#shared/contracts/addresses'
import { limits } from '#shared/domain/limits'
import { DomainError, notFound } from '../../kernel/errors'
import { newId } from '../../kernel/ids'
import { inTransaction, isDuplicateKey, StaleReadError } from '../../platform/mongo/transaction'
import { anyMember, route } from '../../platform/route'
import { type Address, AddressModel } from './address.model'

const presentAddress = ({ _id, name, phone, region, detail, isDefault }: Address) => ({
  id: _id,
  name,
  phone,
  region,
  detail,
  isDefault,
})

const missing = () => notFound('没有这个地址')

/** Saves an address; when it is to be the default the former one stops being it, in the same transaction. */
async function saveAddress(address: Address): Promise<void> {
  const { _id, memberId, ...fields } = address
  if (address.isDefault) {
    await AddressModel.updateMany(
      { memberId, isDefault: true, _id: { $ne: _id } },
      { $set: { isDefault: false } },
    )
  }
  try {
    await AddressModel.updateOne({ _id, memberId }, { $set: fields }, { upsert: true })
  } catch (error) {
    throw isDuplicateKey(error) ? new StaleReadError('default address') : error
  }
}

const create = route(contracts.createAddress, anyMember, ({ principal, body }) =>
  inTransaction(async () => {
    const memberId = principal.id
    const count = await AddressModel.countDocuments({ memberId })
    if (count >= limits.addressesPerMember) throw new DomainError('address.limit_reached')
    const address: Address = { _id: newId(), memberId, ...body, isDefault: body.isDefault || count === 0 }
    await saveAddress(address)
    return { address: presentAddress(address) }
  }),
)

const update = route(contracts.updateAddress, anyMember, ({ principal, params, body }) =>
  inTransaction(async () => {
    const memberId = principal.id
    if (!(await AddressModel.exists({ _id: params.id, memberId }))) throw missing()
    const address: Address = { _id: params.id, memberId, ...body }
    await saveAddress(address)
    return { address: presentAddress(address) }
  }),
)

export const addressesRoutes = [
  route(contracts.listAddresses, anyMember, async ({ principal }) => {
    const rows = await AddressModel.find({ memberId: principal.id }).sort({ isDefault: -1, _id: -1 }).lean()
    return { items: rows.map(presentAddress), nextCursor: null }
  }),
  create,
  update,
  route(contracts.deleteAddress, anyMember, async ({ principal, params }) => {
    const deleted = await AddressModel.deleteOne({ _id: params.id, memberId: principal.id })
    if (deleted.deletedCount === 0) throw missing()
    return null
  }),
]
