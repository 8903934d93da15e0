import { Text, View } from '@tarojs/components'
import { Pressable } from '../../../components/pressable/pressable'
import type { GiftDetail } from '../../../features/gifts/gift.queries'
import { text } from '../../../platform/text'
import './sku-chooser.scss'

interface SkuChooserProps {
  skus: GiftDetail['skus']
  chosenId: string | null
  onChoose: (id: string) => void
}

/** Few enough to say so. */
export const scarceBelow = 10

const stockNote = (stock: number): string => {
  if (stock === 0) return ` ${text.gift.skuSoldOut}`
  return stock < scarceBelow ? ` ${text.gift.skuLeft(stock)}` : ''
}

/** Colour or size; what has run out can be seen and not chosen. */
export function SkuChooser({ skus, chosenId, onChoose }: SkuChooserProps) {
  if (skus.length === 0) return null
  return (
    <View className="sku-chooser">
      <Text className="sku-chooser__title">{text.gift.sku}</Text>
      <View className="sku-chooser__choices">
        {skus.map(({ id, name, stock }) => (
          <Pressable
            key={id}
            id={`sku-${id}`}
            role="radio"
            className={`sku ${id === chosenId ? 'sku--chosen' : ''} ${stock === 0 ? 'sku--out' : ''}`}
            selected={id === chosenId}
            disabled={stock === 0}
            onPress={() => onChoose(id)}
          >
            <Text>{`${name}${stockNote(stock)}`}</Text>
          </Pressable>
        ))}
      </View>
    </View>
  )
}
