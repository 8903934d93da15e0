import * as contracts from '#shared/contracts/staff'
import { decodeCursor, invalidCursor, toPage } from '../../kernel/cursors'
import { anyStaff, route } from '../../platform/route'
import type { Services } from '../../platform/services'
import { findNicks, maskMember } from '../members'
import { requireStaff } from '../staff'
import { lookUpCode, redeemCode } from './commands/redeem-code'
import { OrderModel } from './order.model'
import { presentRedemptionOrder } from './redemptions.presenter'

const startOfToday = ({ clock, calendar }: Services) => calendar.startOf(calendar.dateOf(clock.now()))

/** How many orders a store has handed over on this business date. */
export const countHandedOverToday = (services: Services, storeId: string): Promise<number> =>
  OrderModel.countDocuments({
    'handedOver.storeId': storeId,
    'handedOver.redeemedAt': { $gte: startOfToday(services) },
  })

/** Two hand-overs can fall in one millisecond: then the order's id decides which comes first. */
function olderThan(cursor: string) {
  const [text, _id] = decodeCursor(cursor, ['string', 'string'])
  const redeemedAt = new Date(text)
  if (Number.isNaN(redeemedAt.getTime())) throw invalidCursor()
  return {
    $or: [
      { 'handedOver.redeemedAt': { $lt: redeemedAt } },
      { 'handedOver.redeemedAt': redeemedAt, _id: { $lt: _id } },
    ],
  }
}

const list = route(contracts.listRedemptions, anyStaff, async ({ services, principal, query }) => {
  const { store } = await requireStaff(principal.id)
  const from = startOfToday(services)
  const rows = await OrderModel.find({
    'handedOver.storeId': store._id,
    'handedOver.redeemedAt': { $gte: from },
    ...(query.cursor ? olderThan(query.cursor) : {}),
  })
    .sort({ 'handedOver.redeemedAt': -1, _id: -1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row.handedOver?.redeemedAt.toISOString() ?? '', row._id])
  const nicks = await findNicks(page.items.map(({ memberId }) => memberId))
  return {
    nextCursor: page.nextCursor,
    total: await countHandedOverToday(services, store._id),
    items: page.items.map((order) => ({
      order: presentRedemptionOrder(order),
      member: { masked: maskMember(order.memberId, nicks.get(order.memberId) ?? '') },
      staffName: order.handedOver?.staffName ?? '',
    })),
  }
})

export const redemptionsRoutes = [
  route(contracts.lookUpRedemption, anyStaff, ({ services, principal, body, clientAddress }) =>
    lookUpCode(services, { staffId: principal.id, code: body.code, clientAddress }),
  ),
  route(contracts.redeem, anyStaff, async (call) => {
    const { services, principal, body, clientAddress, idempotencyKey: key } = call
    const shown = { staffId: principal.id, code: body.code, clientAddress }
    return (await redeemCode(services, { ...shown, key })).body
  }),
  list,
]
