import { View } from '@tarojs/components'
import { useState } from 'react'
import { ChipRow } from '../../components/chip/chip'
import { EmptyState } from '../../components/empty-state/empty-state'
import { ListFoot } from '../../components/list-foot/list-foot'
import { Page } from '../../components/page/page'
import { QueryView } from '../../components/query-view/query-view'
import { SignInInvitation } from '../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../components/skeleton/skeleton'
import { type OrderTab, useOrders } from '../../features/orders/order.queries'
import { OrderCard } from '../../features/orders/order-card'
import { useOrderCodeAhead } from '../../features/orders/order-code'
import { go } from '../../platform/navigation'
import { useIsSignedIn } from '../../platform/session'
import { text } from '../../platform/text'
import './orders.scss'

const words = text.orders
const tabs: readonly OrderTab[] = ['all', 'to_receive', 'to_pick_up', 'completed']

function OrderList({ tab }: { tab: OrderTab }) {
  const orders = useOrders(tab)
  const waiting = orders.data?.pages[0]?.items.find(({ state }) => state === 'to_pick_up')
  useOrderCodeAhead(waiting?.id ?? null)
  return (
    <QueryView
      query={orders}
      skeleton={<SkeletonRows count={4} />}
      isEmpty={(data) => data.pages[0]?.items.length === 0}
      empty={
        <EmptyState
          picture="no-orders"
          title={tab === 'all' ? words.empty : words.emptyTab}
          action={words.emptyAction}
          actionId="to-mall"
          onAction={go.mall}
        />
      }
    >
      {(data) => (
        <>
          {data.pages
            .flatMap((page) => page.items)
            .map((order) => (
              <OrderCard key={order.id} order={order} />
            ))}
          <ListFoot query={orders} showsEnd={data.pages.length > 1} />
        </>
      )}
    </QueryView>
  )
}

export default function OrdersPage() {
  const isSignedIn = useIsSignedIn()
  const [tab, setTab] = useState<OrderTab>('all')
  const choices = [...tabs, 'after_sales' as const].map((value) => ({
    value,
    label: value === 'after_sales' ? text.afterSale.listTitle : words.tabs[value],
  }))
  return (
    <Page title={words.title} isTab>
      {isSignedIn ? (
        <>
          <View className="orders-tabs">
            <ChipRow
              idPrefix="tab"
              choices={choices}
              chosen={tab}
              onChoose={(value) => (value === 'after_sales' ? go.afterSales() : setTab(value))}
            />
          </View>
          <OrderList tab={tab} />
        </>
      ) : (
        <SignInInvitation title={words.signIn} />
      )}
    </Page>
  )
}
