import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { contrastOf } from '../../miniapp/src/styles/colors'
import { accentIn, colors } from '../../miniapp/src/styles/tokens'

const themes = ['light', 'dark'] as const
const readable = 4.5

/** Which text stands on which ground. */
const pairs = [
  ...(['ink', 'ink2', 'ink3', 'gold', 'danger'] as const).flatMap((text) =>
    (['paper', 'paperDeep', 'card'] as const).map((ground) => [text, ground] as const),
  ),
  ['onInk', 'ink'],
  ['onGoldSoft', 'goldSoft'],
  ['onDanger', 'danger'],
  ['danger', 'dangerSoft'],
  ['ink2', 'dangerSoft'],
] as const

test.each(themes)('in %s every text can be read on its ground', (theme) => {
  const weak = pairs.filter(
    ([text, ground]) => contrastOf(colors[theme][text], colors[theme][ground]) < readable,
  )
  expect(weak).toEqual([])
})

test('whatever colour a brand chooses, its texts and buttons can be read in both themes', () => {
  const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)
  fc.assert(
    fc.property(hex, fc.constantFrom(...themes), (brand, theme) => {
      const tokens = accentIn(theme, brand)
      const { paper, paperDeep, card } = colors[theme]
      const asText = [paper, paperDeep, card, tokens.accentSoft].map((ground) =>
        contrastOf(tokens.accent, ground),
      )
      const onFill = [tokens.accentFill, tokens.accentPress].map((fill) => contrastOf(tokens.onAccent, fill))
      const onDeep = contrastOf('#ffffff', tokens.accentDeep)
      return Math.min(...asText, ...onFill, onDeep) >= readable
    }),
    { numRuns: 500 },
  )
})

test('a colour that can be read is taken as it is', () => {
  expect(accentIn('light', '#1F6B4F')).toMatchObject({
    accent: '#1f6b4f',
    accentFill: '#1f6b4f',
    onAccent: '#ffffff',
  })
  expect(accentIn('light', '#FFD100')).toMatchObject({ accentFill: '#ffd100', onAccent: '#1e1b17' })
})

test('contrast is the one of WCAG', () => {
  expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrastOf('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test('the platform’s own bars have the same colours', () => {
  const file = resolve(__dirname, '../../miniapp/src/theme.json')
  const bars = JSON.parse(readFileSync(file, 'utf8')) as Record<
    (typeof themes)[number],
    Record<string, string>
  >
  for (const theme of themes) {
    const { paper, ink3, accent, card } = colors[theme]
    const shown = [bars[theme].paper, bars[theme].tabText, bars[theme].tabSelected, bars[theme].tabGround]
    expect(shown.map((color) => color?.toLowerCase())).toEqual([paper, ink3, accent, card])
  }
})
