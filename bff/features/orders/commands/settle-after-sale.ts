import { DomainError } from '../../../kernel/errors'
import { assertInTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import type { Services } from '../../../platform/services'
import { assignCodes } from '../../gift-codes'
import { reserveStock, returnStock } from '../../gifts'
import { expectParcel, nameParcel } from '../../parcels'
import { refundHold } from '../../points'
import { type Order, type OrderItem, OrderModel } from '../order.model'
import { titleOf } from '../orders.titles'
import { confirmsAt } from './move-orders'
import { invalidState, keysOfMarks, transitionOrder } from './transition-order'

type SettleServices = Pick<Services, 'clock' | 'calendar' | 'outbox'>

/** So many pieces of one item of an order, named by its stock pool. */
export interface OrderPieces {
  stockId: string
  quantity: number
}

interface Settlement {
  afterSaleId: string
  pieces: readonly OrderPieces[]
  /** Whether the pieces went back into their pools. */
  restock: boolean
}

/**
 * Marks an order as in dispute, in the transaction that writes the after-sale. The mark is compared and set, so an order
 * has one after-sale at a time; while it stands, the order neither confirms itself nor is cancelled directly.
 */
export async function openAfterSale(order: Order, afterSaleId: string): Promise<void> {
  assertInTransaction()
  const marked = await OrderModel.updateOne(
    { _id: order._id, state: order.state, openAfterSaleId: null },
    { $set: { openAfterSaleId: afterSaleId } },
  )
  if (marked.matchedCount !== 1) throw new StaleReadError('order in dispute')
}

/** Takes the mark off, in the transaction that ends the after-sale: of two that would end it one finds it gone. */
export async function closeAfterSale(order: Order, afterSaleId: string): Promise<void> {
  assertInTransaction()
  const closed = await OrderModel.updateOne(
    { _id: order._id, openAfterSaleId: afterSaleId },
    { $set: { openAfterSaleId: null } },
  )
  if (closed.matchedCount !== 1) throw new StaleReadError('order in dispute')
}

/**
 * Ends an after-sale by giving the points of its pieces back to their lots, never more than is left of what the order
 * took. The order is cancelled when it was not yet sent, returned when nothing of it is left, and completed otherwise.
 * Claims stay taken unless it is cancelled.
 * @returns the points given back and the order's state.
 */
export async function refundPieces(
  services: SettleServices,
  order: Order,
  settlement: Settlement,
): Promise<{ points: number; state: Order['state'] }> {
  const { afterSaleId, pieces, restock } = settlement
  await closeAfterSale(order, afterSaleId)
  if (order.state === 'to_ship') {
    // Nothing has left yet, so everything goes back as with any cancellation.
    await transitionOrder(services, order, { to: 'cancelled', event: 'order.cancelled' })
    return { points: order.totalPoints, state: 'cancelled' }
  }
  const items = addTo(order.items, pieces, (item, quantity) => ({
    refundedPieces: item.refundedPieces + quantity,
    restockedPieces: item.restockedPieces + (restock ? quantity : 0),
  }))
  if (restock) await restockPieces(services, order, settlement)
  const isWhole = items.every(({ quantity, refundedPieces }) => refundedPieces === quantity)
  if (isWhole && order.state === 'shipped') {
    await transitionOrder(services, order, { to: 'returned', set: { items }, event: 'order.returned' })
    return { points: order.totalPoints, state: 'returned' }
  }
  const completed = await completeFirst(services, order)
  const left = order.totalPoints - order.refundedPoints
  const points = isWhole ? left : Math.min(left, pointsOf(order.items, pieces))
  const set = { items, refundedPoints: order.refundedPoints + points }
  if (isWhole) await transitionOrder(services, completed, { to: 'returned', set, event: 'order.returned' })
  else await OrderModel.updateOne({ _id: order._id }, { $set: set })
  await giveBack(services, order, afterSaleId, points)
  return { points, state: isWhole ? 'returned' : 'completed' }
}

/**
 * Ends an after-sale by giving some points back; the member keeps the pieces and the order is completed.
 * @throws `points.limit_reached` for more than the pieces cost or than is left of what the order took.
 */
export async function refundPoints(
  services: SettleServices,
  order: Order,
  { afterSaleId, pieces, points }: Pick<Settlement, 'afterSaleId' | 'pieces'> & { points: number },
): Promise<void> {
  const limit = Math.min(order.totalPoints - order.refundedPoints, pointsOf(order.items, pieces))
  if (points > limit) {
    throw new DomainError('points.limit_reached', {
      message: `最多还能退回 ${limit} 积分`,
      details: { limit },
    })
  }
  await closeAfterSale(order, afterSaleId)
  await completeFirst(services, order)
  await OrderModel.updateOne({ _id: order._id }, { $inc: { refundedPoints: points } })
  await giveBack(services, order, afterSaleId, points)
}

/**
 * Ends an after-sale by taking as many further pieces from stock, of a virtual gift as many codes; no points move. A new parcel takes the place of the
 * order's, and a delivery not yet confirmed waits for it anew.
 * @throws `gift.sold_out`.
 */
export async function replacePieces(
  services: SettleServices,
  order: Order,
  settlement: Settlement & { parcel: { carrier: string; trackingNumber: string } | null },
): Promise<void> {
  const { afterSaleId, pieces, restock, parcel } = settlement
  await closeAfterSale(order, afterSaleId)
  // Before what came back goes into the pool, so that nobody is sent the piece he returned.
  for (const move of movesOf(order, settlement)) {
    await reserveStock(services, move)
    if (order.handOver === 'virtual') await assignCodes(services, move)
  }
  if (restock) await restockPieces(services, order, settlement)
  const shippedAt = services.clock.now()
  const items = addTo(order.items, pieces, (item, quantity) => ({
    replacedPieces: item.replacedPieces + quantity,
    restockedPieces: item.restockedPieces + (restock ? quantity : 0),
  }))
  const shipment = parcel ? await nameShipment(parcel, shippedAt) : null
  await OrderModel.updateOne(
    { _id: order._id },
    {
      $set: {
        items,
        ...(shipment ? { shipment } : {}),
        ...(order.state === 'shipped' ? { autoConfirmsAt: await confirmsAt(services, shippedAt) } : {}),
      },
    },
  )
}

async function nameShipment(
  input: { carrier: string; trackingNumber: string },
  shippedAt: Date,
): Promise<Order['shipment']> {
  const parcel = nameParcel(input)
  const { deliveredAt } = await expectParcel(parcel.parcelId)
  return { ...parcel, shippedAt, deliveredAt }
}

/** Lets those try again whom the gate turned away, after pieces came back. */
export const clearMarks = (services: Pick<Services, 'gate' | 'calendar'>, order: Order): Promise<void> =>
  services.gate.clear(keysOfMarks(services, order))

/** Points can be given back in part only once they are spent, and who settles for a part has the rest. */
async function completeFirst(services: SettleServices, order: Order): Promise<Order> {
  if (order.state === 'completed') return order
  if (order.state !== 'shipped') throw invalidState(order)
  return transitionOrder(services, order, { to: 'completed', event: 'order.completed' })
}

async function giveBack(
  services: SettleServices,
  order: Order,
  afterSaleId: string,
  points: number,
): Promise<void> {
  if (points === 0) return
  const { _id: orderId, memberId } = order
  await refundHold(services, {
    memberId,
    orderId,
    refundId: afterSaleId,
    points,
    title: `售后退回 ${titleOf(order)}`,
  })
}

async function restockPieces(services: SettleServices, order: Order, settlement: Settlement): Promise<void> {
  for (const move of movesOf(order, settlement)) await returnStock(services, move)
}

const movesOf = (order: Order, { afterSaleId, pieces }: Settlement) =>
  pieces.map(({ stockId, quantity }) => {
    const { giftId, name } = itemOf(order.items, stockId)
    return { stockId, giftId, giftName: name, quantity, orderId: order._id, afterSaleId }
  })

function itemOf(items: readonly OrderItem[], stockId: string): OrderItem {
  const item = items.find((candidate) => candidate.stockId === stockId)
  if (!item) throw new Error(`the order has no item of stock ${stockId}`)
  return item
}

const pointsOf = (items: readonly OrderItem[], pieces: readonly OrderPieces[]): number =>
  pieces.reduce((sum, { stockId, quantity }) => sum + itemOf(items, stockId).pricePoints * quantity, 0)

function addTo(
  items: readonly OrderItem[],
  pieces: readonly OrderPieces[],
  change: (item: OrderItem, quantity: number) => Partial<OrderItem>,
): OrderItem[] {
  const quantities = new Map(pieces.map(({ stockId, quantity }) => [stockId, quantity]))
  return items.map((item) => ({ ...item, ...change(item, quantities.get(item.stockId) ?? 0) }))
}
