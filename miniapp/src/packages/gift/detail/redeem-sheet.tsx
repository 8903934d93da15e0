import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { Notice } from '../../../components/notice/notice'
import { Picture } from '../../../components/picture/picture'
import { Sheet } from '../../../components/sheet/sheet'
import { Stepper } from '../../../components/stepper/stepper'
import { type Address, useAddresses } from '../../../features/addresses/address.queries'
import { addressInUse, useChosenAddress } from '../../../features/addresses/chosen-address'
import type { GiftDetail } from '../../../features/gifts/gift.queries'
import { changedPriceOf, type OrderInput, usePlaceOrder } from '../../../features/orders/place-order'
import { usePoints } from '../../../features/points/points.queries'
import { messageOf } from '../../../platform/api-error'
import { formatPoints } from '../../../platform/format'
import { text } from '../../../platform/text'
import { RedeemDone } from './redeem-done'
import { RedeemPlace } from './redeem-place'
import { redeemLabel, SecondCheckStep, titleOf } from './second-check-step'
import { choicesOfGift, StoreChooser, useStoreChoice } from './store-chooser'
import './redeem-sheet.scss'

const words = text.redeem
const quantityMax = 99

export interface RedeemSheetProps {
  gift: GiftDetail
  skuId: string | null
  isOpen: boolean
  onClose: () => void
}

/** How many one may take: by the limit a member has, by what is left, by what one order may hold. */
function quantityLimit(gift: GiftDetail, skuId: string | null, storeLeft: number | null): number {
  const left = storeLeft ?? gift.skus.find(({ id }) => id === skuId)?.stock ?? gift.stock
  const mine = gift.eligibility?.redeemedByMe ?? 0
  const allowed = gift.perMemberLimit === null ? quantityMax : gift.perMemberLimit - mine
  const perOrder = Math.min(gift.perOrderLimit ?? quantityMax, gift.perDayLimit ?? quantityMax)
  return Math.max(1, Math.min(left, allowed, perOrder, quantityMax))
}

const orderOf = (
  gift: GiftDetail,
  skuId: string | null,
  quantity: number,
  expectedPricePoints: number,
  address: Address | null,
  storeId: string | null,
): OrderInput => ({
  items: [{ giftId: gift.id, ...(skuId ? { skuId } : {}), quantity, expectedPricePoints }],
  ...(gift.handOver === 'delivery' && address ? { addressId: address.id } : {}),
  ...(storeId ? { storeId } : {}),
})

function Sum({
  name,
  value,
  isStrong = false,
  id,
}: {
  name: string
  value: string
  isStrong?: boolean
  id?: string
}) {
  return (
    <View className="redeem-sum">
      <Text className="redeem-sum__name">{name}</Text>
      <Text
        id={id}
        className={isStrong ? 'redeem-sum__value redeem-sum__value--strong' : 'redeem-sum__value'}
      >
        {value}
      </Text>
    </View>
  )
}

function GiftLine({ gift, skuId }: { gift: GiftDetail; skuId: string | null }) {
  const sku = gift.skus.find(({ id }) => id === skuId)
  return (
    <View className="redeem-gift">
      <Picture className="redeem-gift__picture" url={gift.thumbnailUrl ?? gift.pictureUrl} />
      <View className="redeem-gift__words">
        <Text className="redeem-gift__name">{gift.name}</Text>
        <Text className="redeem-gift__line">
          {[sku?.name, text.handOvers[gift.handOver]].filter(Boolean).join(text.common.joiner)}
        </Text>
      </View>
    </View>
  )
}

/** Address or stores, quantity, price, balance after, one button; then what happens next. */
export function RedeemSheet({ gift, skuId, isOpen, onClose }: RedeemSheetProps) {
  const placing = usePlaceOrder()
  const close = () => {
    if (placing.isPlacing) return
    onClose()
    if (placing.order) placing.reset()
    else placing.secondCheck?.leave()
  }
  return (
    <Sheet isOpen={isOpen} onClose={close} title={titleOf(placing)} id="redeem-sheet">
      {placing.order ? (
        <RedeemDone order={placing.order} onClose={close} />
      ) : (
        <RedeemForm gift={gift} skuId={skuId} placing={placing} />
      )}
    </Sheet>
  )
}

interface RedeemFormProps {
  gift: GiftDetail
  skuId: string | null
  placing: ReturnType<typeof usePlaceOrder>
}

