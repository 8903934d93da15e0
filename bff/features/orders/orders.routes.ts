import * as codeContracts from '#shared/contracts/gift-codes'
import * as contracts from '#shared/contracts/orders'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { DomainError, notFound } from '../../kernel/errors'
import { adminWith, anyMember, route } from '../../platform/route'
import { listCodeViews } from '../gift-codes'
import { findNicks } from '../members'
import { readSettings } from '../settings'
import { correctShipment } from './commands/correct-shipment'
import { approveOrder, cancelOrder, confirmOrder, rejectOrder, shipOrder } from './commands/move-orders'
import { placeOrder } from './commands/place-order'
import { sendOrderCode } from './commands/second-check'
import { invalidState } from './commands/transition-order'
import { viewGiftCodes } from './commands/view-gift-codes'
import { type Order, OrderModel } from './order.model'
import { presentAdminOrder, presentOrderSummary, presentTrackedOrder } from './orders.presenter'
import { statesOfTab } from './orders.states'
import { showCode } from './redemption-codes'

async function findOwnOrder(memberId: string, orderId: string): Promise<Order> {
  const order = await OrderModel.findOne({ _id: orderId, memberId }).lean()
  if (!order) throw notFound('没有这张订单')
  return order
}

const list = route(contracts.listOrders, anyMember, async ({ principal, query }) => {
  const states = query.state ? [query.state] : query.tab ? [...statesOfTab[query.tab]] : null
  const rows = await OrderModel.find({
    memberId: principal.id,
    ...(states ? { state: { $in: states } } : {}),
    ...(query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}),
  })
    .sort({ _id: -1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row._id])
  return { items: page.items.map(presentOrderSummary), nextCursor: page.nextCursor }
})

const readCode = route(contracts.readOrderCode, anyMember, async ({ services, principal, params }) => {
  const order = await findOwnOrder(principal.id, params.id)
  const now = services.clock.now()
  if (order.state !== 'to_pick_up' || !order.code || !order.pickUpExpiresAt) throw invalidState(order)
  if (order.pickUpExpiresAt < now) throw new DomainError('redemption.code_expired')
  const { digits, qrText, refreshAt, qrValidUntil } = showCode(services.codeKeys, order._id, order.code, now)
  return {
    digits,
    qrText,
    refreshAt: refreshAt.toISOString(),
    qrValidUntil: qrValidUntil.toISOString(),
    expiresAt: order.pickUpExpiresAt.toISOString(),
  }
})

const listAdmin = route(
  contracts.listAdminOrders,
  adminWith('operator', 'reviewer', 'support', 'finance'),
  async ({ query }) => {
    // Reviews are a queue: who came first is first.
    const isQueue = query.state === 'reviewing'
    const rows = await OrderModel.find({
      ...(query.state ? { state: query.state } : {}),
      ...(query.reminded
        ? { 'review.remindedAt': { [query.reminded === 'true' ? '$ne' : '$eq']: null } }
        : {}),
      ...(query.memberId ? { memberId: query.memberId } : {}),
      ...(query.giftId ? { 'items.giftId': query.giftId } : {}),
      ...(query.cursor
        ? { _id: { [isQueue ? '$gt' : '$lt']: decodeCursor(query.cursor, ['string'])[0] } }
        : {}),
    })
      .sort({ _id: isQueue ? 1 : -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    const nicks = await findNicks(page.items.map(({ memberId }) => memberId))
    const settings = await readSettings()
    const items = page.items.map((order) =>
      presentAdminOrder(order, nicks.get(order.memberId) ?? '', settings),
    )
    return { items: await Promise.all(items), nextCursor: page.nextCursor }
  },
)

async function presentForAdmin(order: Order) {
  const nicks = await findNicks([order.memberId])
  return { order: await presentAdminOrder(order, nicks.get(order.memberId) ?? '', await readSettings()) }
}

export const ordersRoutes = [
  route(contracts.placeOrder, anyMember, async (call) => {
    const { services, principal, body: input, idempotencyKey: key, clientAddress } = call
    const request = { memberId: principal.id, key, input, clientAddress }
    return (await placeOrder(services, request)).body
  }),
  route(contracts.sendOrderCode, anyMember, ({ services, principal }) =>
    sendOrderCode(services, principal.id),
  ),
  list,
  route(contracts.readOrder, anyMember, async ({ principal, params }) => ({
    order: await presentTrackedOrder(await findOwnOrder(principal.id, params.id)),
  })),
  route(contracts.cancelOrder, anyMember, async ({ services, principal, params }) => ({
    order: await presentTrackedOrder(await cancelOrder(services, principal.id, params.id)),
  })),
  route(contracts.confirmOrder, anyMember, async ({ services, principal, params }) => ({
    order: await presentTrackedOrder(await confirmOrder(services, principal.id, params.id)),
  })),
  readCode,
  route(codeContracts.viewGiftCodes, anyMember, ({ services, principal, params }) =>
    viewGiftCodes(services, principal.id, params.id),
  ),
  listAdmin,
  route(codeContracts.listCodeViews, adminWith('operator', 'support'), async ({ params, query }) => {
    const views = await listCodeViews(params.id, query)
    if (!(await OrderModel.exists({ _id: params.id }))) throw notFound('没有这张订单')
    return views
  }),
  route(contracts.shipOrder, adminWith('operator'), async ({ services, principal, params, body }) => {
    const move = { admin: principal, orderId: params.id, operation: contracts.shipOrder.id }
    return presentForAdmin(await shipOrder(services, move, body))
  }),
  route(contracts.correctShipment, adminWith('operator'), async ({ services, principal, params, body }) => {
    const move = { admin: principal, orderId: params.id, operation: contracts.correctShipment.id }
    return presentForAdmin(await correctShipment(services, move, body))
  }),
  route(contracts.approveOrder, adminWith('reviewer'), async ({ services, principal, params }) => {
    const move = { admin: principal, orderId: params.id, operation: contracts.approveOrder.id }
    return presentForAdmin(await approveOrder(services, move))
  }),
  route(contracts.rejectOrder, adminWith('reviewer'), async ({ services, principal, params, body }) => {
    const move = { admin: principal, orderId: params.id, operation: contracts.rejectOrder.id }
    return presentForAdmin(await rejectOrder(services, move, body.reason))
  }),
]
