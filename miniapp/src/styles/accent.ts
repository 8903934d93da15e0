import { contrastOf, type Hex, lighten, mix } from './colors'

export type Theme = 'light' | 'dark'

/** What text needs on its ground. */
const readable = 4.5
/** A filled button needs no contrast of its own, but has to be seen. */
const seen = 1.3
const onDarkCard = 7
const steps = 50

export interface AccentTokens {
  /** For text, icons and thin lines on paper, card and soft. */
  accent: Hex
  accentFill: Hex
  accentPress: Hex
  accentSoft: Hex
  /** Text on the fill. */
  onAccent: Hex
  /** Dark in both themes, under white text. */
  accentDeep: Hex
}

interface Grounds {
  paper: Hex
  paperDeep: Hex
  card: Hex
  ink: Hex
}

/** The first of ever stronger changes that is good enough; the last one when none is. */
function firstGood(change: (share: number) => Hex, isGood: (color: Hex) => boolean): Hex {
  for (let step = 0; step < steps; step += 1) {
    const color = change(step / steps)
    if (isGood(color)) return color
  }
  return change(1)
}

function textOn(fill: Hex, ink: Hex): Hex {
  const better = contrastOf('#ffffff', fill) >= contrastOf(ink, fill) ? '#ffffff' : ink
  return contrastOf(better, fill) >= readable ? better : '#000000'
}

const softOf = (accent: Hex, card: Hex, theme: Theme): Hex =>
  mix(card, accent, theme === 'light' ? 0.12 : 0.16)

/** The tokens of a brand's colour: its own where it can be, moved as far as reading needs where not. */
export function accentTokens(brand: Hex, theme: Theme, grounds: Grounds): AccentTokens {
  const { paper, paperDeep, card } = grounds
  const isReadable = (color: Hex) =>
    [paper, paperDeep, card, softOf(color, card, theme)].every(
      (ground) => contrastOf(color, ground) >= readable,
    )
  const isLight = theme === 'light'
  const accent = isLight
    ? firstGood((share) => mix(brand, '#000000', share), isReadable)
    : firstGood(
        (share) => lighten(brand, share),
        (color) => isReadable(color) && contrastOf(color, card) >= onDarkCard,
      )
  const accentFill = isLight
    ? firstGood(
        (share) => mix(brand, '#000000', share),
        (color) => contrastOf(color, card) >= seen,
      )
    : accent
  const onAccent = textOn(accentFill, isLight ? grounds.ink : '#10201a')
  // Away from the text on it, which so stays readable.
  const accentPress = mix(accentFill, onAccent === '#ffffff' ? '#000000' : '#ffffff', 0.16)
  const accentDeep = firstGood(
    (share) => mix(brand, '#000000', share),
    (color) => contrastOf('#ffffff', color) >= 6,
  )
  return { accent, accentFill, accentPress, accentSoft: softOf(accent, card, theme), onAccent, accentDeep }
}
