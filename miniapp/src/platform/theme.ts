import Taro from '@tarojs/taro'
import { useSyncExternalStore } from 'react'

type Listener = () => void

const darkMedia = (): MediaQueryList | null =>
  typeof window !== 'undefined' && typeof window.matchMedia === 'function'
    ? window.matchMedia('(prefers-color-scheme: dark)')
    : null

let weappIsDark: boolean | null = null

function readIsDark(): boolean {
  if (process.env.TARO_ENV === 'weapp') {
    weappIsDark ??= Taro.getAppBaseInfo().theme === 'dark'
    return weappIsDark
  }
  return darkMedia()?.matches ?? false
}

function subscribe(listener: Listener): Listener {
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
