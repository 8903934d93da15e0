import { Text, View } from '@tarojs/components'
import { Glyph } from '../../../components/glyph/glyph'
import { addressLine } from '../../../features/addresses/address.queries'
import type { OrderDetail } from '../../../features/orders/order.queries'
import { formatInstant, formatPoints } from '../../../platform/format'
import { text } from '../../../platform/text'
import { Copied } from './copied'

const words = text.order

function Shipment({ order }: { order: OrderDetail }) {
  if (!order.shipment) return null
  const { carrier, trackingNumber } = order.shipment
  return (
    <View className="order-place__row">
      <Glyph name="truck" size={22} tone="accent" />
      <View className="order-place__words">
        <Text className="order-place__name">{carrier}</Text>
        <Copied id="tracking-number" label={words.copyTracking} value={trackingNumber} />
      </View>
    </View>
  )
}

function Address({ order }: { order: OrderDetail }) {
  if (!order.address) return null
  return (
    <View className="order-place__row">
      <Glyph name="location" size={22} tone="accent" />
      <View className="order-place__words">
        <Text className="order-place__name">{`${order.address.name} ${order.address.phone}`}</Text>
        <Text className="order-place__line">{addressLine(order.address)}</Text>
      </View>
    </View>
  )
}

function Stores({ order }: { order: OrderDetail }) {
  if (order.handedOver) {
    const { storeName, staffName, redeemedAt } = order.handedOver
    return (
      <View className="order-place__row">
        <Glyph name="store" size={22} tone="accent" />
        <View className="order-place__words">
          <Text className="order-place__name">{words.handedOverBy(storeName, staffName)}</Text>
          <Text className="order-place__line">{formatInstant(redeemedAt)}</Text>
        </View>
      </View>
    )
  }
  return (
    <>
      {order.stores.map((store) => (
        <View className="order-place__row" key={store.id}>
          <Glyph name="store" size={22} tone="accent" />
          <View className="order-place__words">
            <Text className="order-place__name">{store.name}</Text>
            <Text className="order-place__line">{store.address}</Text>
            <Text className="order-place__line">{text.gift.hours(store.hours)}</Text>
          </View>
        </View>
      ))}
    </>
  )
}

/** Where the gift is or will be: parcel and address, or the stores. */
export function OrderPlace({ order }: { order: OrderDetail }) {
  const hasPlace = order.shipment || order.address || order.handedOver || order.stores.length > 0
  if (!hasPlace) return null
  return (
    <View className="order-block order-place">
      <Shipment order={order} />
      <Address order={order} />
      <Stores order={order} />
    </View>
  )
}

/** Number, time and price. */
export function OrderFacts({ order }: { order: OrderDetail }) {
  return (
    <View className="order-block">
      <View className="order-fact">
        <Text className="order-fact__name">{words.totalPoints}</Text>
        <Text className="order-fact__value">{text.orders.total(formatPoints(order.totalPoints))}</Text>
      </View>
      <View className="order-fact">
        <Text className="order-fact__name">{words.placedAt}</Text>
        <Text className="order-fact__value">{formatInstant(order.placedAt)}</Text>
      </View>
      <View className="order-fact">
        <Text className="order-fact__name">{words.number}</Text>
        <Copied id="order-number" label={words.copyNumber} value={order.number} />
      </View>
    </View>
  )
}
