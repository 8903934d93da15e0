import { Text, View } from '@tarojs/components'
import type { AfterSaleKind } from '#shared/domain/enums'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import type { AfterSaleOptions } from '../../../features/after-sales/after-sale.queries'
import { formatInstant } from '../../../platform/format'
import { text } from '../../../platform/text'

const words = text.afterSale

interface KindFieldProps {
  options: AfterSaleOptions['options']
  chosen: AfterSaleKind | null
  onChoose: (kind: AfterSaleKind) => void
}

/** What can have happened; what cannot be asked for says why. */
export function KindField({ options, chosen, onChoose }: KindFieldProps) {
  return (
    <View className="after-sale-block">
      <Text className="after-sale-block__title">{words.chooseKind}</Text>
      {options.map(({ kind, isAllowed, reason, until }) => (
        <Pressable
          key={kind}
          id={`kind-${kind}`}
          className={isAllowed ? 'after-sale-kind' : 'after-sale-kind after-sale-kind--off'}
          role="radio"
          selected={kind === chosen}
          disabled={!isAllowed}
          onPress={() => onChoose(kind)}
        >
          <View className="after-sale-kind__words">
            <Text className="after-sale-kind__name">{words.kinds[kind].name}</Text>
            <Text className="after-sale-kind__hint">{isAllowed ? words.kinds[kind].hint : reason}</Text>
            {isAllowed && until ? (
              <Text className="after-sale-kind__hint">{words.until(formatInstant(until))}</Text>
            ) : null}
          </View>
          {kind === chosen ? <Glyph name="check" size={20} tone="accent" /> : null}
          {kind !== chosen && isAllowed ? <View className="after-sale-kind__ring" /> : null}
        </Pressable>
      ))}
    </View>
  )
}
