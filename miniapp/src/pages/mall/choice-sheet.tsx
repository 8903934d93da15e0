import { Text } from '@tarojs/components'
import type { ChipChoice } from '../../components/chip/chip'
import { Glyph } from '../../components/glyph/glyph'
import { Pressable } from '../../components/pressable/pressable'
import { Sheet } from '../../components/sheet/sheet'

interface ChoiceSheetProps<Value extends string> {
  isOpen: boolean
  title: string
  choices: readonly ChipChoice<Value>[]
  chosen: Value
  onChoose: (value: Value) => void
  onClose: () => void
}

/** One choice of a few, in a sheet. */
export function ChoiceSheet<Value extends string>(props: ChoiceSheetProps<Value>) {
  const { isOpen, title, choices, chosen, onChoose, onClose } = props
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={title}>
      {choices.map(({ value, label }) => (
        <Pressable
          key={value}
          id={`choice-${value}`}
          role="radio"
          className={value === chosen ? 'mall-choice mall-choice--chosen' : 'mall-choice'}
          selected={value === chosen}
          onPress={() => {
            onChoose(value)
            onClose()
          }}
        >
          <Text>{label}</Text>
          {value === chosen ? <Glyph name="check" size={18} tone="accent" /> : null}
        </Pressable>
      ))}
    </Sheet>
  )
}
