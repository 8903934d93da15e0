import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { Glyph } from '../glyph/glyph'
import { Pressable } from '../pressable/pressable'
import './section.scss'

export interface SectionProps {
  title: string
  children: ReactNode
  action?: string
  actionId?: string
  onAction?: () => void
}

/** A heading with what belongs to it, and perhaps the way to all of it. */
export function Section({ title, children, action, actionId, onAction }: SectionProps) {
  return (
    <View className="section">
      <View className="section__head">
        <Text className="section__title">{title}</Text>
        {action && onAction ? (
          <Pressable className="section__action" id={actionId} onPress={onAction}>
            <Text>{action}</Text>
            <Glyph name="chevron-right" size={14} tone="ink3" />
          </Pressable>
        ) : null}
      </View>
      {children}
    </View>
  )
}
