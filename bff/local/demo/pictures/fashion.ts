import { type Drawing, flatShadow, leafMark, type Pen, shadow } from './drawing'
import type { GiftViews } from './views'

const toteBody = 'M114 142h172l20 172a12 12 0 0 1-12 13H106a12 12 0 0 1-12-13z'
const weave = (pen: Pen) =>
  `<g clip-path="${pen.clip(`<path d="${toteBody}"/>`)}" stroke="#8F7A55" stroke-opacity=".09" stroke-width="1.2">${Array.from({ length: 44 }, (_, i) => `<path d="M${90 + i * 5} 140v190M90 ${140 + i * 5}h220"/>`).join('')}</g>`

const toteFront = (
  pen: Pen,
) => `<path d="${toteBody}" fill="${pen.diagonal('0 #FFFBF2', '.5 #F4EADA', '1 #D8C7A8')}"/>${weave(pen)}
<path d="M252 142h34l20 172a12 12 0 0 1-12 13h-26z" fill="#A88F63" opacity=".18"/><path d="M114 142h172l2.5 20H111.5z" fill="#fff" opacity=".35"/><path d="M112 161h176" stroke="#B39B6F" stroke-width="1.5" stroke-dasharray="5 4"/>
<path d="M128 170q6 70-8 146M272 174q-12 60 6 140" fill="none" stroke="#8F7A55" stroke-opacity=".2" stroke-width="4" stroke-linecap="round"/><path d="M118 168l-14 142" stroke="#fff" stroke-opacity=".8" stroke-width="4" stroke-linecap="round"/>
${leafMark(200, 238, 84, '#B3482F', 6)}<g fill="#1F6B4F"><rect x="288" y="196" width="11" height="24" rx="1.5" transform="rotate(-6 290 200)"/></g>`

const strap = (pen: Pen, d: string) =>
  `<path d="${d}" fill="none" stroke="#7A3B26" stroke-width="14"/><path d="${d}" fill="none" stroke="${pen.across('0 #CE7A58', '1 #8C4A36')}" stroke-width="10"/>`
const patches = `<g fill="#A75A3F"><rect x="144" y="144" width="17" height="32" rx="2.5"/><rect x="239" y="144" width="17" height="32" rx="2.5"/></g><g stroke="#F3D3B0" stroke-width="1.4"><path d="M147 148l11 22m0-22-11 22M242 148l11 22m0-22-11 22"/></g>`

const tote: Drawing = (
  pen,
  tint,
) => `${shadow(pen, tint, 200, 326, 106, 12)}${strap(pen, 'M164 148c0-104 84-104 84 0')}
<path d="M114 142h172l-8-9H122z" fill="#B9A47C"/>${toteFront(pen)}${strap(pen, 'M152 160c0-116 96-116 96 0')}${patches}`

const toteFilled: Drawing = (
  pen,
  tint,
) => `${shadow(pen, tint, 200, 338, 100, 12)}<g transform="translate(0 12)">
<g transform="rotate(9 250 120)"><rect x="222" y="60" width="62" height="110" rx="4" fill="${pen.across('0 #4C6385', '1 #2B3D59')}"/><rect x="278" y="64" width="6" height="104" fill="#F4ECDD"/></g>
<g stroke="#4E7F5F" stroke-width="4" fill="none" stroke-linecap="round"><path d="M150 150C144 96 128 70 112 52M156 150c0-50 8-80 22-104"/></g><g fill="${pen.diagonal('0 #86BE93', '1 #2F7A55')}">${[
  [112, 52, -60],
  [122, 74, -150],
  [128, 78, -20],
  [138, 104, -160],
  [142, 104, -24],
  [178, 46, -50],
  [168, 70, -140],
  [166, 76, -8],
  [160, 104, -150],
  [158, 106, -14],
]
  .map(
    ([x, y, turn]) =>
      `<path transform="translate(${x} ${y}) rotate(${turn})" d="M0 0c12-12 30-13 42-1-12 11-30 12-42 1z"/>`,
  )
  .join('')}</g>
<g transform="rotate(14 214 120)"><rect x="192" y="54" width="30" height="110" rx="15" fill="${pen.across('0 #F0C98C', '.5 #D9A057', '1 #A76C2A')}"/><path d="M196 78l20-9M196 100l20-9M196 122l20-9" stroke="#FBE7C4" stroke-width="5" stroke-linecap="round"/></g>
<path d="M114 142h172l-8-11H122z" fill="#B9A47C" opacity=".55"/>${toteFront(pen)}${strap(pen, 'M152 160c0-92 96-92 96 0')}${patches}</g>`

