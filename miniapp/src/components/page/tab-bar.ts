import Taro from '@tarojs/taro'
import { useEffect } from 'react'
import { useAccentStyle, useColors } from '../../platform/brand'
import { type IconName, iconSvg } from '../icon/icons'

/** In the order of app.config.ts. */
const tabs: readonly IconName[] = ['home', 'gift', 'order', 'user']

const addressOf = (icon: IconName, color: string): string =>
  `data:image/svg+xml,${encodeURIComponent(iconSvg(icon, color))}`

/**
 * Taro's tabs are links to `javascript:;`, and its own listener does what they are for. The server's policy rightly refuses
 * such an address and says so in the console at each tap, so the browser does not follow it.
 */
export function keepTabsFromNavigating(): void {
  if (process.env.TARO_ENV !== 'h5') return
  document.addEventListener(
    'click',
    (event) => {
      const isTab = event.target instanceof Element && event.target.closest('a[href^="javascript:"]')
      if (isTab) event.preventDefault()
    },
    true,
  )
}

/**
 * Gives what is outside of every page the theme's colours and the brand's accent. The mini program's own bar takes
 * files only, so there the label alone changes.
 */
export function useTabBarColors(): void {
  const { accent, ink3 } = useColors()
  const accentStyle = useAccentStyle()
  useEffect(() => {
    if (process.env.TARO_ENV !== 'h5') {
      // Refused on pages without the bar, which then keeps the colour of app.config.ts.
      if (accentStyle)
        void Promise.resolve(Taro.setTabBarStyle({ selectedColor: accent })).catch(() => undefined)
      return
    }
    const { style } = document.documentElement
    for (const [name, value] of Object.entries(accentStyle ?? {})) style.setProperty(name, String(value))
    for (const [index, icon] of tabs.entries()) {
      const iconPath = addressOf(icon, ink3)
      void Taro.setTabBarItem({ index, iconPath, selectedIconPath: addressOf(icon, accent) })
    }
  }, [accent, ink3, accentStyle])
}
