import { type AccentTokens, accentTokens, type Theme } from './accent'
import type { Hex } from './colors'

/** The accent until a brand chooses its own. */
export const defaultAccent = '#1F6B4F'

const grounds = {
  light: {
    paper: '#f7f4ee',
    paperDeep: '#efeae0',
    card: '#ffffff',
    ink: '#1e1b17',
    ink2: '#5f594f',
    ink3: '#6f685d',
    inkFaint: '#b9b2a6',
    hairline: '#e7e1d6',
    gold: '#8d601c',
    goldSoft: '#f6ecda',
    onGoldSoft: '#75501a',
    danger: '#b3382c',
    dangerSoft: '#f9e9e6',
    onDanger: '#ffffff',
    onInk: '#f7f4ee',
  },
  dark: {
    paper: '#141311',
    paperDeep: '#272420',
    card: '#1d1b18',
    ink: '#f2ede4',
    ink2: '#b5ada1',
    ink3: '#a29a8e',
    inkFaint: '#5f594f',
    hairline: '#34302a',
    gold: '#ddb067',
    goldSoft: '#3a2f1d',
    onGoldSoft: '#e9c88c',
    danger: '#f0968a',
    dangerSoft: '#3b2320',
    onDanger: '#2b100c',
    onInk: '#141311',
  },
} as const satisfies Record<Theme, Record<string, Hex>>

/** The accent's tokens in a theme, for a brand's colour. */
export const accentIn = (theme: Theme, brand: Hex): AccentTokens => accentTokens(brand, theme, grounds[theme])

/**
 * Every colour of the product. The build hands them to tokens.scss as maps, which makes the CSS variables; drawn
 * icons, which cannot read variables, take them from here.
 */
export const colors = {
  light: { ...grounds.light, ...accentIn('light', defaultAccent) },
  dark: { ...grounds.dark, ...accentIn('dark', defaultAccent) },
}

/** `paperDeep` → `--paper-deep`, `ink2` → `--ink-2`. */
export const variableOf = (name: string): string =>
  `--${name.replace(/[A-Z]|\d/g, (found) => `-${found.toLowerCase()}`)}`

/** Both themes as Sass maps, put in front of every style sheet; they cost nothing where they are not used. */
export const sassMaps = (['light', 'dark'] as const)
  .map((theme) => {
    const pairs = Object.entries(colors[theme]).map(([name, value]) => `"${variableOf(name)}": ${value}`)
    return `$colors-${theme}: (${pairs.join(', ')});`
  })
  .join('\n')
