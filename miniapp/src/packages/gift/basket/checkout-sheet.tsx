import { Text, View } from '@tarojs/components'
import { Button } from '../../../components/button/button'
import { Notice } from '../../../components/notice/notice'
import { Picture } from '../../../components/picture/picture'
import { Sheet } from '../../../components/sheet/sheet'
import { type Address, useAddresses } from '../../../features/addresses/address.queries'
import { addressInUse, useChosenAddress } from '../../../features/addresses/chosen-address'
import type { Basket } from '../../../features/basket/basket.queries'
import { type OrderInput, usePlaceOrder } from '../../../features/orders/place-order'
import { usePoints } from '../../../features/points/points.queries'
import { messageOf } from '../../../platform/api-error'
import { formatPoints } from '../../../platform/format'
import { text } from '../../../platform/text'
import { RedeemDone } from '../detail/redeem-done'
import { RedeemPlace } from '../detail/redeem-place'
import { redeemLabel, SecondCheckStep, titleOf } from '../detail/second-check-step'
import { choicesOfBasket, StoreChooser, useStoreChoice } from '../detail/store-chooser'
import '../detail/redeem-sheet.scss'

const words = text.basket

export interface CheckoutSheetProps {
  basket: Basket
  isOpen: boolean
  onClose: () => void
}

/** Everything in the basket at the prices on the screen: another price is refused, and shown. */
const orderOf = ({ items }: Basket, address: Address | null, storeId: string | null): OrderInput => ({
  items: items.map(({ giftId, skuId, quantity, gift }) => ({
    giftId,
    ...(skuId ? { skuId } : {}),
    quantity,
    expectedPricePoints: gift.pricePoints,
  })),
  ...(items[0]?.gift.handOver === 'delivery' && address ? { addressId: address.id } : {}),
  ...(storeId ? { storeId } : {}),
  fromBasket: true,
})

/** Address or store, the sum, balance after, one button; all or nothing. */
export function CheckoutSheet({ basket, isOpen, onClose }: CheckoutSheetProps) {
  const placing = usePlaceOrder()
  const close = () => {
    if (placing.isPlacing) return
    onClose()
    if (placing.order) placing.reset()
    else placing.secondCheck?.leave()
  }
  return (
    <Sheet isOpen={isOpen} onClose={close} title={titleOf(placing)} id="checkout">
      {placing.order ? (
        <RedeemDone order={placing.order} onClose={close} />
      ) : (
        <CheckoutForm basket={basket} placing={placing} />
      )}
    </Sheet>
  )
}

function CheckoutForm({ basket, placing }: { basket: Basket; placing: ReturnType<typeof usePlaceOrder> }) {
  const handOver = basket.items[0]?.gift.handOver ?? 'pickup'
  const needsAddress = handOver === 'delivery'
  const points = usePoints()
  const addresses = useAddresses(needsAddress)
  const chosenId = useChosenAddress((state) => state.id)
  const { undecided } = placing
  const sent = undecided ?? placing.secondCheck?.order
  const address = addressInUse(addresses.data?.items ?? [], sent?.addressId ?? chosenId)
  const total = sent ? totalOf(sent) : basket.totalPoints
  const left = points.data === undefined ? null : points.data.available - total
  const stores = choicesOfBasket(basket)
  const { storeId, setStoreId } = useStoreChoice(stores, sent?.storeId)
  const isLocked = placing.isPlacing || undecided !== null
  const hasPlace = stores.length > 0 ? storeId !== null : !needsAddress || address !== null
  const isReady = basket.canOrder && hasPlace
  if (placing.secondCheck) {
    return (
      <View className="redeem-form">
        <Gifts basket={basket} />
        <SecondCheckStep check={placing.secondCheck} placing={placing} total={total} />
      </View>
    )
  }
  return (
    <View className="redeem-form">
      <Gifts basket={basket} />
      {stores.length > 0 ? (
        <StoreChooser choices={stores} chosenId={storeId} isLocked={isLocked} onChoose={setStoreId} />
      ) : (
        <RedeemPlace
          place={{ handOver, stores: [] }}
          address={address}
          addresses={addresses}
          isLocked={isLocked}
        />
      )}
      <Row
        name={text.redeem.price}
        value={text.orders.total(formatPoints(total))}
        id="checkout-total"
        isStrong
      />
      {left !== null && left >= 0 ? (
        <Row name={text.redeem.after} value={text.orders.total(formatPoints(left))} id="checkout-after" />
      ) : null}
      <Text className="redeem-form__hint">{words.allOrNothing}</Text>
      <View className="redeem-form__foot">
        {placing.error ? (
          <View className="redeem-form__error">
            <Notice id="checkout-error">
              {undecided ? text.redeem.undecided : messageOf(placing.error)}
            </Notice>
          </View>
        ) : null}
        <Button
          id="confirm-checkout"
          disabled={!isReady && undecided === null}
          busy={placing.isPlacing}
          onPress={() => placing.place(orderOf(basket, address, storeId))}
        >
          {redeemLabel(placing, total)}
        </Button>
      </View>
    </View>
  )
}

const totalOf = ({ items }: OrderInput): number =>
  items.reduce((sum, { quantity, expectedPricePoints = 0 }) => sum + quantity * expectedPricePoints, 0)

const picturesShown = 3

/** What will be redeemed together, at a glance. */
function Gifts({ basket: { items } }: { basket: Basket }) {
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0)
  const names = items.slice(0, 2).map(({ gift }) => gift.name)
  return (
    <View className="checkout-gifts">
      {items.slice(0, picturesShown).map(({ giftId, skuId, gift }) => (
        <Picture className="checkout-gifts__picture" key={`${giftId}:${skuId}`} url={gift.thumbnailUrl} />
      ))}
      <Text className="checkout-gifts__words">{`${names.join(text.common.list)}${words.more(pieces)}`}</Text>
    </View>
  )
}

interface RowProps {
  name: string
  value: string
  id: string
  isStrong?: boolean
}

function Row({ name, value, id, isStrong = false }: RowProps) {
  return (
    <View className="redeem-sum">
      <Text className="redeem-sum__name">{name}</Text>
      <Text
        className={isStrong ? 'redeem-sum__value redeem-sum__value--strong' : 'redeem-sum__value'}
        id={id}
      >
        {value}
      </Text>
    </View>
  )
}
