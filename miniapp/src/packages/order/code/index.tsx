import { Text, View } from '@tarojs/components'
import { useDidHide, useDidShow, useRouter } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { Button } from '../../../components/button/button'
import { DrawnTick } from '../../../components/drawn-tick/drawn-tick'
import { ErrorState } from '../../../components/error-state/error-state'
import { Page } from '../../../components/page/page'
import { Picture } from '../../../components/picture/picture'
import { QrCode } from '../../../components/qr-code/qr-code'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { Skeleton } from '../../../components/skeleton/skeleton'
import { afterOrderChanged, type OrderDetail, useOrder } from '../../../features/orders/order.queries'
import { type ShownCode, useOrderCode } from '../../../features/orders/order-code'
import { useColors } from '../../../platform/brand'
import { brightenScreen, isWeapp, vibrate } from '../../../platform/device'
import { formatClock, formatDay, formatDigits } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import { Ring } from './ring'
import './code.scss'

const words = text.code
const pollMs = 1_500

const giftName = (order: OrderDetail): string => order.items.map(({ name }) => name).join(text.common.list)

/** What the member may rely on now, in one honest line. */
function Refreshing({ shown }: { shown: ShownCode }) {
  if (shown.freshness === 'fresh') {
    return (
      <View className="code-refresh" id="code-refresh">
        <Ring share={shown.leftShare} />
        <Text>{shown.leftSeconds > 0 ? words.refreshIn(shown.leftSeconds) : words.refreshing}</Text>
      </View>
    )
  }
  const line = shown.code?.digits ? words.expired : words.expiredNoDigits
  return (
    <View className="code-refresh code-refresh--stale" id="code-stale" role="alert">
      <Text>{shown.freshness === 'late' ? words.late(shown.usableSeconds) : line}</Text>
    </View>
  )
}

function GiftStrip({ order }: { order: OrderDetail }) {
  const item = order.items[0]
  const until = order.pickUpExpiresAt ? words.validUntil(formatDay(order.pickUpExpiresAt)) : null
  const stores =
    order.stores.length > 0 ? words.stores(order.stores.map(({ name }) => name).join(text.common.list)) : null
  return (
    <View className="code-gift">
      <Picture className="code-gift__picture" url={item?.thumbnailUrl ?? null} />
      <View className="code-gift__words">
        <Text className="code-gift__name">{giftName(order)}</Text>
        <Text className="code-gift__line">{[stores, until].filter(Boolean).join(text.common.joiner)}</Text>
      </View>
    </View>
  )
}

function CodeToShow({ order, shown }: { order: OrderDetail | undefined; shown: ShownCode }) {
  const { code } = shown
  if (!code) {
    return shown.isPending ? (
      <View className="code-frame">
        <Skeleton width="100%" height={248} radius={12} />
      </View>
    ) : (
      <ErrorState title={words.unavailable} error={shown.error} onRetry={shown.refetch} />
    )
  }
  const isExpired = shown.freshness === 'expired'
  return (
    <>
      <Text className="code-invitation">{order ? words.invitation(giftName(order)) : ' '}</Text>
      <View className={isExpired ? 'code-frame code-frame--stale' : 'code-frame'}>
        <QrCode className="code-frame__qr" text={code.qrText} label={words.qrLabel} />
        {isExpired ? (
          <View className="code-frame__veil">
            <Text className="code-frame__expired">{words.qrExpired}</Text>
            <Button id="code-retry" size="small" kind="plain" onPress={shown.refetch}>
              {words.retry}
            </Button>
          </View>
        ) : null}
      </View>
      {code.digits ? (
        <Text className="code-digits" id="code-digits" aria-label={words.digitsLabel(code.digits)}>
          {formatDigits(code.digits)}
        </Text>
      ) : (
        <Text className="code-scan-only">{words.scanOnly}</Text>
      )}
      <Refreshing shown={shown} />
      {order ? <GiftStrip order={order} /> : null}
      <Text className="code-foot">{isWeapp ? words.footBright : words.foot}</Text>
    </>
  )
}

function HandedOver({ order }: { order: OrderDetail }) {
  useEffect(vibrate, [])
  const { accentFill, onAccent } = useColors('light')
  const { handedOver } = order
  return (
    <View className="code-done" id="code-done" role="status">
      <DrawnTick size={132} ground={accentFill} color={onAccent} />
      <Text className="code-done__title">{words.done}</Text>
      <Text className="code-done__line">{words.doneLine(giftName(order))}</Text>
      {handedOver ? (
        <Text className="code-done__who">
          {words.doneBy(handedOver.storeName, formatClock(handedOver.redeemedAt))}
        </Text>
      ) : null}
      <Button id="see-order" className="code-done__action" onPress={() => go.order(order.id)}>
        {words.doneAction}
      </Button>
    </View>
  )
}

function Code({ id }: { id: string }) {
  const [isVisible, setIsVisible] = useState(true)
  useDidShow(() => setIsVisible(true))
  useDidHide(() => setIsVisible(false))
  useEffect(() => (isVisible ? brightenScreen() : undefined), [isVisible])

  const [isDone, setIsDone] = useState(false)
  const query = useOrder(id, isVisible && !isDone ? pollMs : false)
  const order = query.data?.order
  const isCompleted = order?.state === 'completed'
  const shown = useOrderCode(id, isVisible && !isCompleted)

  useEffect(() => {
    if (!isCompleted) return
    setIsDone(true)
    afterOrderChanged()
  }, [isCompleted])

  if (order && isCompleted) return <HandedOver order={order} />
  if (order && order.state !== 'to_pick_up') {
    return (
      <View className="code-done">
        <Text className="code-done__title">{text.orders.states[order.state]}</Text>
        <Text className="code-done__line">{text.orders.hints[order.state]}</Text>
        <Button id="see-order" className="code-done__action" onPress={() => go.order(order.id)}>
          {words.doneAction}
        </Button>
      </View>
    )
  }
  return <CodeToShow order={order} shown={shown} />
}

export default function OrderCodePage() {
  const id = useRouter().params.id ?? ''
  const isSignedIn = useIsSignedIn()
  return (
    <Page title={words.title} ground="white" className="code-page">
      {isSignedIn ? <Code id={id} /> : <SignInInvitation title={text.orders.signIn} />}
    </Page>
  )
}
