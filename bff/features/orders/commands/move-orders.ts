import { addDays, daysBetween } from '#shared/domain/business-date'
import type { HandOver, OrderState } from '#shared/domain/enums'
import type { AdminPrincipal } from '../../../platform/route'
import type { Services } from '../../../platform/services'
import { recordAudit } from '../../audit'
import { expectParcel, nameParcel } from '../../parcels'
import { readSettings } from '../../settings'
import type { Order } from '../order.model'
import { publishDelivered } from './mark-delivered'
import { invalidState, moveOrder, type Transition } from './transition-order'

type MoveServices = Pick<Services, 'clock' | 'calendar' | 'outbox' | 'gate'>

/** When a delivery sent at `shippedAt` confirms itself. The order keeps this date whatever the number becomes. */
export async function confirmsAt({ calendar }: Pick<Services, 'calendar'>, shippedAt: Date): Promise<Date> {
  const { autoConfirmDays } = await readSettings()
  return calendar.endOf(addDays(calendar.dateOf(shippedAt), autoConfirmDays))
}

/** The member takes back an order that was not yet sent or collected. @throws `order.invalid_state` */
export const cancelOrder = (services: MoveServices, memberId: string, orderId: string): Promise<Order> =>
  moveOrder(services, { _id: orderId, memberId }, (order) => {
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

const moveAsAdmin = (
  services: MoveServices,
  { admin, orderId, operation }: AdminMove,
  transitionOf: (order: Order) => Transition | Promise<Transition>,
): Promise<Order> => {
  let planned: Transition | undefined
  return moveOrder(
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
  return moveAsAdmin(services, move, async (order) => {
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
export const approveOrder = (services: MoveServices, move: AdminMove): Promise<Order> =>
  moveAsAdmin(services, move, (order) => {
    if (order.state !== 'reviewing') throw invalidState(order)
    return {
      to: stateAfterReview[order.handOver],
      set: { pickUpExpiresAt: afterReview(services, order) },
      event: 'order.approved',
    }
  })

/** A reviewed order ends; points and stock go back, and the member sees why. @throws `order.invalid_state` */
export const rejectOrder = (services: MoveServices, move: AdminMove, reason: string): Promise<Order> =>
  moveAsAdmin(services, move, () => ({
    to: 'rejected',
    set: { rejectionReason: reason },
    note: reason,
    event: 'order.rejected',
    payload: { reason },
  }))
