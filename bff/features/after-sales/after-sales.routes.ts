import * as contracts from '#shared/contracts/after-sales'
import { afterSaleKinds } from '#shared/domain/enums'
import { decodeCursor, toPage } from '../../kernel/cursors'
import { notFound } from '../../kernel/errors'
import { adminWith, anyMember, route } from '../../platform/route'
import { findNicks } from '../members'
import { findOrder } from '../orders'
import { type AfterSale, AfterSaleModel } from './after-sale.model'
import { presentAfterSale, presentForAdmin, presentSummary } from './after-sales.presenter'
import { judge, piecesLeft } from './after-sales.rules'
import {
  approveAfterSale,
  findAfterSale,
  receiveAfterSale,
  rejectAfterSale,
} from './commands/decide-after-sale'
import { findOwn, requestAfterSale, sendBack, withdrawAfterSale } from './commands/request-after-sale'

const options = route(contracts.listAfterSaleOptions, anyMember, async ({ services, principal, params }) => {
  const order = await findOrder({ _id: params.id, memberId: principal.id })
  if (!order) throw notFound('没有这张订单')
  const now = services.clock.now()
  const items = order.items.filter((item) => piecesLeft(item) > 0)
  const latest = await AfterSaleModel.findOne({ orderId: order._id }).sort({ _id: -1 }).lean()
  return {
    options: afterSaleKinds.map((kind) => {
      const permission = judge(kind, order, items, { now, calendar: services.calendar })
      return permission.isAllowed
        ? { kind, isAllowed: true, reason: null, until: permission.until?.toISOString() ?? null }
        : { kind, isAllowed: false, reason: permission.message, until: null }
    }),
    latest: latest && presentSummary(latest),
  }
})

const list = route(contracts.listAfterSales, anyMember, async ({ principal, query }) => {
  const rows = await AfterSaleModel.find({
    memberId: principal.id,
    ...(query.orderId ? { orderId: query.orderId } : {}),
    ...(query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}),
  })
    .sort({ _id: -1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row._id])
  return { items: page.items.map(presentSummary), nextCursor: page.nextCursor }
})

const listAdmin = route(
  contracts.listAdminAfterSales,
  adminWith('support', 'reviewer', 'operator'),
  async ({ query }) => {
    const { state, kind, memberId, orderId } = query
    const rows = await AfterSaleModel.find({
      ...(state ? { state } : {}),
      ...(kind ? { kind } : {}),
      ...(memberId ? { memberId } : {}),
      ...(orderId ? { orderId } : {}),
      ...(query.cursor ? { _id: { $lt: decodeCursor(query.cursor, ['string'])[0] } } : {}),
    })
      .sort({ _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row._id])
    const nicks = await findNicks(page.items.map((row) => row.memberId))
    return {
      items: page.items.map((row) => presentForAdmin(row, nicks.get(row.memberId) ?? '')),
      nextCursor: page.nextCursor,
    }
  },
)

async function presentOne(afterSale: AfterSale) {
  const nicks = await findNicks([afterSale.memberId])
  return { afterSale: presentForAdmin(afterSale, nicks.get(afterSale.memberId) ?? '') }
}

export const afterSalesRoutes = [
  options,
  route(contracts.requestAfterSale, anyMember, async ({ services, principal, body, idempotencyKey }) => {
    const request = { memberId: principal.id, key: idempotencyKey, input: body }
    return (await requestAfterSale(services, request)).body
  }),
  list,
  route(contracts.readAfterSale, anyMember, async ({ principal, params }) => ({
    afterSale: presentAfterSale(await findOwn(principal.id, params.id)),
  })),
  route(contracts.withdrawAfterSale, anyMember, async ({ services, principal, params }) => ({
    afterSale: presentAfterSale(await withdrawAfterSale(services, principal.id, params.id)),
  })),
  route(contracts.sendBack, anyMember, async ({ principal, params, body }) => ({
    afterSale: presentAfterSale(await sendBack(principal.id, params.id, body)),
  })),
  listAdmin,
  route(contracts.readAdminAfterSale, adminWith('support', 'reviewer', 'operator'), async ({ params }) =>
    presentOne(await findAfterSale(params.id)),
  ),
  route(contracts.approveAfterSale, adminWith('reviewer'), async (call) => {
    const { services, principal: admin, params, body: input, idempotencyKey: key } = call
    const operation = contracts.approveAfterSale.id
    return presentOne(
      await approveAfterSale(services, { admin, afterSaleId: params.id, operation, key, input }),
    )
  }),
  route(contracts.receiveAfterSale, adminWith('reviewer', 'operator'), async (call) => {
    const { services, principal: admin, params, body: input, idempotencyKey: key } = call
    const operation = contracts.receiveAfterSale.id
    return presentOne(
      await receiveAfterSale(services, { admin, afterSaleId: params.id, operation, key, input }),
    )
  }),
  route(contracts.rejectAfterSale, adminWith('reviewer'), async ({ services, principal, params, body }) => {
    const decision = { admin: principal, afterSaleId: params.id, operation: contracts.rejectAfterSale.id }
    return presentOne(await rejectAfterSale(services, { ...decision, input: body }))
  }),
]
