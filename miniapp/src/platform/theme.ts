import Taro from '@tarojs/taro'
import { useSyncExternalStore } from 'react'
import type { Theme } from '../styles/accent'

type Listener = () => void

const darkMedia = (): MediaQueryList | null =>
  typeof window !== 'undefined' && typeof window.matchMedia === 'function'
    ? window.matchMedia('(prefers-color-scheme: dark)')
    : null

let shown: Theme | null = null
const shownListeners = new Set<Listener>()

/** Draws icons for this theme instead of the phone's, which null gives back. For the gallery of development. */
export function showTheme(theme: Theme | null): void {
  shown = theme
  for (const listener of shownListeners) listener()
}

let weappIsDark: boolean | null = null

function readIsDark(): boolean {
  if (shown) return shown === 'dark'
  if (process.env.TARO_ENV === 'weapp') {
    weappIsDark ??= Taro.getAppBaseInfo().theme === 'dark'
    return weappIsDark
  }
  return darkMedia()?.matches ?? false
}

function subscribe(listener: Listener): Listener {
  shownListeners.add(listener)
  const stopWatching = watchPhone(listener)
  return () => {
    shownListeners.delete(listener)
    stopWatching()
  }
}

function watchPhone(listener: Listener): Listener {
  if (process.env.TARO_ENV === 'weapp') {
    const onChange = ({ theme }: { theme: string }) => {
      weappIsDark = theme === 'dark'
      listener()
    }
    Taro.onThemeChange(onChange)
    return () => Taro.offThemeChange(onChange)
  }
  const media = darkMedia()
  media?.addEventListener('change', listener)
  return () => media?.removeEventListener('change', listener)
}

/** Whether the phone is in dark mode; changes by itself. Styles use CSS variables, drawn pictures need this. */
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, readIsDark, () => false)