type Knit = readonly [light: string, base: string, dark: string, band: string]
const knits: readonly Knit[] = [
  ['#5DAF8B', '#2F7A5C', '#174F3B', '#F4EBD8'],
  ['#FFF9EC', '#EFE2C8', '#C6B28A', '#B3482F'],
  ['#E3A489', '#C77C60', '#8F4D36', '#F4EBD8'],
  ['#8FA6C4', '#5B7699', '#35496A', '#EBCB8B'],
]

const sockRoll = (
  pen: Pen,
  x: number,
  [light, base, dark, band]: Knit,
) => `<rect x="${x + 3}" y="140" width="50" height="150" rx="22" fill="#3E2F16" opacity=".3"/><rect x="${x}" y="136" width="50" height="150" rx="22" fill="${pen.round(light, base, dark)}"/>
<path d="M${x} 176h50v-18a22 22 0 0 0-22-22h-6a22 22 0 0 0-22 22z" fill="${pen.across(`0 ${band}`, `.6 ${band}`, `1 ${dark}`)}" opacity=".92"/><g stroke="${dark}" stroke-opacity=".35" stroke-width="1.5">${[8, 15, 22, 29, 36, 43].map((dx) => `<path d="M${x + dx} 141v34"/>`).join('')}</g>
<path d="M${x} 196h50M${x} 206h50" stroke="${band}" stroke-width="4"/>${leafMark(x + 25, 242, 26, band, 2.2)}`

const boxOuter = '<rect x="68" y="104" width="264" height="206" rx="10"/>'
const socksBox: Drawing = (
  pen,
  tint,
) => `<g transform="rotate(-5 200 200)"><g transform="rotate(9 120 90) translate(-2 -40)">${flatShadow(pen, tint, boxOuter)}<g fill="${pen.diagonal('0 #2F7A5C', '1 #123C2D')}">${boxOuter}</g></g>
${flatShadow(pen, tint, boxOuter)}<g fill="${pen.diagonal('0 #DDB98A', '1 #A97F4C')}">${boxOuter}</g><rect x="78" y="114" width="244" height="186" rx="5" fill="#6B4A22"/><rect x="78" y="120" width="244" height="180" rx="5" fill="${pen.down('0 #CDBB9A', '.3 #FBF5E8', '1 #F1E7D3')}"/>
<path d="M78 132l26 10 22-14 30 14 28-12 30 12 26-14 30 12 26-12 26 10v-18H78z" fill="#fff" opacity=".7"/>${knits.map((knit, i) => sockRoll(pen, 90 + i * 57, knit)).join('')}
<rect x="72" y="108" width="256" height="198" rx="8" fill="none" stroke="#F3DDB8" stroke-opacity=".55" stroke-width="2"/></g>`

const sock = (pen: Pen, [light, base, dark, band]: Knit) => {
  const shape = 'M0 0h62v118q0 18 14 30l46 38c26 24-6 62-38 42L20 186Q0 170 0 144z'
  return `<path d="${shape}" fill="${pen.diagonal(`0 ${light}`, `.45 ${base}`, `1 ${dark}`)}"/><g clip-path="${pen.clip(`<path d="${shape}"/>`)}"><path d="M0 0h62v34H0z" fill="${band}" opacity=".92"/><g stroke="${dark}" stroke-opacity=".3" stroke-width="2">${Array.from({ length: 9 }, (_, i) => `<path d="M${4 + i * 7} 0v34"/>`).join('')}</g><path d="M0 50h62M0 64h62" stroke="${band}" stroke-width="6"/><path d="M96 260c-14-24 0-58 40-66v70z" fill="${band}" opacity=".9"/><path d="M-6 176c30-14 44 10 34 40l-40 6z" fill="${band}" opacity=".9"/></g>${leafMark(31, 104, 38, band, 3)}`
}
const sockShadow = '<path d="M0 0h62v118q0 18 14 30l46 38c26 24-6 62-38 42L20 186Q0 170 0 144z"/>'

const socksPair: Drawing = (pen, tint) =>
  knits
    .slice(0, 3)
    .map(
      (knit, i) =>
        `<g transform="translate(${[60, 142, 226][i]} ${[106, 74, 48][i]}) rotate(6)">${flatShadow(pen, tint, sockShadow)}${sock(pen, knit)}</g>`,
    )
    .reverse()
    .join('')