/** What would be ordered, and whether it can be. While an answer is missing, that order and no other. */
function useDraft({ gift, skuId: chosenSkuId, placing }: RedeemFormProps) {
  const needsAddress = gift.handOver === 'delivery'
  const sentOrder = placing.undecided ?? placing.secondCheck?.order
  const sent = sentOrder?.items[0]
  const [wanted, setWanted] = useState(1)
  const points = usePoints()
  const addresses = useAddresses(needsAddress)
  const chosenId = useChosenAddress((state) => state.id)
  const address = addressInUse(addresses.data?.items ?? [], sentOrder?.addressId ?? chosenId)

  const skuId = sent ? (sent.skuId ?? null) : chosenSkuId
  const stores = choicesOfGift(gift, skuId)
  const { storeId, setStoreId } = useStoreChoice(stores, sentOrder?.storeId)
  const limit = quantityLimit(gift, skuId, stores.find(({ id }) => id === storeId)?.left ?? null)
  const quantity = sent ? sent.quantity : Math.min(wanted, limit)
  const changed = changedPriceOf(placing.error, gift.id, skuId)
  const price =
    sent?.expectedPricePoints ??
    changed ??
    gift.skus.find(({ id }) => id === skuId)?.pricePoints ??
    gift.pricePoints
  const total = price * quantity
  const available = points.data?.available
  const hasPlace = gift.stockPerStore ? storeId !== null : !needsAddress || address !== null
  const isReady = available !== undefined && total <= available && hasPlace
  const place = { address, addresses, stores, storeId, setStoreId }
  return { skuId, limit, quantity, setWanted, price, changed, total, available, isReady, ...place }
}

function Balance({ available, total }: { available: number | undefined; total: number }) {
  if (available === undefined) return null
  return total > available ? (
    <Sum name={words.balance} value={words.short(formatPoints(total - available))} />
  ) : (
    <Sum name={words.after} value={text.orders.total(formatPoints(available - total))} id="redeem-after" />
  )
}

function RedeemForm(props: RedeemFormProps) {
  const { gift, placing } = props
  const draft = useDraft(props)
  const { skuId, limit, quantity, setWanted, total, available, address, addresses, isReady } = draft
  const { stores, storeId, setStoreId } = draft
  const isUndecided = placing.undecided !== null
  const isLocked = placing.isPlacing || isUndecided
  if (placing.secondCheck) {
    return (
      <View className="redeem-form">
        <GiftLine gift={gift} skuId={skuId} />
        <SecondCheckStep check={placing.secondCheck} placing={placing} total={total} />
      </View>
    )
  }
  return (
    <View className="redeem-form">
      <GiftLine gift={gift} skuId={skuId} />
      {gift.stockPerStore ? (
        <StoreChooser choices={stores} chosenId={storeId} isLocked={isLocked} onChoose={setStoreId} />
      ) : (
        <RedeemPlace place={gift} address={address} addresses={addresses} isLocked={isLocked} />
      )}
      {limit > 1 ? (
        <View className="redeem-sum">
          <Text className="redeem-sum__name">{words.quantity}</Text>
          <Stepper
            value={quantity}
            max={isLocked ? quantity : limit}
            min={isLocked ? quantity : 1}
            onChange={setWanted}
          />
        </View>
      ) : null}
      <Sum name={words.price} value={text.orders.total(formatPoints(total))} isStrong id="redeem-total" />
      <Balance available={available} total={total} />
      <Text className="redeem-form__hint" id="redeem-hint">
        {gift.handOver === 'virtual' ? words.virtualHint : words.freezeHint}
      </Text>
      <View className="redeem-form__foot">
        {placing.error ? (
          <View className="redeem-form__error">
            <Notice id="redeem-error">{refusalText(placing, draft.changed)}</Notice>
          </View>
        ) : null}
        <Button
          id="confirm-redeem"
          disabled={!isReady && !isUndecided}
          busy={placing.isPlacing}
          onPress={() => placing.place(orderOf(gift, skuId, quantity, draft.price, address, storeId))}
        >
          {redeemLabel(placing, total)}
        </Button>
      </View>
    </View>
  )
}

function refusalText(placing: RedeemFormProps['placing'], changedPrice: number | null): string {
  if (placing.undecided) return words.undecided
  return changedPrice === null ? messageOf(placing.error) : words.priceChanged(formatPoints(changedPrice))
}
