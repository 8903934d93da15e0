import { Text, View } from '@tarojs/components'
import { limits } from '#shared/domain/limits'
import { Glyph } from '../../../components/glyph/glyph'
import { Picture } from '../../../components/picture/picture'
import { PointsNumber } from '../../../components/points-number/points-number'
import { Pressable } from '../../../components/pressable/pressable'
import { Stepper } from '../../../components/stepper/stepper'
import type { BasketItem } from '../../../features/basket/basket.queries'
import { formatPoints } from '../../../platform/format'
import { go } from '../../../platform/navigation'
import { text } from '../../../platform/text'

const words = text.basket

interface BasketLineProps {
  item: BasketItem
  isLocked: boolean
  onChange: (quantity: number) => void
}

/** One gift of the basket: what it is, what it costs now, how many, and why it cannot be had. */
export function BasketLine({ item, isLocked, onChange }: BasketLineProps) {
  const { gift, skuName, quantity, stock, obstacles } = item
  const id = item.skuId ? `${item.giftId}-${item.skuId}` : item.giftId
  const max = Math.max(quantity, Math.min(stock, limits.quantityPerItem))
  const note = [skuName, text.handOvers[gift.handOver], stock > 0 && stock < 10 ? words.left(stock) : null]
  return (
    <View className="basket-line" id={`line-${id}`}>
      <View className="basket-line__head">
        <Pressable className="basket-line__gift" onPress={() => go.gift(item.giftId)}>
          <Picture className="basket-line__picture" url={gift.thumbnailUrl} isFaded={stock === 0} />
          <View className="basket-line__words">
            <Text className="basket-line__name">{gift.name}</Text>
            <Text className="basket-line__note">{note.filter(Boolean).join(text.common.joiner)}</Text>
            {quantity > 1 ? (
              <Text className="basket-line__note">{words.each(formatPoints(gift.pricePoints))}</Text>
            ) : null}
          </View>
        </Pressable>
        <Pressable
          className="basket-line__remove"
          id={`remove-${id}`}
          label={words.remove(gift.name)}
          disabled={isLocked}
          onPress={() => onChange(0)}
        >
          <Glyph name="trash" size={18} tone="ink3" />
        </Pressable>
      </View>
      {obstacles.map(({ code, message, help }) => (
        <Text className="basket-line__obstacle" key={code}>
          {help ? `${message}，${help}` : message}
        </Text>
      ))}
      <View className="basket-line__foot">
        <PointsNumber points={gift.pricePoints * quantity} size="small" tone="gold" />
        <Stepper
          idPrefix={`quantity-${id}`}
          value={quantity}
          min={isLocked ? quantity : 1}
          max={isLocked ? quantity : max}
          onChange={onChange}
        />
      </View>
    </View>
  )
}
