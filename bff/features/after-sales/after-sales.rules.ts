import { addDays } from '#shared/domain/business-date'
import type { AfterSaleKind, OrderState } from '#shared/domain/enums'
import { limits } from '#shared/domain/limits'
import type { BusinessCalendar } from '../../kernel/business-calendar'
import type { Order } from '../orders'

/** Days after receipt in which damage counts, whether or not the gift can be returned; of a code, after its first look. */
const damageDays = 7
/** Days after shipping in which a parcel can be reported lost. */
const lossDays = 30

/** In which states of its order each kind can be asked for. What was not yet collected is cancelled by the member. */
const statesOf: Record<AfterSaleKind, readonly OrderState[]> = {
  cancel: ['to_ship', 'shipped'],
  return: ['shipped', 'completed'],
  exchange: ['shipped', 'completed'],
  damage: ['shipped', 'completed'],
  loss: ['shipped', 'completed'],
}

type Item = Order['items'][number]

/** What can be asked for, and until when; or why not. Null stands for no limit in time. */
export type Permission =
  | { isAllowed: true; until: Date | null }
  | { isAllowed: false; reason: NotAllowed; message: string }

export type NotAllowed =
  | 'open_request'
  | 'nothing_left'
  | 'virtual'
  | 'state'
  | 'not_delivered'
  | 'not_returnable'
  | 'too_late'

/** Pieces of an item that were not yet given up for their points. */
export const piecesLeft = ({ quantity, refundedPieces }: Item): number => quantity - refundedPieces

/** Whether a kind can be asked for these items of an order now. */
export function judge(
  kind: AfterSaleKind,
  order: Order,
  items: readonly Item[],
  { now, calendar }: { now: Date; calendar: BusinessCalendar },
): Permission {
  if (order.openAfterSaleId) return refuse('open_request', '已有一个售后申请在处理中')
  if (order.handOver === 'virtual' && kind !== 'damage') return refuse('virtual', '卡券发放后不能退换')
  if (order.state === 'returned' || items.length === 0) return refuse('nothing_left', '这张订单已经退完了')
  if (order.state === 'issued') return refuse('state', '看过券码、发现用不了再申请')
  if (!statesOf[kind].includes(order.state)) return refuse('state', '订单现在的状态不能这样申请')
  if (kind === 'loss' && !order.shipment) return refuse('not_delivered', '只有快递送的礼品会丢件')
  const days = daysOf(kind, items)
  if (days === 0) return refuse('not_returnable', '这件礼品不支持退换')
  const from = kind === 'loss' ? order.shipment?.shippedAt : receivedAt(order)
  if (days === null || !from) return { isAllowed: true, until: null }
  const until = calendar.endOf(addDays(calendar.dateOf(from), days))
  if (until < now) return refuse('too_late', `已经超过 ${days} 天的申请时间`)
  return { isAllowed: true, until }
}

const refuse = (reason: NotAllowed, message: string): Permission => ({ isAllowed: false, reason, message })

/** An order not yet confirmed has no receipt from which days could run. */
const receivedAt = (order: Order): Date | undefined =>
  order.state === 'completed' ? order.timeline.findLast(({ state }) => state === 'completed')?.at : undefined

function daysOf(kind: AfterSaleKind, items: readonly Item[]): number | null {
  switch (kind) {
    case 'cancel':
      return null
    case 'damage':
      return damageDays
    case 'loss':
      return lossDays
    case 'return':
    case 'exchange':
      return Math.min(...items.map(({ returnDays }) => returnDays ?? limits.returnDaysUsual))
  }
}
