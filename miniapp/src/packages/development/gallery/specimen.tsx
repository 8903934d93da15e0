import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'

export interface SpecimenProps {
  name: string
  children: ReactNode
  /** `row` sets small parts beside each other, `block` gives the page's margin, `bare` has margins of its own. */
  layout?: 'row' | 'block' | 'bare'
}

/** A component's name and its states. */
export function Specimen({ name, children, layout = 'bare' }: SpecimenProps) {
  return (
    <View>
      <Text className="gallery__name">{name}</Text>
      <View className={layout === 'bare' ? '' : `gallery__${layout}`}>{children}</View>
    </View>
  )
}
