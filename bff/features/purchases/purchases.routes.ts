import * as contracts from '#shared/contracts/purchases'
import { decodeCursor, invalidCursor, toPage } from '../../kernel/cursors'
import { adminWith, openWith, route } from '../../platform/route'
import { recordPurchase } from './commands/record-purchase'
import { recordRefund } from './commands/record-refund'
import { PurchaseModel } from './purchase.model'
import {
  presentAdminPurchase,
  presentAdminRefund,
  presentPurchase,
  presentRefund,
} from './purchases.presenter'
import { RefundModel } from './refund.model'

const olderThan = (cursor: string | undefined, field: 'recordedAt' | 'receivedAt') => {
  if (!cursor) return {}
  const [ms, id] = decodeCursor(cursor, ['number', 'string'])
  const at = new Date(ms)
  if (Number.isNaN(at.getTime())) throw invalidCursor()
  return { $or: [{ [field]: { $lt: at } }, { [field]: at, _id: { $lt: id } }] }
}

export const purchasesRoutes = [
  route(contracts.recordPurchase, openWith('purchases'), async ({ services, principal, body }) => {
    const { purchase, repeated } = await recordPurchase(services, principal, body)
    return { purchase: presentPurchase(purchase), repeated }
  }),
  route(contracts.recordRefund, openWith('purchases'), async ({ services, principal, body }) => {
    const { refund, repeated } = await recordRefund(services, principal, body)
    const purchase = await PurchaseModel.findById(refund.purchaseId).lean()
    return { refund: presentRefund(refund), purchase: purchase && presentPurchase(purchase), repeated }
  }),
  route(contracts.listPurchases, adminWith('operator', 'finance', 'support'), async ({ query }) => {
    const rows = await PurchaseModel.find({
      ...(query.memberId ? { memberId: query.memberId } : {}),
      ...olderThan(query.cursor, 'recordedAt'),
    })
      .sort({ recordedAt: -1, _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row.recordedAt.getTime(), row._id])
    const ids = page.items.map(({ _id }) => _id)
    const refunds = await RefundModel.find({ purchaseId: { $in: ids } })
      .sort({ receivedAt: 1 })
      .lean()
    return {
      nextCursor: page.nextCursor,
      items: page.items.map((purchase) => presentAdminPurchase(purchase, refunds)),
    }
  }),
  route(contracts.listRefunds, adminWith('operator', 'finance', 'support'), async ({ query }) => {
    const rows = await RefundModel.find({
      ...(query.state ? { state: query.state } : {}),
      ...olderThan(query.cursor, 'receivedAt'),
    })
      .sort({ receivedAt: -1, _id: -1 })
      .limit(query.limit + 1)
      .lean()
    const page = toPage(rows, query.limit, (row) => [row.receivedAt.getTime(), row._id])
    return { nextCursor: page.nextCursor, items: page.items.map(presentAdminRefund) }
  }),
]
