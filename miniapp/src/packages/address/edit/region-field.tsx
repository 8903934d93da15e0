import { Picker, Text, View } from '@tarojs/components'
import { lazy, Suspense, useState } from 'react'
import { Glyph } from '../../../components/glyph/glyph'
import { Pressable } from '../../../components/pressable/pressable'
import { text } from '../../../platform/text'

const words = text.address

interface RegionFieldProps {
  region: readonly string[]
  onChoose: (region: string[]) => void
}

/* The list of places is only needed where the platform brings no picker of its own. */
const RegionSheet =
  process.env.TARO_ENV === 'h5'
    ? lazy(() => import('./region-sheet').then(({ RegionSheet: component }) => ({ default: component })))
    : null

function Chosen({ region }: { region: readonly string[] }) {
  return (
    <View className="region">
      <Text className={region.length === 3 ? 'region__value' : 'region__value region__value--empty'}>
        {region.length === 3 ? region.join(' ') : words.regionPlaceholder}
      </Text>
      <Glyph name="chevron-right" size={16} tone="ink3" />
    </View>
  )
}

/** Province, city and district: WeChat's own picker there, a sheet on H5. */
export function RegionField({ region, onChoose }: RegionFieldProps) {
  const [isOpen, setIsOpen] = useState(false)
  if (!RegionSheet) {
    return (
      <Picker
        mode="region"
        id="region"
        value={[...region]}
        onChange={(event) => onChoose(event.detail.value.slice(0, 3))}
      >
        <Chosen region={region} />
      </Picker>
    )
  }
  return (
    <>
      <Pressable id="region" onPress={() => setIsOpen(true)}>
        <Chosen region={region} />
      </Pressable>
      {isOpen ? (
        <Suspense fallback={null}>
          <RegionSheet region={region} onChoose={onChoose} onClose={() => setIsOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
