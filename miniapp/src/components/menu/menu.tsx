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

interface CountProps {
  count: number
  label: string | undefined
  /** On the corner of an icon. */
  isOver?: boolean
}

function Count({ count, label, isOver = false }: CountProps) {
  return (
    <Text className={isOver ? 'menu__count menu__count--over' : 'menu__count'} aria-label={label}>
      {count > 99 ? '99+' : count}
    </Text>
  )
}

/** Ways to a member's own things, four beside each other: all of them are in sight at once. */
export function MenuGrid({ entries }: { entries: readonly Omit<MenuRow, 'hint'>[] }) {
  return (
    <View className="menu menu--grid">
      {entries.map(({ id, icon, label, count = 0, countLabel, onPress }) => (
        <Pressable className="menu__cell" id={id} key={id} onPress={onPress}>
          <View className="menu__icon">
            <Glyph name={icon} size={26} tone="ink" />
            {count > 0 ? <Count count={count} label={countLabel} isOver /> : null}
          </View>
          <Text className="menu__name">{label}</Text>
        </Pressable>
      ))}
    </View>
  )
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
          {count > 0 ? <Count count={count} label={countLabel} /> : null}
          <Glyph name="chevron-right" size={16} tone="ink3" />
        </Pressable>
      ))}
    </View>
  )
}
