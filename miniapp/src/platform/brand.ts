import { type CSSProperties, useMemo } from 'react'
import { create } from 'zustand'
import type { Theme } from '../styles/accent'
import type { Hex } from '../styles/colors'
import { accentIn, colors, defaultAccent, variableOf } from '../styles/tokens'
import { api } from './request'
import { keep, readKept } from './storage'
import { useIsDark } from './theme'

const storageName = 'accent'
const isHex = (value: unknown): value is Hex => typeof value === 'string' && /^#[0-9A-Fa-f]{6}$/.test(value)
const known = readKept<unknown>('device', storageName)

/** The brand's colour; what was known last time, until the server has said it. */
const useBrand = create<{ accent: Hex }>()(() => ({ accent: isHex(known) ? known : defaultAccent }))

/** Asks once for the brand's colour. Without an answer things look as they did the last time. */
export async function loadBrand(): Promise<void> {
  const answer = await api('GET /api/member/brand').catch(() => null)
  const accent = answer?.brand.accentColor
  if (!isHex(accent) || accent === useBrand.getState().accent) return
  keep('device', storageName, accent)
  useBrand.setState({ accent })
}

/** Every colour of the phone's theme, or of one that does not follow the phone, with the brand's accent. */
export function useColors(fixedTheme?: Theme): (typeof colors)[Theme] {
  const isDark = useIsDark()
  const accent = useBrand((state) => state.accent)
  const theme = fixedTheme ?? (isDark ? 'dark' : 'light')
  return accent === defaultAccent ? colors[theme] : { ...colors[theme], ...accentIn(theme, accent) }
}

/** The accent's CSS variables for a page's root; none while the accent is the one that the style sheets have. */
export function useAccentStyle(fixedTheme?: Theme): CSSProperties | undefined {
  const isDark = useIsDark()
  const accent = useBrand((state) => state.accent)
  const theme = fixedTheme ?? (isDark ? 'dark' : 'light')
  return useMemo(() => {
    if (accent === defaultAccent) return undefined
    const tokens = Object.entries(accentIn(theme, accent))
    return Object.fromEntries(tokens.map(([name, value]) => [variableOf(name), value]))
  }, [accent, theme])
}
