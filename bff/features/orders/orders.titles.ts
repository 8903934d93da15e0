import type { TrackingStatus } from '#shared/domain/carriers'
import type { HandOver, OrderState } from '#shared/domain/enums'

/** How an order is called in one line. */
export function titleOf(order: { items: readonly { name: string }[] }): string {
  const [first, ...rest] = order.items
  const name = first?.name ?? ''
  return rest.length > 0 ? `${name}等 ${order.items.length} 件礼品` : name
}

const titles: Record<OrderState, string> = {
  reviewing: '已提交，等待审核',
  to_ship: '兑换成功，准备发货',
  to_pick_up: '兑换成功，等你到店领取',
  issued: '卡券已发放',
  shipped: '已发货',
  completed: '已完成',
  returned: '已退回',
  rejected: '审核未通过，积分已退回',
  cancelled: '已取消，积分已退回',
  expired: '逾期未领，积分已退回',
}

/** A step of the timeline in words. */
export function stepTitle(state: OrderState, handOver: HandOver): string {
  if (state === 'completed' && handOver === 'pickup') return '已领取'
  if (state === 'completed' && handOver === 'virtual') return '已查看券码'
  return titles[state]
}

/** A step of a parcel in words. */
export const trackingTitles: Record<TrackingStatus, string> = {
  collected: '快递已揽收',
  in_transit: '运输中',
  out_for_delivery: '派送中',
  delivered: '已签收',
  exception: '运输有异常',
  returned: '包裹退回中',
}
