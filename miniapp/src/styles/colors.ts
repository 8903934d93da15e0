/** Colours as `#RRGGBB`, and how well one can be read on another (WCAG 2.2, relative luminance). */
export type Hex = string

const channelsOf = (color: Hex): [number, number, number] => {
  const value = Number.parseInt(color.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

const hexOf = (channels: readonly number[]): Hex =>
  `#${channels.map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('')}`

function luminanceOf(color: Hex): number {
  const [red, green, blue] = channelsOf(color).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** From 1 (the same) to 21 (black on white). */
export function contrastOf(one: Hex, other: Hex): number {
  const [lighter, darker] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

/** `share` 0 is the first colour, 1 the second. */
export function mix(first: Hex, second: Hex, share: number): Hex {
  const to = channelsOf(second)
  return hexOf(channelsOf(first).map((channel, index) => channel + ((to[index] ?? 0) - channel) * share))
}

/** The same hue, `share` of the way to white, without turning grey as mixing would. */
export function lighten(color: Hex, share: number): Hex {
  if (share === 0) return color.toLowerCase()
  const channels = channelsOf(color).map((channel) => channel / 255)
  const max = Math.max(...channels)
  const min = Math.min(...channels)
  const middle = (max + min) / 2
  const lighter = middle + (1 - middle) * share
  const half = (max - min) / 2
  // As vivid as before in HSL, but never glaring on a dark ground.
  const vividness = half === 0 ? 0 : Math.min(half / Math.min(middle, 1 - middle), 0.5)
  const spread = half === 0 ? 0 : (vividness * Math.min(lighter, 1 - lighter)) / half
  return hexOf(channels.map((channel) => (lighter + (channel - middle) * spread) * 255))
}
