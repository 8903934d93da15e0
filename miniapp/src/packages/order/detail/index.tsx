import { Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { Button } from '../../../components/button/button'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { type OrderDetail, useOrder } from '../../../features/orders/order.queries'
import { OrderItemRow } from '../../../features/orders/order-card'
import { useOrderCodeAhead } from '../../../features/orders/order-code'
import { formatInstant } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import { GiftCodes } from './gift-codes'
import { OrderActions } from './order-actions'
import { OrderAfterSale } from './order-after-sale'
import { OrderFacts, OrderPlace } from './order-facts'
import { OrderProgress } from './order-progress'
import './order-detail.scss'

const words = text.order

function Head({ order }: { order: OrderDetail }) {
  useOrderCodeAhead(order.state === 'to_pick_up' ? order.id : null)
  const deadline =
    order.state === 'to_pick_up' && order.pickUpExpiresAt
      ? words.pickUpBefore(formatInstant(order.pickUpExpiresAt))
      : order.state === 'shipped' && order.autoConfirmsAt
        ? words.autoConfirms(formatInstant(order.autoConfirmsAt), order.shipment?.deliveredAt != null)
        : null
  return (
    <View className="order-head">
      <Text className="order-head__state" id="order-state">
        {text.orders.states[order.state]}
      </Text>
      <Text className="order-head__hint">{deadline ?? text.orders.hints[order.state]}</Text>
      {order.rejectionReason ? (
        <View className="order-head__reason">
          <Text className="order-head__reason-title">{words.rejection}</Text>
          <Text>{order.rejectionReason}</Text>
        </View>
      ) : null}
      {order.state === 'to_pick_up' ? (
        <Button id="show-code" className="order-head__action" onPress={() => go.orderCode(order.id)}>
          {words.showCode}
        </Button>
      ) : null}
    </View>
  )
}

function Content({ order }: { order: OrderDetail }) {
  return (
    <>
      <Head order={order} />
      <GiftCodes order={order} />
      <View className="order-block">
        {order.items.map((item) => (
          <Pressable
            key={`${item.giftId}-${item.skuId ?? ''}`}
            id={`order-gift-${item.giftId}`}
            onPress={() => go.gift(item.giftId)}
          >
            <OrderItemRow item={item} />
          </Pressable>
        ))}
      </View>
      <OrderPlace order={order} />
      <OrderProgress order={order} />
      <OrderFacts order={order} />
      <OrderActions order={order} />
      <OrderAfterSale orderId={order.id} />
    </>
  )
}

export default function OrderDetailPage() {
  const id = useRouter().params.id ?? ''
  const isSignedIn = useIsSignedIn()
  const query = useOrder(id)
  return (
    <Page title={words.title}>
      {isSignedIn ? (
        <QueryView query={query} skeleton={<SkeletonRows count={3} />}>
          {({ order }) => <Content order={order} />}
        </QueryView>
      ) : (
        <SignInInvitation title={text.orders.signIn} />
      )}
    </Page>
  )
}
