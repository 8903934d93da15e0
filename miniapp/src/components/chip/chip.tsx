import { ScrollView, Text } from '@tarojs/components'
import { Pressable } from '../pressable/pressable'
import './chip.scss'

export interface ChipChoice<Value extends string> {
  value: Value
  label: string
}

export interface ChipRowProps<Value extends string> {
  choices: readonly ChipChoice<Value>[]
  chosen: Value
  onChoose: (value: Value) => void
  /** Chips get ids `<idPrefix>-<value>`. */
  idPrefix: string
  className?: string
}

/** One choice of several, in a row that scrolls sideways when it is long. */
export function ChipRow<Value extends string>(props: ChipRowProps<Value>) {
  return (
    <ScrollView className={`chip-row ${props.className ?? ''}`} scrollX enhanced showScrollbar={false}>
      {props.choices.map(({ value, label }) => (
        <Pressable
          key={value}
          id={`${props.idPrefix}-${value}`}
          className={value === props.chosen ? 'chip chip--chosen' : 'chip'}
          selected={value === props.chosen}
          onPress={() => props.onChoose(value)}
        >
          <Text>{label}</Text>
        </Pressable>
      ))}
    </ScrollView>
  )
}
