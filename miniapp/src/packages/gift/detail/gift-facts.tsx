import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import { showToast } from '../../../components/toast/toast'
import type { GiftDetail } from '../../../features/gifts/gift.queries'
import { copyText } from '../../../platform/device'
import { text } from '../../../platform/text'
import { scarceBelow } from './sku-chooser'
import './gift-facts.scss'

const words = text.gift

interface Fact {
  name: string
  value: string
}

/** How it is handed over, how long it may wait, and how many one may have. */
function factsOf(gift: GiftDetail): Fact[] {
  const facts: Fact[] = []
  if (gift.handOver === 'pickup') {
    const all = gift.stores.length
    const withStock = gift.stores.filter(({ left }) => left !== 0).length
    const value = withStock === all ? words.handOverPickup(all) : words.handOverPickupLeft(withStock, all)
    facts.push({ name: words.handOver, value })
    if (gift.pickUpValidDays !== null)
      facts.push({ name: words.validFor, value: words.validDays(gift.pickUpValidDays) })
  } else {
    facts.push({ name: words.handOver, value: text.handOvers[gift.handOver] })
  }
  if (gift.handOver === 'delivery') facts.push({ name: words.deliveryTime, value: words.deliveryLine })
  if (gift.perMemberLimit !== null) {
    const mine = gift.eligibility?.redeemedByMe ?? 0
    facts.push({ name: words.limit, value: words.limitMine(gift.perMemberLimit, mine) })
  }
  if (gift.handOver !== 'virtual') {
    const { returnDays } = gift
    facts.push({
      name: words.returns,
      value: returnDays > 0 ? words.returnDays(returnDays) : words.noReturns,
    })
  }
  return facts
}

interface GiftFactsProps {
  gift: GiftDetail
  /** The chosen one's name; null before a choice. */
  skuName: string | null
  onChooseSku: () => void
}

/** The facts as rows; the first, where there is a choice, leads to it. */
export function GiftFacts({ gift, skuName, onChooseSku }: GiftFactsProps) {
  return (
    <View className="gift-facts">
      {gift.skus.length > 0 ? (
        <Pressable className="gift-facts__row" id="choose-sku" onPress={onChooseSku}>
          <Text className="gift-facts__name">{words.sku}</Text>
          <View className="gift-facts__choice">
            <Text className="gift-facts__value">{skuName ?? words.skuChoose}</Text>
            <Glyph name="chevron-right" size={16} tone="ink3" />
          </View>
        </Pressable>
      ) : null}
      {factsOf(gift).map(({ name, value }) => (
        <View className="gift-facts__row" key={name}>
          <Text className="gift-facts__name">{name}</Text>
          <Text className="gift-facts__value">{value}</Text>
        </View>
      ))}
    </View>
  )
}

/** What is left of a scarce gift, as a thin bar. */
export function Scarcity({ gift }: { gift: GiftDetail }) {
  if (!gift.isScarce || gift.isSoldOut) return null
  const share = Math.max(0.04, Math.min(1, gift.stock / Math.max(1, gift.totalStock)))
  return (
    <View className="scarcity">
      <Text className="scarcity__left">{words.left(gift.stock)}</Text>
      <View className="scarcity__rail">
        <View className="scarcity__bar" style={{ width: `${Math.round(share * 100)}%` }} />
      </View>
    </View>
  )
}

function StoreRow({ store }: { store: GiftDetail['stores'][number] }) {
  const copyPhone = async () => {
    if (!store.phone) return
    showToast((await copyText(store.phone)) ? text.common.copied : text.common.copyFailed)
  }
  const { left } = store
  const isOut = left === 0
  return (
    <View className={isOut ? 'store-row store-row--out' : 'store-row'}>
      <View className="store-row__words">
        <View className="store-row__head">
          <Text className="store-row__name">{store.name}</Text>
          {left !== null && left < scarceBelow ? (
            <Text className="store-row__left">
              {isOut ? text.redeem.storeOut : text.redeem.storeLeft(left)}
            </Text>
          ) : null}
        </View>
        <Text className="store-row__line">{store.address}</Text>
        <Text className="store-row__line">{words.hours(store.hours)}</Text>
      </View>
      {store.phone ? (
        <Pressable className="store-row__phone" label={words.copyPhone} onPress={() => void copyPhone()}>
          <Glyph name="phone" size={18} tone="accent" />
        </Pressable>
      ) : null}
    </View>
  )
}

interface FoldProps {
  title: string
  id: string
  startsOpen?: boolean
  children: React.ReactNode
}

/** Something long behind its title. */
function Fold({ title, id, startsOpen = false, children }: FoldProps) {
  const [isOpen, setIsOpen] = useState(startsOpen)
  return (
    <View className="fold">
      <Pressable className="fold__head" id={id} selected={isOpen} onPress={() => setIsOpen(!isOpen)}>
        <Text className="fold__title">{title}</Text>
        <Glyph name={isOpen ? 'chevron-up' : 'chevron-down'} size={16} tone="ink3" />
      </Pressable>
      {isOpen ? <View className="fold__body">{children}</View> : null}
    </View>
  )
}

/** Description open, stores and terms folded. */
export function GiftTexts({ gift }: { gift: GiftDetail }) {
  return (
    <View className="gift-texts">
      {gift.description ? (
        <Fold title={words.description} id="description" startsOpen>
          <Text className="gift-texts__long">{gift.description}</Text>
        </Fold>
      ) : null}
      {gift.stores.length > 0 ? (
        <Fold title={words.stores} id="stores" startsOpen={gift.stockPerStore}>
          {gift.stores.map((store) => (
            <StoreRow key={store.id} store={store} />
          ))}
        </Fold>
      ) : null}
      {gift.terms ? (
        <Fold title={words.terms} id="terms">
          <Text className="gift-texts__long">{gift.terms}</Text>
        </Fold>
      ) : null}
    </View>
  )
}
