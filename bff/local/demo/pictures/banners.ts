import { digitalGifts } from './digital'
import {
  type Drawing,
  ground,
  leafMark,
  type Pen,
  placed,
  scatter,
  shadow,
  svgDocument,
  type Tint,
  tints,
} from './drawing'
import { foodGifts } from './food'
import { homeGifts } from './home'
import { travelGifts } from './travel'

type BannerPicture = {
  svg: string
  /** Which ink the page sets its title in; the left half of every banner is kept free for it. */
  ink: 'dark' | 'light'
}

const width = 700
const height = 280

const table = (pen: Pen, tint: Tint, top: number) =>
  `<rect y="${top}" width="${width}" height="${height - top}" fill="${pen.down(`0 ${tints[tint].table}`, `1 ${tints[tint].dark}`)}"/><rect y="${top}" width="${width}" height="1.5" fill="#fff" opacity=".5"/>`

const windowLight = (pen: Pen) =>
  `<g transform="skewX(-14)" fill="${pen.across('0 #fff 0', '.16 #fff', '.84 #fff', '1 #fff 0')}" opacity=".42"><rect x="318" y="-20" width="84" height="320"/><rect x="414" y="-20" width="80" height="320"/></g>`

const stand = (pen: Pen, tint: Tint, draw: Drawing, x: number, y: number, scale: number) =>
  placed(x, y, scale, draw(pen, tint))

const autumnTea = (pen: Pen) => `${ground(pen, 'sand', width, height)}${windowLight(pen)}
<circle cx="574" cy="92" r="74" fill="${pen.down('0 #E58F6A', '1 #CF6F4C')}" opacity=".9"/><path d="M330 236q70-96 130-40t100-60q70-20 140 70v40H330z" fill="#C79A6B" opacity=".3"/>${table(pen, 'sand', 222)}
${stand(pen, 'sand', travelGifts['travel-flask'].front[1], 506, 6, 0.72)}${stand(pen, 'sand', foodGifts['mountain-oolong'].front[1], 396, 16, 0.74)}${stand(pen, 'sand', homeGifts['ceramic-mug'].front[1], 314, 90, 0.54)}`

const moonNight = (
  pen: Pen,
) => `${ground(pen, 'lilac', width, height)}<circle cx="552" cy="112" r="98" fill="${pen.glow('0 #FFF8E2', '.82 #FBE7B7', '1 #F3D48E')}"/><circle cx="552" cy="112" r="150" fill="${pen.glow('0 #FFF3CF .7', '1 #FFF3CF 0')}"/>
<path d="M300 250q60-80 120-30t90-40 90 30 110-40v90H300z" fill="#8F88BE" opacity=".35"/><path d="M320 262q70-60 140-18t120-30 130 20v50H320z" fill="#6F679B" opacity=".3"/>${table(pen, 'lilac', 232)}
${placed(414, 44, 0.62, foodGifts['mooncake-box'].front[1](pen, 'lilac'))}${stand(pen, 'lilac', homeGifts['scented-candle'].front[1], 352, 104, 0.48)}${scatter(5, 12, (random) => `<circle cx="${Math.round(340 + random() * 340)}" cy="${Math.round(16 + random() * 90)}" r="${(0.8 + random() * 1.4).toFixed(1)}" fill="#fff" opacity=".9"/>`)}`

const coin = (pen: Pen, x: number, y: number, size: number, turn: number) =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})"><ellipse cx="3" cy="5" rx="22" ry="24" fill="#7D561D"/><ellipse rx="22" ry="24" fill="${pen.diagonal('0 #F9E7B8', '.5 #DDB463', '1 #A37327')}"/><ellipse rx="17" ry="19" fill="none" stroke="#8A5F22" stroke-opacity=".6" stroke-width="1.8"/>${leafMark(0, 0, 22, '#8A5F22', 2.2)}</g>`

const giftBox = (
  pen: Pen,
) => `<rect x="-70" y="-58" width="140" height="112" rx="8" fill="${pen.across('0 #FBF3E1', '.3 #FFFCF4', '.7 #EFE1C6', '1 #CDB98F')}"/><rect x="-14" y="-58" width="28" height="112" fill="${pen.across('0 #D9704E', '.4 #E58F6A', '1 #A6452C')}"/>
<rect x="-80" y="-86" width="160" height="38" rx="8" fill="${pen.across('0 #FFF9EC', '.3 #FFFFFF', '.7 #F4E8D0', '1 #D6C49E')}"/><rect x="-15" y="-86" width="30" height="38" fill="${pen.across('0 #D9704E', '.4 #EFA07C', '1 #A6452C')}"/><path d="M-70-48h140v7h-140z" fill="#6B4A1E" opacity=".18"/>
<path d="M0-86c-22-38-66-34-58-8 4 12 34 12 58 8zM0-86c22-38 66-34 58-8-4 12-34 12-58 8z" fill="${pen.diagonal('0 #EFA07C', '.5 #D9704E', '1 #A6452C')}"/><path d="M-8-90c-14-16-34-18-38-6M8-90c14-16 34-18 38-6" stroke="#8F3620" stroke-opacity=".5" stroke-width="3" fill="none"/><rect x="-11" y="-98" width="22" height="18" rx="6" fill="#C2563A"/>${leafMark(44, 12, 34, '#1F6B4F', 2.8)}`

const doublePoints = (
  pen: Pen,
) => `<rect width="${width}" height="${height}" fill="${pen.diagonal('0 #2C8062', '.5 #1F6B4F', '1 #123C2D')}"/><ellipse cx="170" cy="30" rx="360" ry="220" fill="${pen.glow('0 #fff .14', '1 #fff 0')}"/>
<circle cx="548" cy="150" r="150" fill="#fff" opacity=".05"/><circle cx="548" cy="150" r="104" fill="#fff" opacity=".06"/><path d="M280 290q90-90 170-40t250-40v80z" fill="#0D2F23" opacity=".35"/>
<ellipse cx="566" cy="240" rx="150" ry="22" fill="${pen.glow('0 #04140E .65', '1 #04140E 0')}"/><g transform="translate(548 184) scale(1.06)">${giftBox(pen)}</g>
${coin(pen, 430, 214, 0.95, -14)}${coin(pen, 462, 92, 0.8, 18)}${coin(pen, 648, 78, 0.9, -20)}${coin(pen, 664, 206, 1.1, 12)}${coin(pen, 556, 40, 0.62, 8)}${coin(pen, 404, 138, 0.5, -26)}`

const homeDesk = (
  pen: Pen,
) => `${ground(pen, 'sky', width, height)}${windowLight(pen)}${table(pen, 'sky', 226)}
${stand(pen, 'sky', digitalGifts['desk-lamp'].front[1], 446, 8, 0.74)}${stand(pen, 'sky', foodGifts['coffee-beans'].front[1], 352, 72, 0.56)}<g>${shadow(pen, 'sky', 618, 250, 34, 6)}</g>${stand(pen, 'sky', homeGifts['ceramic-mug'].front[1], 566, 122, 0.4)}`

const draw = (scene: (pen: Pen) => string) => svgDocument(width, height, scene)

/** Campaign banners of 700 × 280, printed at twice that; three for campaigns and one to spare for the demo's admin. */
export const bannerPictures: Record<string, BannerPicture> = {
  'autumn-tea': { svg: draw(autumnTea), ink: 'dark' },
  'moon-night': { svg: draw(moonNight), ink: 'dark' },
  'double-points': { svg: draw(doublePoints), ink: 'light' },
  'home-desk': { svg: draw(homeDesk), ink: 'dark' },
}
