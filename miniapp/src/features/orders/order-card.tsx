import { Text, View } from '@tarojs/components'
import { memo } from 'react'
import { Button } from '../../components/button/button'
import { Picture } from '../../components/picture/picture'
import { Pressable } from '../../components/pressable/pressable'
import { formatDay, formatInstant, formatPoints } from '../../platform/format'
import { go } from '../../platform/navigation'
import { text } from '../../platform/text'
import type { OrderSummary } from './order.queries'
import './order-card.scss'

const words = text.orders

const activeStates = new Set(['reviewing', 'to_ship', 'to_pick_up', 'shipped', 'issued'])

function NextAction({ order }: { order: OrderSummary }) {
  if (order.state === 'to_pick_up') {
    return (
      <Button id={`code-${order.id}`} size="small" onPress={() => go.orderCode(order.id)}>
        {words.showCode}
      </Button>
    )
  }
  if (order.state === 'issued') {
    return (
      <Button id={`gift-codes-${order.id}`} size="small" onPress={() => go.order(order.id)}>
        {words.seeCodes}
      </Button>
    )
  }
  if (order.state === 'shipped') {
    return (
      <Button id={`confirm-${order.id}`} size="small" kind="soft" onPress={() => go.order(order.id)}>
        {words.confirm}
      </Button>
    )
  }
  return null
}

/** One gift of an order: what it is, how many, and what it cost. */
export function OrderItemRow({ item }: { item: OrderSummary['items'][number] }) {
  return (
    <View className="order-item">
      <Picture className="order-item__picture" url={item.thumbnailUrl} />
      <View className="order-item__words">
        <Text className="order-item__name">{item.name}</Text>
        <View className="order-item__line">
          <Text className="order-item__sku">{item.skuName ?? ' '}</Text>
          <Text className="order-item__quantity">{words.quantity(item.quantity)}</Text>
        </View>
      </View>
    </View>
  )
}

/** An order in the list: its state first, the gifts, and the one thing to do. Not rendered again when a page is added. */
export const OrderCard = memo(function OrderCard({ order }: { order: OrderSummary }) {
  const isActive = activeStates.has(order.state)
  const note =
    order.state === 'to_pick_up' && order.pickUpExpiresAt
      ? words.pickUpBefore(formatDay(order.pickUpExpiresAt))
      : formatInstant(order.placedAt)
  return (
    <View className="order-card">
      <Pressable id={`order-${order.id}`} onPress={() => go.order(order.id)}>
        <View className="order-card__head">
          <Text className="order-card__when">{note}</Text>
          <Text className={isActive ? 'order-card__state order-card__state--active' : 'order-card__state'}>
            {words.states[order.state]}
          </Text>
        </View>
        {order.items.map((item) => (
          <OrderItemRow key={`${item.giftId}-${item.skuId ?? ''}`} item={item} />
        ))}
      </Pressable>
      <View className="order-card__foot">
        <Text className="order-card__total">{words.total(formatPoints(order.totalPoints))}</Text>
        <NextAction order={order} />
      </View>
    </View>
  )
})
