import type { OrderState } from '#shared/domain/enums'
import { type Order, OrderModel } from '../order.model'

/** What shipping by a table needs to know of an order. */
export interface FoundOrder {
  id: string
  number: string
  memberId: string
  state: OrderState
  parcelId: string | null
}

/** Far above what a table of 5,000 rows can name, so only a number used again and again is cut. */
const ordersMax = 20_000

const fields = 'number memberId state shipment.parcelId'

const toFound = ({ _id, number, memberId, state, shipment }: Order): FoundOrder => ({
  id: _id,
  number,
  memberId,
  state,
  parcelId: shipment?.parcelId ?? null,
})

/** The orders that have one of these names: the number people see, or the id. */
export async function findOrdersNamed(names: readonly string[]): Promise<FoundOrder[]> {
  const anyOf = { $in: [...names] }
  const orders = await OrderModel.find({ $or: [{ number: anyOf }, { _id: anyOf }] })
    .select(fields)
    .limit(ordersMax)
    .lean()
  return orders.map(toFound)
}

/** Which of these parcels carry an order already: parcel id → ids of the members. */
export async function findParcelsInUse(parcelIds: readonly string[]): Promise<Map<string, Set<string>>> {
  const orders = await OrderModel.find({ 'shipment.parcelId': { $in: [...parcelIds] } })
    .select(fields)
    .limit(ordersMax)
    .lean()
  const members = new Map<string, Set<string>>()
  for (const { parcelId, memberId } of orders.map(toFound))
    if (parcelId) members.set(parcelId, (members.get(parcelId) ?? new Set()).add(memberId))
  return members
}
