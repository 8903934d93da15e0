import type { OrderState } from '#shared/domain/enums'

/** Which state may follow which. Nothing else ever happens to an order. */
export const transitions: Record<OrderState, readonly OrderState[]> = {
  reviewing: ['to_ship', 'to_pick_up', 'issued', 'rejected', 'cancelled'],
  to_ship: ['shipped', 'cancelled'],
  to_pick_up: ['completed', 'cancelled', 'expired'],
  issued: ['completed'],
  shipped: ['completed', 'returned'],
  completed: ['returned'],
  returned: [],
  rejected: [],
  cancelled: [],
  expired: [],
}

export const canBecome = (from: OrderState, to: OrderState): boolean => transitions[from].includes(to)

/** States that end an order without a gift: points, stock and claims go back. */
export const givesBack: readonly OrderState[] = ['rejected', 'cancelled', 'expired']

/** States in which an order's hold is open. */
export const openStates: readonly OrderState[] = ['reviewing', 'to_ship', 'to_pick_up', 'shipped']

/** States in which a virtual order has its codes. */
export const hasCodes: readonly OrderState[] = ['issued', 'completed', 'returned']

/** What members see under each tab of the list. */
export const statesOfTab = {
  to_receive: ['reviewing', 'to_ship', 'shipped'],
  to_pick_up: ['to_pick_up', 'issued'],
  completed: ['completed'],
  closed: ['returned', 'rejected', 'cancelled', 'expired'],
} as const satisfies Record<string, readonly OrderState[]>
