import { addDays, daysBetween } from '#shared/domain/business-date'
import type { HandOver, OrderState } from '#shared/domain/enums'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { expectParcel, nameParcel } from '../../parcels'
import { readSettings } from '../../settings'
import type { Order } from '../order.model'
import { publishDelivered } from './mark-delivered'
import {
  invalidState,
  type MoveArguments,
  moveOrder,
  moveOrderInQueue,
  type Transition,
} from './transition-order'

type MoveServices = Pick<Services, 'clock' | 'calendar' | 'outbox' | 'gate'>
type QueueServices = MoveServices & Pick<Services, 'locks'>

/** When a delivery sent at `shippedAt` confirms itself. The order keeps this date whatever the number becomes. */
export async function confirmsAt({ calendar }: Pick<Services, 'calendar'>, shippedAt: Date): Promise<Date> {
  const { autoConfirmDays } = await readSettings()
  return calendar.endOf(addDays(calendar.dateOf(shippedAt), autoConfirmDays))
}

/** The member takes back an order that was not yet sent or collected. @throws `order.invalid_state` */
export const cancelOrder = (services: QueueServices, memberId: string, orderId: string): Promise<Order> =>
  moveOrderInQueue(services, { _id: orderId, memberId }, (order) => {
    if (order.openAfterSaleId) throw invalidState(order, '售后申请处理中，请先撤销申请')
    return { to: 'cancelled', event: 'order.cancelled' }
  })

/** The member has received a delivery. @throws `order.invalid_state` */
export const confirmOrder = (services: MoveServices, memberId: string, orderId: string): Promise<Order> =>
  moveOrder(services, { _id: orderId, memberId }, (order) => {
    if (order.state !== 'shipped') throw invalidState(order)
    return { to: 'completed', event: 'order.completed' }
  })

export interface AdminMove {
  admin: AdminPrincipal
  orderId: string
  operation: string
}

const moveAsAdmin = <S extends MoveServices>(
  moveBy: (services: S, ...move: MoveArguments) => Promise<Order>,
  services: S,
  { admin, orderId, operation }: AdminMove,
  transitionOf: (order: Order) => Transition | Promise<Transition>,
): Promise<Order> => {
  let planned: Transition | undefined
  return moveBy(
    services,
    { _id: orderId },
    async (order) => {
      const transition = await transitionOf(order)
      planned = transition
      return transition
    },
    (before) =>
      recordAudit(services.clock, admin, {
        operation,
        targetId: orderId,
        before: { state: before.state },
        after: { state: planned?.to, ...planned?.payload },
      }),
  )
}

/**
 * A delivery leaves the warehouse. One parcel may hold several orders. What its carrier told before is kept from now on.
 * @throws `order.invalid_state`
 */
export const shipOrder = (
  services: MoveServices,
  move: AdminMove,
  input: { carrier: string; trackingNumber: string },
): Promise<Order> => {
  const shippedAt = services.clock.now()
  const parcel = nameParcel(input)
  const { carrier, trackingNumber } = parcel
  return moveAsAdmin(moveOrder, services, move, async (order) => {
    const { deliveredAt } = await expectParcel(parcel.parcelId)
    if (deliveredAt) await publishDelivered(services, order)
    return {
      to: 'shipped',
      set: {
        shipment: { ...parcel, shippedAt, deliveredAt },
        autoConfirmsAt: await confirmsAt(services, shippedAt),
      },
      note: `${carrier} ${trackingNumber}`,
      event: 'order.shipped',
      payload: { carrier, trackingNumber },
    }
  })
}

const stateAfterReview: Record<HandOver, OrderState> = {
  delivery: 'to_ship',
  pickup: 'to_pick_up',
  virtual: 'issued',
}

/** The time to collect runs from the approval: days spent in review are not the member's. */
function afterReview({ clock, calendar }: MoveServices, order: Order): Date | null {
  if (!order.pickUpExpiresAt) return null
  const daysInReview = daysBetween(calendar.dateOf(order.placedAt), calendar.dateOf(clock.now()))
  return calendar.endOf(addDays(calendar.dateOf(order.pickUpExpiresAt), daysInReview))
}

/** A reviewed order goes on. @throws `order.invalid_state` */
export const approveOrder = (services: QueueServices, move: AdminMove): Promise<Order> => {
  const transitionOf = (order: Order): Transition => {
    if (order.state !== 'reviewing') throw invalidState(order)
    return {
      to: stateAfterReview[order.handOver],
      set: { pickUpExpiresAt: afterReview(services, order) },
      event: 'order.approved',
    }
  }
  return moveAsAdmin(moveOrderInQueue, services, move, transitionOf)
}

/** A reviewed order ends; points and stock go back, and the member sees why. @throws `order.invalid_state` */
export const rejectOrder = (services: QueueServices, move: AdminMove, reason: string): Promise<Order> => {
  const rejection: Transition = {
    to: 'rejected',
    set: { rejectionReason: reason },
    note: reason,
    event: 'order.rejected',
    payload: { reason },
  }
  return moveAsAdmin(moveOrderInQueue, services, move, () => rejection)
}
