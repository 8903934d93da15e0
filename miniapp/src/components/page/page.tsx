import { Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import { useAccentStyle } from '../../platform/brand'
import { go } from '../../platform/navigation'
import { text } from '../../platform/text'
import { Glyph } from '../glyph/glyph'
import { Icon } from '../icon/icon'
import { iconColors } from '../icon/icons'
import { Pressable } from '../pressable/pressable'
import { ToastHost } from '../toast/toast'
import './page.scss'

type Ground = 'paper' | 'card' | 'white' | 'desk'

export interface PageProps {
  children: ReactNode
  /** Drawn on H5; on weapp the page's config names it in the platform's bar. Without a title no bar is drawn. */
  title?: string
  /** Tab pages have no way back. */
  isTab?: boolean
  /** `white` is white in dark mode too, `desk` is always dark. */
  ground?: Ground
  className?: string
}

/** The frame of every page: its ground, its bar on H5, and the place where toasts appear. */
export function Page({ children, title, isTab = false, ground = 'paper', className = '' }: PageProps) {
  const accentStyle = useAccentStyle(ground === 'white' ? 'light' : undefined)
  return (
    <View className={`page page--${ground} ${className}`} style={ground === 'desk' ? undefined : accentStyle}>
      {process.env.TARO_ENV === 'h5' && title ? <NavBar title={title} isTab={isTab} ground={ground} /> : null}
      {children}
      <ToastHost />
    </View>
  )
}

interface NavBarProps {
  title: string
  isTab: boolean
  ground: Ground
}

/* Grounds that do not follow the phone's theme need an arrow that does not either. */
const fixedArrows: Partial<Record<Ground, string>> = {
  white: iconColors.light.ink,
  desk: iconColors.dark.ink,
}

function NavBar({ title, isTab, ground }: NavBarProps) {
  const arrow = fixedArrows[ground]
  return (
    <View className="nav-bar">
      {isTab ? null : (
        <Pressable className="nav-bar__back" label={text.common.back} id="back" onPress={go.back}>
          {arrow ? (
            <Icon name="chevron-left" size={22} color={arrow} />
          ) : (
            <Glyph name="chevron-left" size={22} tone="ink" />
          )}
        </Pressable>
      )}
      <Text className="nav-bar__title">{title}</Text>
    </View>
  )
}
