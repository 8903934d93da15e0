import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { EmptyState } from '../../../components/empty-state/empty-state'
import { Notice } from '../../../components/notice/notice'
import { Page } from '../../../components/page/page'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { showToast } from '../../../components/toast/toast'
import {
  type Basket,
  type BasketItem,
  useBasket,
  useChangeBasket,
} from '../../../features/basket/basket.queries'
import { ApiError, messageOf } from '../../../platform/api-error'
import { formatPoints } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import { BasketLine } from './basket-line'
import { CheckoutSheet } from './checkout-sheet'
import './basket.scss'

const words = text.basket

const isConflict = (error: unknown) => error instanceof ApiError && error.code === 'resource.conflict'

/** The lines, what stands against the whole, the sum and one action. */
export function BasketContent({ basket }: { basket: Basket }) {
  const changing = useChangeBasket()
  const [isCheckingOut, setIsCheckingOut] = useState(false)
  const change = (item: BasketItem, quantity: number) =>
    changing.mutate(
      { basket, item, quantity },
      { onError: (error) => showToast(isConflict(error) ? words.conflict : messageOf(error)) },
    )
  const total = formatPoints(basket.totalPoints)
  return (
    <>
      {basket.items.length === 0 ? (
        <EmptyState
          picture="no-gifts"
          title={words.empty}
          line={words.emptyLine}
          action={words.emptyAction}
          actionId="to-mall"
          onAction={go.mall}
        />
      ) : (
        <>
          {basket.items.map((item) => (
            <BasketLine
              key={`${item.giftId}:${item.skuId}`}
              item={item}
              isLocked={changing.isPending}
              onChange={(quantity) => change(item, quantity)}
            />
          ))}
          {basket.obstacles.map(({ code, message, help }) => (
            <View className="basket__notice" key={code}>
              <Notice id={`obstacle-${code}`}>{help ? `${message}，${help}` : message}</Notice>
            </View>
          ))}
          <View className="action-bar basket-actions">
            <View className="basket-actions__sum">
              <Text className="basket-actions__name">{words.total}</Text>
              <Text className="basket-actions__total" id="basket-total">
                {text.orders.total(total)}
              </Text>
            </View>
            <Button
              id="checkout-basket"
              disabled={!basket.canOrder || changing.isPending}
              onPress={() => setIsCheckingOut(true)}
            >
              {!basket.canOrder
                ? words.cannot
                : basket.totalPoints > 0
                  ? words.checkout(total)
                  : words.checkoutFree}
            </Button>
          </View>
        </>
      )}
      <CheckoutSheet basket={basket} isOpen={isCheckingOut} onClose={() => setIsCheckingOut(false)} />
    </>
  )
}

export default function BasketPage() {
  const isSignedIn = useIsSignedIn()
  const query = useBasket()
  return (
    <Page title={words.title} className="basket">
      {isSignedIn ? (
        <QueryView query={query} skeleton={<SkeletonRows count={3} />}>
          {({ basket }) => <BasketContent basket={basket} />}
        </QueryView>
      ) : (
        <SignInInvitation />
      )}
    </Page>
  )
}