const crown =
  'M108 252C102 160 152 106 214 106c68 0 112 56 112 134 0 18-3 30-8 38-4 6-10 7-16 4-20-8-42-11-66-12z'
const cap: Drawing = (pen, tint) => `<g transform="translate(14 -4)">${shadow(pen, tint, 188, 291, 132, 12)}
<path d="${crown}" fill="${pen.diagonal('0 #7289AB', '.45 #475D80', '1 #26354E')}"/><path d="M302 282c-20-8-42-11-66-12l-60-30c50-4 100 4 149 18-1 8-3 15-7 20-4 6-10 7-16 4z" fill="#1B283C" opacity=".3"/>
<path d="M214 106c-46 26-66 78-62 132M214 106c42 30 68 90 64 168" fill="none" stroke="#1F2C42" stroke-opacity=".5" stroke-width="2"/><path d="M209 107c-46 28-66 78-63 132M219 107c44 32 69 92 64 168" fill="none" stroke="#B9C6DB" stroke-opacity=".45" stroke-width="1.3" stroke-dasharray="4 3.5"/>
<path d="M126 190c8-36 28-60 58-70" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="8" stroke-linecap="round"/><ellipse cx="214" cy="105" rx="11" ry="5.5" fill="#33455F"/><circle cx="250" cy="158" r="3.5" fill="#1F2C42"/><circle cx="172" cy="150" r="3" fill="#1F2C42"/>
<path d="M112 234C74 242 38 262 34 284c-1 8 6 11 14 8 58-20 142-24 212-2 10 3 18-4 12-12-30-32-92-52-162-42z" fill="${pen.down('0 #5C7396', '.5 #3F5475', '1 #233149')}"/><path d="M112 240c-32 6-62 22-70 38M124 242c-34 4-62 16-74 34M140 244c60 0 98 18 118 36" fill="none" stroke="#B9C6DB" stroke-opacity=".4" stroke-width="1.3" stroke-dasharray="4 3.5"/><path d="M34 286c2 8 8 9 14 6 58-20 142-24 212-2 8 3 15-1 14-8-70-24-168-22-240 4z" fill="#1B283C"/>
<g transform="rotate(-6 198 190)">${leafMark(206, 192, 56, '#F4EBD8', 4.6)}</g></g>`

const capBack: Drawing = (
  pen,
  tint,
) => `${shadow(pen, tint, 200, 300, 118, 12)}<path d="M82 276C78 168 130 98 200 98s122 70 118 178c0 14-20 20-40 22H122c-20-2-40-8-40-22z" fill="${pen.diagonal('0 #7289AB', '.45 #475D80', '1 #26354E')}"/>
<path d="M134 298c0-92 132-92 132 0l-10 2H144z" fill="#172231"/><path d="M144 300c4-64 108-64 112 0z" fill="#2B3B55"/><path d="M128 296c-2-104 146-104 144 0" fill="none" stroke="#5C7396" stroke-width="9"/><path d="M128 296c-2-104 146-104 144 0" fill="none" stroke="#B9C6DB" stroke-opacity=".6" stroke-width="1.3" stroke-dasharray="4 3.5"/>
<path d="M200 98v120M200 98c-50 20-82 80-88 150M200 98c50 20 82 80 88 150" fill="none" stroke="#1F2C42" stroke-opacity=".5" stroke-width="2"/><path d="M98 210c8-44 28-74 56-90" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="9" stroke-linecap="round"/><ellipse cx="200" cy="98" rx="13" ry="6" fill="#33455F"/>
<path d="M96 276q104 14 208 0v22q-104 16-208 0z" fill="${pen.across('0 #D9986A', '.5 #B56F42', '1 #7A4526')}"/><path d="M100 281q100 13 200 0M100 295q100 14 200 0" fill="none" stroke="#F3D3B0" stroke-width="1.4" stroke-dasharray="5 4"/><rect x="182" y="277" width="40" height="34" rx="5" fill="none" stroke="${pen.diagonal('0 #F4DFA9', '1 #A37327')}" stroke-width="6"/>${leafMark(256, 290, 14, '#F3D3B0', 1.6)}`

export const fashionGifts = {
  'canvas-tote': { front: ['blush', tote], detail: ['sage', toteFilled], scene: ['sky', tote] },
  'socks-gift-box': {
    front: ['cream', socksBox],
    detail: ['sky', socksPair],
    scene: ['sand', socksBox, 'flat'],
  },
  'washed-cap': { front: ['sky', cap], detail: ['sand', capBack], scene: ['lilac', cap] },
} satisfies Record<string, GiftViews>
