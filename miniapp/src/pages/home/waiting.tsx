import { Text, View } from '@tarojs/components'
import { Glyph } from '../../components/glyph/glyph'
import { Picture } from '../../components/picture/picture'
import { Pressable } from '../../components/pressable/pressable'
import { useOrders } from '../../features/orders/order.queries'
import { useOrderCodeAhead } from '../../features/orders/order-code'
import { formatDay } from '../../platform/format'
import { go } from '../../platform/navigation'
import { text } from '../../platform/text'

const words = text.home

/** The gift that waits in a shop: its code is one tap away. The one that must be collected first stands here. */
export function Waiting() {
  const orders = useOrders('to_pick_up')
  const listed = orders.data?.pages[0]?.items ?? []
  // Cards that were issued stand under the same tab, and have no code for the shop.
  const waiting = listed.filter(({ state }) => state === 'to_pick_up')
  const [first] = [...waiting].sort((one, other) =>
    String(one.pickUpExpiresAt).localeCompare(String(other.pickUpExpiresAt)),
  )
  const item = first?.items[0]
  useOrderCodeAhead(first?.id ?? null)
  if (!first || !item) return null
  const until = first.pickUpExpiresAt ? text.orders.pickUpBefore(formatDay(first.pickUpExpiresAt)) : null
  const more = waiting.length > 1 ? words.waitingMore(waiting.length) : null
  return (
    <Pressable className="home-waiting" id="waiting" onPress={() => go.orderCode(first.id)}>
      <Picture className="home-waiting__picture" url={item.thumbnailUrl} />
      <View className="home-waiting__words">
        <Text className="home-waiting__name">{item.name}</Text>
        <View className="home-waiting__line">
          {until ? <Text className="home-waiting__fact">{until}</Text> : null}
          {more ? <Text className="home-waiting__fact">{more}</Text> : null}
        </View>
      </View>
      <View className="home-waiting__action">
        <Glyph name="qr-code" size={18} tone="onAccent" />
        <Text>{words.waitingAction}</Text>
      </View>
    </Pressable>
  )
}
