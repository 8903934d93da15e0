import { Text, View } from '@tarojs/components'
import { text } from '../../platform/text'
import { Glyph } from '../glyph/glyph'
import { Pressable } from '../pressable/pressable'
import './stepper.scss'

export interface StepperProps {
  value: number
  max: number
  min?: number
  onChange: (value: number) => void
  idPrefix?: string
}

/** A small whole number, up or down by one. */
export function Stepper({ value, max, min = 1, onChange, idPrefix = 'quantity' }: StepperProps) {
  return (
    <View className="stepper">
      <Pressable
        id={`${idPrefix}-less`}
        className="stepper__button"
        label={text.stepper.less}
        disabled={value <= min}
        onPress={() => onChange(value - 1)}
      >
        <Glyph name="minus" size={16} tone={value <= min ? 'ink3' : 'ink'} />
      </Pressable>
      <Text className="stepper__value" id={`${idPrefix}-value`}>
        {value}
      </Text>
      <Pressable
        id={`${idPrefix}-more`}
        className="stepper__button"
        label={text.stepper.more}
        disabled={value >= max}
        onPress={() => onChange(value + 1)}
      >
        <Glyph name="plus" size={16} tone={value >= max ? 'ink3' : 'ink'} />
      </Pressable>
    </View>
  )
}
