import { Text, View } from '@tarojs/components'
import { Glyph } from '../glyph/glyph'
import type { IconName } from '../icon/icons'
import { Pressable } from '../pressable/pressable'
import './menu.scss'

export interface MenuRow {
  id: string
  icon: IconName
  label: string
  hint?: string
  count?: number
  countLabel?: string
  onPress: () => void
}

/** Ways to other pages, one a row. */
export function Menu({ rows }: { rows: readonly MenuRow[] }) {
  return (
    <View className="menu">
      {rows.map(({ id, icon, label, hint, count = 0, countLabel, onPress }) => (
        <Pressable className="menu__row" id={id} key={id} onPress={onPress}>
          <Glyph name={icon} size={22} tone="ink" />
          <Text className="menu__label">{label}</Text>
          {hint ? <Text className="menu__hint">{hint}</Text> : null}
          {count > 0 ? (
            <Text className="menu__count" aria-label={countLabel}>
              {count > 99 ? '99+' : count}
            </Text>
          ) : null}
          <Glyph name="chevron-right" size={16} tone="ink3" />
        </Pressable>
      ))}
    </View>
  )
}
