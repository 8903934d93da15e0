import { type Drawing, ground, type Pen, placed, svgDocument, type Tint, tints } from './drawing'

export type GiftVariant = 'front' | 'detail' | 'scene'

/** For each view of a gift: the paper it stands on and what is drawn. */
export type GiftViews = Record<'front' | 'detail', readonly [Tint, Drawing]> & {
  scene: readonly [Tint, Drawing, setting?: 'flat']
}

const branch = (x: number, y: number, color: string): string => {
  const leaf = (dx: number, dy: number, turn: number, size: number) =>
    `<path transform="translate(${x + dx} ${y + dy}) rotate(${turn}) scale(${size})" d="M0 0c16-14 38-16 54-2-16 14-38 16-54 2z" fill="${color}"/>`
  return `<path d="M${x} ${y}c-40 40-86 70-150 92" fill="none" stroke="${color}" stroke-width="4" stroke-linecap="round"/>
${leaf(-14, 12, 100, 1)}${leaf(-20, 18, 190, 1)}${leaf(-52, 44, 95, 1.1)}${leaf(-58, 46, 200, 1.1)}${leaf(-92, 66, 88, 1)}${leaf(-100, 70, 196, 1)}${leaf(-134, 86, 80, 0.9)}${leaf(-148, 92, 186, 0.9)}`
}

/** A band of window light fades at both edges, as a pane's does on a wall some way behind it. */
const lightEdge = ['0 #fff 0', '.16 #fff', '.84 #fff', '1 #fff 0'] as const

/** Morning on a table: window light across the wall, the shadow of a branch outside, the gift a little to the right. */
const tableScene = (pen: Pen, tint: Tint, draw: Drawing): string => {
  const { shade, table, dark } = tints[tint]
  return `${ground(pen, tint)}
<g transform="skewX(-14.3)" fill="${pen.across(...lightEdge)}" opacity=".46"><rect x="28" y="-20" width="84" height="306"/><rect x="122" y="-20" width="96" height="306"/></g>
<g opacity=".2" filter="${pen.blur(3)}">${branch(260, -14, shade)}</g>
<rect y="282" width="400" height="118" fill="${pen.down(`0 ${dark}`, `.12 ${table}`, `1 ${dark}`)}"/><rect y="281" width="400" height="2" fill="#fff" opacity=".45"/>
<g transform="skewX(-31)" fill="${pen.across(...lightEdge)}" opacity=".24"><rect x="202" y="283" width="90" height="117"/><rect x="312" y="283" width="90" height="117"/></g>
${placed(42, 38, 0.9, draw(pen, tint))}`
}

/** The same morning seen from above, for things that lie rather than stand. */
const flatScene = (pen: Pen, tint: Tint, draw: Drawing): string => {
  const { shade, table, dark, light } = tints[tint]
  return `<rect width="400" height="400" fill="${pen.diagonal(`0 ${light}`, `.5 ${dark}`, `1 ${table}`)}"/>
<g fill="${pen.down(...lightEdge)}" opacity=".42"><rect x="-60" y="-38" width="600" height="62" transform="translate(-40 100) rotate(-27)"/><rect x="-60" y="-42" width="700" height="84" transform="translate(-40 233) rotate(-27)"/></g>
<g opacity=".22" filter="${pen.blur(3.5)}">${branch(330, -24, shade)}${branch(470, 250, shade)}</g>
${placed(14, 14, 0.93, draw(pen, tint))}`
}

export const drawGift = (views: GiftViews, variant: GiftVariant): string => {
  if (variant === 'scene') {
    const [tint, draw, setting] = views.scene
    return svgDocument(400, 400, (pen) => (setting === 'flat' ? flatScene : tableScene)(pen, tint, draw))
  }
  const [tint, draw] = views[variant]
  return svgDocument(400, 400, (pen) => `${ground(pen, tint)}${draw(pen, tint)}`)
}
