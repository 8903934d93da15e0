import { Text, View } from '@tarojs/components'
import { useEffect } from 'react'
import { Button } from '../../../components/button/button'
import { DrawnTick } from '../../../components/drawn-tick/drawn-tick'
import type { OrderDetail } from '../../../features/orders/order.queries'
import { useOrderCode } from '../../../features/orders/order-code'
import { useColors } from '../../../platform/brand'
import { vibrate } from '../../../platform/device'
import { formatDay, formatDigits, formatPoints } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'

const words = text.redeem

function nextStep(order: OrderDetail): string {
  if (order.state === 'reviewing') return words.doneReviewing
  if (order.handOver === 'delivery') return words.doneDelivery
  if (order.handOver === 'virtual') return words.doneVirtual
  return order.pickUpExpiresAt
    ? words.donePickup(formatDay(order.pickUpExpiresAt), onlyStoreOf(order))
    : text.orders.hints.to_pick_up
}

const onlyStoreOf = ({ stores }: OrderDetail) => (stores.length === 1 ? (stores[0]?.name ?? null) : null)

function Digits({ orderId }: { orderId: string }) {
  const { code } = useOrderCode(orderId, true)
  if (!code?.digits) return null
  return (
    <Text className="redeem-done__digits" id="redeem-digits">
      {formatDigits(code.digits)}
    </Text>
  )
}

/** It worked: a drawn tick, the code or the delivery, and what happens next. */
export function RedeemDone({ order, onClose }: { order: OrderDetail; onClose: () => void }) {
  useEffect(vibrate, [])
  const { accentFill, onAccent } = useColors()
  const isPickUp = order.state === 'to_pick_up'
  const isIssued = order.state === 'issued'
  const leave = (open: (id: string) => void) => () => {
    onClose()
    open(order.id)
  }
  return (
    <View className="redeem-done" id="redeem-done">
      <DrawnTick size={72} ground={accentFill} color={onAccent} />
      <Text className="redeem-done__title">{words.doneTitle}</Text>
      <Text className="redeem-done__line">{nextStep(order)}</Text>
      {isPickUp ? <Digits orderId={order.id} /> : null}
      {order.pointsAfter ? (
        <View className="redeem-done__points">
          <Text>{`${words.doneLeft} ${formatPoints(order.pointsAfter.available)}`}</Text>
          <Text>{`${isIssued ? words.doneSpent : words.doneFrozen} ${formatPoints(order.totalPoints)}`}</Text>
        </View>
      ) : null}
      <View className="redeem-done__actions">
        <Button id={isPickUp ? 'show-code' : 'see-order'} onPress={leave(isPickUp ? go.orderCode : go.order)}>
          {isPickUp ? words.showCode : isIssued ? words.seeCodes : words.seeOrder}
        </Button>
        <Button id="go-on" kind="plain" onPress={onClose}>
          {words.goOn}
        </Button>
      </View>
    </View>
  )
}
