import type { OrderState } from '#shared/domain/enums'
import { DomainError, notFound } from '../../../kernel/errors'
import { assertInTransaction, inTransaction, StaleReadError } from '../../../platform/mongo/transaction'
import { redisKeys } from '../../../platform/redis/keys'
import type { Services } from '../../../platform/services'
import { freeClaims, returnStock } from '../../gifts'
import { captureHold, releaseHold } from '../../points'
import { type Order, OrderModel } from '../order.model'
import { canBecome, givesBack } from '../orders.states'
import { titleOf } from '../orders.titles'
import { issueOrder } from './issue-order'
import { inOrderQueue } from './order-queue'

type TransitionServices = Pick<Services, 'clock' | 'calendar' | 'outbox'>

export interface Transition {
  to: OrderState
  /** Fields that change with the state. */
  set?: Partial<Order>
  note?: string
  /** The event told to others, with what the order itself does not say. */
  event: string
  payload?: Record<string, unknown>
}

/**
 * Moves an order to another state together with all that hangs on it: the hold ends, stock and claims go back.
 * In the caller's transaction. The state is compared and set, so of two that race one finds it changed.
 * @throws `order.invalid_state` when the table does not allow it.
 */
export async function transitionOrder(
  services: TransitionServices,
  order: Order,
  transition: Transition,
): Promise<Order> {
  assertInTransaction()
  const { to, set = {}, note = null } = transition
  if (!canBecome(order.state, to)) throw invalidState(order)
  const step = { state: to, note, at: services.clock.now() }
  const changes = { ...set, state: to }
  const moved = await OrderModel.updateOne(
    { _id: order._id, state: order.state },
    { $set: changes, $push: { timeline: step } },
  )
  if (moved.matchedCount !== 1) throw new StaleReadError('order state')
  await settle(services, order, to)
  await services.outbox.publish(transition.event, {
    memberId: order.memberId,
    orderId: order._id,
    giftName: titleOf(order),
    totalPoints: order.totalPoints,
    ...transition.payload,
  })
  return { ...order, ...changes, timeline: [...order.timeline, step] }
}

async function settle(services: TransitionServices, order: Order, to: OrderState): Promise<void> {
  const { memberId, _id: orderId } = order
  if (to === 'issued') await issueOrder(services, order)
  // Issuing captures already, so a completion after it finds nothing left to do.
  if (to === 'completed' && order.state !== 'issued') {
    await captureHold(services, { memberId, orderId, title: `领取 ${titleOf(order)}` })
  }
  // Sent back before it was confirmed. Its pieces and points under a captured hold are the after-sale's business.
  if (to === 'returned' && order.state === 'shipped') {
    await releaseHold(services, { memberId, orderId, title: `退回 ${titleOf(order)}` })
  }
  if (!givesBack.includes(to)) return
  await releaseHold(services, { memberId, orderId, title: `退回 ${titleOf(order)}` })
  for (const { stockId, giftId, name, quantity } of order.items) {
    await returnStock(services, { stockId, giftId, giftName: name, quantity, orderId })
  }
  await freeClaims({ memberId, orderId })
}

/**
 * Reads an order, moves it in one transaction and lets those try again whom the gate turned away meanwhile.
 * @throws `resource.not_found` when `find` matches none; `order.invalid_state`.
 */
export async function moveOrder(
  services: TransitionServices & Pick<Services, 'gate'>,
  find: { _id: string; memberId?: string },
  transitionOf: (order: Order) => Transition | Promise<Transition>,
  alongside: (order: Order) => Promise<void> = async () => undefined,
): Promise<Order> {
  const order = await inTransaction(async () => {
    const found = await OrderModel.findOne(find).lean()
    if (!found) throw notFound('没有这张订单')
    const after = await transitionOrder(services, found, await transitionOf(found))
    await alongside(found)
    return after
  })
  if (givesBack.includes(order.state)) await services.gate.clear(keysOfMarks(services, order))
  return order
}

/** As `moveOrder`, for moves that write stock or codes: queued with those who redeem the same gifts. @throws `service.busy` */
export async function moveOrderInQueue(
  services: Parameters<typeof moveOrder>[0] & Pick<Services, 'locks'>,
  ...[find, ...move]: MoveArguments
): Promise<Order> {
  const order = await OrderModel.findOne(find).lean()
  if (!order) throw notFound('没有这张订单')
  return inOrderQueue(services, order, () => moveOrder(services, find, ...move))
}

export type MoveArguments = Parameters<typeof moveOrder> extends [unknown, ...infer Rest] ? Rest : never

/** The gate's marks that an order can have left. */
export function keysOfMarks({ calendar }: Pick<Services, 'calendar'>, order: Order): string[] {
  const placedOn = calendar.dateOf(order.placedAt)
  return order.items.flatMap((item) => marksOf(order.memberId, item, placedOn)).map(({ key }) => key)
}

/** A mark of the gate, and the refusal it stands for. */
interface Mark {
  key: string
  code: 'gift.sold_out' | 'gift.limit_reached'
  /** What was used up: pieces for good, or those of the date. */
  counts: 'all' | 'date'
}

/** The gate's marks that an item of an order can have left; those of a day's limits end with the day. */
export const marksOf = (
  memberId: string,
  { giftId, stockId }: { giftId: string; stockId: string },
  businessDate: string,
): Mark[] => [
  { key: redisKeys.soldOutMark(giftId, stockId), code: 'gift.sold_out', counts: 'all' },
  { key: redisKeys.soldOutMark(giftId, businessDate), code: 'gift.sold_out', counts: 'date' },
  { key: redisKeys.redeemedMark(giftId, memberId), code: 'gift.limit_reached', counts: 'all' },
  {
    key: redisKeys.redeemedMark(giftId, `${memberId}:${businessDate}`),
    code: 'gift.limit_reached',
    counts: 'date',
  },
]

export const invalidState = (order: Pick<Order, 'state'>, message?: string) =>
  new DomainError('order.invalid_state', { message, details: { state: order.state } })
