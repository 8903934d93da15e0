/**
 * The studio every picture is taken in: six paper grounds, one light from the top left, one kind of shadow.
 * Gradients stand in for blur wherever they can, because blurring 800 px squares is what makes drawing slow.
 */
export type Tint = 'sage' | 'sand' | 'lilac' | 'blush' | 'sky' | 'cream'

type TintColors = { light: string; dark: string; shade: string; table: string }

export const tints: Record<Tint, TintColors> = {
  sage: { light: '#EAF2E7', dark: '#CBDDCC', shade: '#5F8069', table: '#BFD3C1' },
  sand: { light: '#FAEFDF', dark: '#ECD3AF', shade: '#A37B45', table: '#E3C79F' },
  lilac: { light: '#EEEBF5', dark: '#D2CDE5', shade: '#6F679B', table: '#C5BFDD' },
  blush: { light: '#FAE8E1', dark: '#EAC5B7', shade: '#A5695A', table: '#E0B6A6' },
  sky: { light: '#E9F1F5', dark: '#C6D9E3', shade: '#587F95', table: '#B7CEDA' },
  cream: { light: '#FBF7EF', dark: '#E7DCC9', shade: '#8F7F66', table: '#DACDB6' },
}

/** A stop reads `offset color [opacity]`, for example `.5 #fff .3`. */
type Stops = readonly string[]

export type Pen = {
  across: (...stops: Stops) => string
  down: (...stops: Stops) => string
  diagonal: (...stops: Stops) => string
  glow: (...stops: Stops) => string
  /** A standing cylinder under our light: bright at the left third, dark at the right, a thin reflected rim. */
  round: (light: string, base: string, dark: string) => string
  blur: (deviation: number) => string
  clip: (shape: string) => string
  defs: () => string
}

const stopTags = (stops: Stops): string =>
  stops
    .map((stop) => {
      const [offset, color, opacity] = stop.split(' ')
      return `<stop offset="${offset}" stop-color="${color}"${opacity ? ` stop-opacity="${opacity}"` : ''}/>`
    })
    .join('')

export const createPen = (): Pen => {
  const ids = new Map<string, string>()
  const markups: string[] = []
  const register = (markup: (id: string) => string): string => {
    const key = markup('')
    const known = ids.get(key)
    const id = known ?? `d${ids.size}`
    if (!known) {
      ids.set(key, id)
      markups.push(markup(id))
    }
    return `url(#${id})`
  }
  const linear = (x: number, y: number, stops: Stops) =>
    register(
      (id) =>
        `<linearGradient id="${id}" x1="0" y1="0" x2="${x}" y2="${y}">${stopTags(stops)}</linearGradient>`,
    )
  return {
    across: (...stops) => linear(1, 0, stops),
    down: (...stops) => linear(0, 1, stops),
    diagonal: (...stops) => linear(1, 1, stops),
    glow: (...stops) => register((id) => `<radialGradient id="${id}">${stopTags(stops)}</radialGradient>`),
    round: (light, base, dark) =>
      linear(1, 0, [`0 ${base}`, `.26 ${light}`, `.56 ${base}`, `.93 ${dark}`, `1 ${base}`]),
    blur: (deviation) =>
      register(
        (id) =>
          `<filter id="${id}" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="${deviation}"/></filter>`,
      ),
    clip: (shape) => register((id) => `<clipPath id="${id}">${shape}</clipPath>`),
    defs: () => markups.join(''),
  }
}

export type Drawing = (pen: Pen, tint: Tint) => string

