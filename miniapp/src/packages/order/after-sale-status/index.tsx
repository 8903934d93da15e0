import { Image, Text, View } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { ConfirmSheet } from '../../../components/confirm-sheet/confirm-sheet'
import { Page } from '../../../components/page/page'
import { QueryView } from '../../../components/query-view/query-view'
import { SignInInvitation } from '../../../components/sign-in-invitation/sign-in-invitation'
import { SkeletonRows } from '../../../components/skeleton/skeleton'
import { Timeline } from '../../../components/timeline/timeline'
import { showToast } from '../../../components/toast/toast'
import {
  type AfterSale,
  useAfterSale,
  usePhoto,
  useWithdrawAfterSale,
} from '../../../features/after-sales/after-sale.queries'
import { OrderItemRow } from '../../../features/orders/order-card'
import { messageOf } from '../../../platform/api-error'
import { formatInstant, formatPoints } from '../../../platform/format'
import { useIsSignedIn } from '../../../platform/session'
import { text } from '../../../platform/text'
import { SendBackForm } from './send-back-form'
import '../../../features/uploads/photo-field.scss'
import '../after-sale/after-sale.scss'

const words = text.afterSale

function Photo({ id, index }: { id: string; index: number }) {
  const { data } = usePhoto(id)
  return (
    <View className="photo">
      {data ? (
        <Image
          className="photo__image"
          src={data}
          mode="aspectFill"
          aria-label={text.photos.shown(index + 1)}
        />
      ) : null}
    </View>
  )
}

function Told({ title, children, id }: { title: string; children: string; id?: string }) {
  return (
    <>
      <Text className="after-sale-block__title">{title}</Text>
      <Text className="after-sale-text" id={id}>
        {children}
      </Text>
    </>
  )
}

const parcelLine = ({ carrier, trackingNumber }: { carrier: string; trackingNumber: string }) =>
  `${carrier} ${trackingNumber}`

function Facts({ afterSale }: { afterSale: AfterSale }) {
  const { decisionNote, returnParcel, replacementParcel, photoIds } = afterSale
  return (
    <View className="after-sale-block">
      {decisionNote ? (
        <Told
          id="after-sale-decision"
          title={afterSale.state === 'rejected' ? words.refusal : words.decision}
        >
          {decisionNote}
        </Told>
      ) : null}
      {returnParcel ? <Told title={words.returnParcel}>{parcelLine(returnParcel)}</Told> : null}
      {replacementParcel ? (
        <Told title={words.replacementParcel}>{parcelLine(replacementParcel)}</Told>
      ) : null}
      <Told title={words.kinds[afterSale.kind].name}>{afterSale.reason}</Told>
      {photoIds.length > 0 ? (
        <View className="photos">
          {photoIds.map((id, index) => (
            <Photo key={id} id={id} index={index} />
          ))}
        </View>
      ) : null}
    </View>
  )
}

function Withdraw({ id }: { id: string }) {
  const [isAsking, setIsAsking] = useState(false)
  const withdraw = useWithdrawAfterSale(id)
  const run = () =>
    withdraw.mutate(undefined, {
      onSuccess: () => showToast(words.withdrawn),
      onError: (error) => showToast(messageOf(error)),
      onSettled: () => setIsAsking(false),
    })
  return (
    <>
      <Button id="after-sale-withdraw" kind="plain" onPress={() => setIsAsking(true)}>
        {words.withdraw}
      </Button>
      <ConfirmSheet
        isOpen={isAsking}
        question={words.withdrawQuestion}
        line={words.withdrawLine}
        action={words.withdraw}
        refusal={words.keep}
        isBusy={withdraw.isPending}
        onConfirm={run}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}

function Content({ afterSale }: { afterSale: AfterSale }) {
  const state = words.states[afterSale.state]
  const hint =
    afterSale.refundedPoints > 0 ? words.refunded(formatPoints(afterSale.refundedPoints)) : state.hint
  const steps = afterSale.timeline.map(({ state: step, title, note, at }) => ({
    key: `${step}-${at}`,
    title,
    note,
    when: formatInstant(at),
  }))
  return (
    <>
      <View className="after-sale-head">
        <Text className="after-sale-head__state" id="after-sale-state">
          {state.name}
        </Text>
        <Text className="after-sale-head__hint" id="after-sale-hint">
          {hint}
        </Text>
      </View>
      {afterSale.canSendBack ? <SendBackForm afterSale={afterSale} /> : null}
      <View className="after-sale-block">
        <Text className="after-sale-block__title">{words.progress}</Text>
        <Timeline steps={steps} />
      </View>
      <View className="after-sale-block">
        <Text className="after-sale-block__title">{words.items}</Text>
        {afterSale.items.map((item) => (
          <OrderItemRow key={`${item.giftId}-${item.skuId ?? ''}`} item={item} />
        ))}
      </View>
      <Facts afterSale={afterSale} />
      {afterSale.canWithdraw ? (
        <View className="after-sale-actions">
          <Withdraw id={afterSale.id} />
        </View>
      ) : null}
    </>
  )
}

export default function AfterSaleStatusPage() {
  const id = useRouter().params.id ?? ''
  const isSignedIn = useIsSignedIn()
  const query = useAfterSale(id)
  return (
    <Page title={words.statusTitle}>
      {isSignedIn ? (
        <QueryView query={query} skeleton={<SkeletonRows count={3} />}>
          {({ afterSale }) => <Content afterSale={afterSale} />}
        </QueryView>
      ) : (
        <SignInInvitation title={words.signIn} />
      )}
    </Page>
  )
}
