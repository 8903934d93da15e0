import { Text, View } from '@tarojs/components'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { ListFoot } from '../../../components/list-foot/list-foot'
import { Page } from '../../../components/page/page'
import { Pressable } from '../../../components/pressable/pressable'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { type AfterSaleSummary, useAfterSales } from '../../../features/after-sales/after-sale.queries'
import { OrderItemRow } from '../../../features/orders/order-card'
import { formatInstant } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'

const words = text.afterSale

const openStates = new Set<AfterSaleSummary['state']>(['requested', 'waiting_return'])

function AfterSaleCard({ afterSale }: { afterSale: AfterSaleSummary }) {
  const { id, kind, state, items, requestedAt } = afterSale
  const { name, hint } = words.states[state]
  const stateClass = openStates.has(state)
    ? 'order-card__state order-card__state--active'
    : 'order-card__state'
  return (
    <Pressable className="order-card" id={`after-sale-${id}`} onPress={() => go.afterSale(id)}>
      <View className="order-card__head">
        <Text className="order-card__when">
          {[words.kinds[kind].name, formatInstant(requestedAt)].join(text.common.joiner)}
        </Text>
        <Text className={stateClass}>{name}</Text>
      </View>
      {items.map((item) => (
        <OrderItemRow key={`${item.giftId}-${item.skuId ?? ''}`} item={item} />
      ))}
      <View className="order-card__foot">
        <Text className="order-card__when">{hint}</Text>
      </View>
    </Pressable>
  )
}

function AfterSales() {
  const query = useAfterSales()
  return (
    <QueryView
      query={query}
      skeleton={<SkeletonRows count={3} />}
      isEmpty={(data) => data.pages[0]?.items.length === 0}
      empty={
        <EmptyState
          picture="no-orders"
          title={words.empty}
          line={words.emptyLine}
          action={words.emptyAction}
          actionId="to-orders"
          onAction={go.orders}
        />
      }
    >
      {(data) => (
        <View id="after-sales">
          {data.pages
            .flatMap((page) => page.items)
            .map((afterSale) => (
              <AfterSaleCard key={afterSale.id} afterSale={afterSale} />
            ))}
          <ListFoot query={query} showsEnd={data.pages.length > 1} />
        </View>
      )}
    </QueryView>
  )
}

export default function AfterSaleListPage() {
  const isSignedIn = useIsSignedIn()
  return (
    <Page title={words.listTitle}>
      {isSignedIn ? <AfterSales /> : <SignInInvitation title={words.signIn} />}
    </Page>
  )
}
