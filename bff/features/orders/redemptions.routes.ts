import * as contracts from '#shared/contracts/staff'
import { decodeCursor, toPage } from '../../kernel/cursors'
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

const list = route(contracts.listRedemptions, anyStaff, async ({ services, principal, query }) => {
  const { store } = await requireStaff(principal.id)
  const from = startOfToday(services)
  const before = query.cursor ? new Date(decodeCursor(query.cursor, ['number'])[0]) : null
  const rows = await OrderModel.find({
    'handedOver.storeId': store._id,
    'handedOver.redeemedAt': before ? { $gte: from, $lt: before } : { $gte: from },
  })
    .sort({ 'handedOver.redeemedAt': -1 })
    .limit(query.limit + 1)
    .lean()
  const page = toPage(rows, query.limit, (row) => [row.handedOver?.redeemedAt.getTime() ?? 0])
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
  route(contracts.lookUpRedemption, anyStaff, ({ services, principal, body }) =>
    lookUpCode(services, principal.id, body.code),
  ),
  route(contracts.redeem, anyStaff, async ({ services, principal, body, idempotencyKey }) => {
    const result = await redeemCode(services, { staffId: principal.id, code: body.code, key: idempotencyKey })
    return result.body
  }),
  list,
]