export const svgDocument = (width: number, height: number, draw: (pen: Pen) => string): string => {
  const pen = createPen()
  const body = draw(pen)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs>${pen.defs()}</defs>${body}</svg>`
}

/** The seamless paper backdrop: light falls in at the top left and fades towards the bottom right. */
export const ground = (pen: Pen, tint: Tint, width = 400, height = 400): string => {
  const { light, dark, shade } = tints[tint]
  return `<rect width="${width}" height="${height}" fill="${pen.diagonal(`0 ${light}`, `1 ${dark}`)}"/>
<ellipse cx="${width * 0.3}" cy="${height * 0.2}" rx="${width * 0.62}" ry="${height * 0.56}" fill="${pen.glow('0 #fff .55', '1 #fff 0')}"/>
<ellipse cx="${width}" cy="${height}" rx="${width * 0.7}" ry="${height * 0.5}" fill="${pen.glow(`0 ${shade} .16`, `1 ${shade} 0`)}"/>`
}

/** A wide soft shadow that leans away from the light and a tight one where the thing touches the ground. */
export const shadow = (
  pen: Pen,
  tint: Tint,
  x: number,
  y: number,
  halfWidth: number,
  halfHeight = 0,
): string => {
  const { shade } = tints[tint]
  const deep = halfHeight || halfWidth * 0.16
  return `<ellipse cx="${x + halfWidth * 0.26}" cy="${y + deep * 0.2}" rx="${halfWidth * 1.5}" ry="${deep * 1.9}" fill="${pen.glow(`0 ${shade} .5`, `.45 ${shade} .26`, `1 ${shade} 0`)}"/>
<ellipse cx="${x + halfWidth * 0.04}" cy="${y}" rx="${halfWidth * 1.1}" ry="${deep}" fill="${pen.glow('0 #1E1B17 .5', '.7 #1E1B17 .3', '1 #1E1B17 0')}"/>`
}

/** The shadow of something that lies flat: its own outline, blurred and moved away from the light. */
export const flatShadow = (pen: Pen, tint: Tint, shape: string, dx = 7, dy = 11): string => {
  const { shade } = tints[tint]
  return `<g transform="translate(${dx} ${dy})" fill="${shade}" color="${shade}" opacity=".55" filter="${pen.blur(8)}">${shape}</g>
<g transform="translate(1.5 2.5)" fill="#1E1B17" color="#1E1B17" opacity=".16">${shape}</g>`
}

/** The leaf of 山川小满, on every gift somewhere: it makes 24 things one brand. */
export const leafMark = (
  x: number,
  y: number,
  height: number,
  color: string,
  stroke = height * 0.075,
): string => {
  const at = (part: number) => Math.round(part * height * 100) / 100
  return `<path d="M${x} ${y - height / 2}c${at(0.38)} ${at(0.32)} ${at(0.38)} ${at(0.68)} 0 ${height}c${at(-0.38)} ${at(-0.32)} ${at(-0.38)} ${at(-0.68)} 0 ${-height}zM${x} ${y - at(0.18)}V${y + height / 2}" fill="none" stroke="${color}" stroke-width="${stroke}" stroke-linejoin="round" stroke-linecap="round"/>`
}

/** A bright streak down the lit side of something glossy. */
export const streak = (
  pen: Pen,
  x: number,
  y: number,
  width: number,
  height: number,
  opacity = 0.34,
): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${width / 2}" fill="${pen.down(`0 #fff ${opacity}`, `.6 #fff ${opacity * 0.55}`, '1 #fff 0')}"/>`

/** Lines that stand for words on labels; real letters would change with the fonts of the machine that draws. */
export const textLines = (
  x: number,
  y: number,
  widths: readonly number[],
  color: string,
  gap = 9,
  weight = 3,
): string =>
  widths
    .map(
      (width, row) =>
        `<rect x="${x - width / 2}" y="${y + row * gap}" width="${width}" height="${weight}" rx="${weight / 2}" fill="${color}"/>`,
    )
    .join('')

export const steam = (pen: Pen, x: number, y: number): string =>
  `<g fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".75" filter="${pen.blur(2.4)}"><path d="M${x - 18} ${y}c-12-18 13-24 2-46"/><path d="M${x + 20} ${y - 4}c-12-18 13-24 2-46"/></g>`

export const placed = (x: number, y: number, scale: number, markup: string, turn = 0): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})${turn ? ` rotate(${turn} 200 200)` : ''}">${markup}</g>`

/** A repeatable scatter: pictures must come out byte for byte the same, or their hashes would change. */
export const scatter = (
  seed: number,
  count: number,
  mark: (random: () => number, index: number) => string,
): string => {
  let state = seed
  const random = () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
  return Array.from({ length: count }, (_, index) => mark(random, index)).join('')
}

/** The same drawing nearer to the camera, grown from the point where it stands. */
export const nearer =
  (draw: Drawing, scale: number, x = 200, y = 270): Drawing =>
  (pen, tint) =>
    placed(x - x * scale, y - y * scale, scale, draw(pen, tint))
