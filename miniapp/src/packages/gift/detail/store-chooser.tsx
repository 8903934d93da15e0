import { Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import type { Basket } from '../../../features/basket/basket.queries'
import type { GiftDetail } from '../../../features/gifts/gift.queries'
import { text } from '../../../platform/text'
import { scarceBelow } from './sku-chooser'
import './store-chooser.scss'

const words = text.redeem

export interface StoreChoice {
  id: string
  name: string
  address: string
  /** Pieces one can have there; null when it was not counted. */
  left: number | null
  /** Why it cannot be chosen. */
  obstacle: string | null
}

/** More stores than these are shown when asked for. */
const storesShown = 4

/** Those that have it first, in the shops' own order. */
const byStock = (choices: StoreChoice[]): StoreChoice[] => [
  ...choices.filter(({ obstacle }) => obstacle === null),
  ...choices.filter(({ obstacle }) => obstacle !== null),
]

/** The stores of a gift that keeps stock per store, with what each has of the chosen SKU; else none. */
export function choicesOfGift(gift: GiftDetail, skuId: string | null): StoreChoice[] {
  if (!gift.stockPerStore) return []
  const ofSku = gift.skus.find(({ id }) => id === skuId)?.leftByStore
  return byStock(
    gift.stores.map(({ id, name, address, left: inAll }) => {
      const left = ofSku ? (ofSku.find(({ storeId }) => storeId === id)?.left ?? 0) : inAll
      return { id, name, address, left, obstacle: left === 0 ? words.storeOut : null }
    }),
  )
}

/** The stores that a basket can be collected in; none when all have everything. */
export const choicesOfBasket = ({ stores }: Basket): StoreChoice[] =>
  byStock(
    stores.map(({ id, name, address, canServe }) => ({
      id,
      name,
      address,
      left: null,
      obstacle: canServe ? null : words.storeIncomplete,
    })),
  )

/**
 * Which store is chosen: at first the first that has it. One that runs out meanwhile is given up, and no other is
 * taken in its place without being asked for.
 */
export function useStoreChoice(choices: readonly StoreChoice[], sentId: string | undefined) {
  const [wantedId, setStoreId] = useState(() => choices.find(({ obstacle }) => obstacle === null)?.id ?? null)
  const wanted = choices.find(({ id, obstacle }) => id === wantedId && obstacle === null)
  return { storeId: sentId ?? wanted?.id ?? null, setStoreId }
}

interface StoreChooserProps {
  choices: readonly StoreChoice[]
  chosenId: string | null
  isLocked: boolean
  onChoose: (id: string) => void
}

/** In which store to collect it; one that has none left can be seen and not chosen. */
export function StoreChooser({ choices, chosenId, isLocked, onChoose }: StoreChooserProps) {
  const [showsAll, setShowsAll] = useState(false)
  const isLong = choices.length > storesShown && !showsAll
  const shown = choices.filter(({ id }, index) => !isLong || index < storesShown || id === chosenId)
  return (
    <View className="store-chooser" id="store-chooser" role="radiogroup" aria-label={words.store}>
      <Text className="store-chooser__title">{words.store}</Text>
      {shown.map((choice) => (
        <Store
          key={choice.id}
          choice={choice}
          isChosen={choice.id === chosenId}
          isLocked={isLocked}
          onChoose={onChoose}
        />
      ))}
      {isLong ? (
        <Pressable className="store-chooser__more" id="more-stores" onPress={() => setShowsAll(true)}>
          <Text>{words.moreStores(choices.length)}</Text>
          <Glyph name="chevron-down" size={16} tone="ink3" />
        </Pressable>
      ) : null}
    </View>
  )
}

interface StoreProps extends Pick<StoreChooserProps, 'isLocked' | 'onChoose'> {
  choice: StoreChoice
  isChosen: boolean
}

function Store({ choice, isChosen, isLocked, onChoose }: StoreProps) {
  const { id, name, address, left, obstacle } = choice
  const isOut = obstacle !== null
  const note = obstacle ?? (left !== null && left < scarceBelow ? words.storeLeft(left) : null)
  return (
    <Pressable
      id={`store-${id}`}
      role="radio"
      className={`store ${isChosen ? 'store--chosen' : ''} ${isOut ? 'store--out' : ''}`}
      selected={isChosen}
      disabled={isOut || isLocked}
      onPress={() => onChoose(id)}
    >
      <View className="store__words">
        <Text className="store__name">{name}</Text>
        <Text className="store__line">{address}</Text>
      </View>
      {note ? <Text className="store__note">{note}</Text> : null}
      {isOut ? null : (
        <View className="store__mark">
          {isChosen ? <Glyph name="check" size={20} tone="accent" /> : <View className="store__ring" />}
        </View>
      )}
    </Pressable>
  )
}
