import { Input, ScrollView, Text, View } from '@tarojs/components'
import { useState } from 'react'
import { Button } from '../../../components/button/button'
import { ChipRow } from '../../../components/chip/chip'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import { Sheet } from '../../../components/sheet/sheet'
import { citiesOf, districtsOf, provinces } from '../../../features/addresses/regions'
import { text } from '../../../platform/text'

const words = text.address
const levels = ['province', 'city', 'district'] as const
type Level = (typeof levels)[number]

interface RegionSheetProps {
  region: readonly string[]
  onChoose: (region: string[]) => void
  onClose: () => void
}

/** A district that the list does not have is typed. */
function OtherDistrict({ onChoose }: { onChoose: (name: string) => void }) {
  const [name, setName] = useState('')
  const typed = name.trim()
  return (
    <View className="region-other">
      <Text className="region-other__hint">{words.otherDistrict}</Text>
      <View className="region-other__row">
        <Input
          id="other-district"
          className="region-other__input"
          value={name}
          maxlength={20}
          placeholder={words.otherDistrictPlaceholder}
          onInput={(event) => setName(event.detail.value)}
        />
        <Button id="use-district" size="small" disabled={typed === ''} onPress={() => onChoose(typed)}>
          {words.use}
        </Button>
      </View>
    </View>
  )
}

/** Province, then city, then district; each choice opens the next. */
export function RegionSheet({ region, onChoose, onClose }: RegionSheetProps) {
  const [chosen, setChosen] = useState<string[]>([...region])
  const [level, setLevel] = useState<Level>(region.length === 3 ? 'district' : 'province')
  const [province = '', city = ''] = chosen
  const names = { province: provinces, city: citiesOf(province), district: districtsOf(province, city) }[
    level
  ]
  const position = levels.indexOf(level)

  const choose = (name: string) => {
    const next = [...chosen.slice(0, position), name]
    setChosen(next)
    const nextLevel = levels[position + 1]
    if (nextLevel) {
      setLevel(nextLevel)
      return
    }
    onChoose(next)
    onClose()
  }

  return (
    <Sheet isOpen onClose={onClose} title={words.region} id="region-sheet">
      <ChipRow
        className="region-levels"
        idPrefix="region-level"
        choices={levels
          .slice(0, Math.min(chosen.length, 2) + 1)
          .map((value, index) => ({ value, label: chosen[index] ?? words[value] }))}
        chosen={level}
        onChoose={setLevel}
      />
      <ScrollView className="region-list" scrollY>
        {names.map((name) => (
          <Pressable
            key={name}
            role="radio"
            className="region-list__row"
            selected={chosen[position] === name}
            onPress={() => choose(name)}
          >
            <Text>{name}</Text>
            {chosen[position] === name ? <Glyph name="check" size={18} tone="accent" /> : null}
          </Pressable>
        ))}
        {level === 'district' ? <OtherDistrict onChoose={choose} /> : null}
      </ScrollView>
    </Sheet>
  )
}
