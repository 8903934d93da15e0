import { type Drawing, flatShadow, leafMark, nearer, type Pen, shadow, streak } from './drawing'
import type { GiftViews } from './views'

const flaskBody = 'M147 142c0-21 11-31 25-37h56c14 6 25 16 25 37v160a26 26 0 0 1-26 26h-54a26 26 0 0 1-26-26z'

const flaskTrunk = (
  pen: Pen,
) => `<path d="${flaskBody}" fill="${pen.round('#45A07B', '#26785A', '#134433')}"/>
<path d="M147 296h106v6a26 26 0 0 1-26 26h-54a26 26 0 0 1-26-26z" fill="${pen.round('#2E6E56', '#1B4F3D', '#0D3024')}"/>
<path d="M147 296h106" stroke="#0D3024" stroke-opacity=".35" stroke-width="1.5"/>
<path d="M156 118c4-7 10-11 18-13h52c8 2 14 6 18 13-28 5-60 5-88 0z" fill="#fff" opacity=".1"/>
${streak(pen, 162, 134, 11, 156, 0.4)}${streak(pen, 178, 138, 3.5, 140, 0.22)}
${leafMark(204, 216, 62, '#F4EBD8', 4.6)}`

const steel = (pen: Pen) => pen.across('0 #B9BDB9', '.22 #FBFCFA', '.5 #C3C8C4', '.85 #7F8783', '1 #B4BAB6')

const flask: Drawing = (pen, tint) => `<g transform="translate(0 10)">${shadow(pen, tint, 200, 327, 56, 10)}
${flaskTrunk(pen)}
<rect x="170" y="95" width="60" height="12" rx="3" fill="${steel(pen)}"/>
<path d="M174 58c2-26 50-26 52 0" fill="none" stroke="${pen.round('#4A5F55', '#2C3D35', '#18241E')}" stroke-width="9"/>
<path d="M160 66a12 12 0 0 1 12-12h56a12 12 0 0 1 12 12v25a6 6 0 0 1-6 6h-68a6 6 0 0 1-6-6z" fill="${pen.round('#4D6358', '#2B3B33', '#141F1A')}"/>
<path d="M160 84h80" stroke="#0E1713" stroke-opacity=".5" stroke-width="1.5"/><path d="M160 85.5h80" stroke="#fff" stroke-opacity=".1" stroke-width="1.5"/>
<path d="M171 58h58" stroke="#fff" stroke-opacity=".2" stroke-width="2" stroke-linecap="round"/>${streak(pen, 171, 60, 7, 32, 0.3)}</g>`

const flaskOpen: Drawing = (
  pen,
  tint,
) => `${shadow(pen, tint, 168, 339, 56, 10)}${shadow(pen, tint, 292, 337, 40, 8)}
<g transform="translate(-32 12)">${flaskTrunk(pen)}
<rect x="168" y="88" width="64" height="20" rx="4" fill="${steel(pen)}"/><path d="M168 99h64" stroke="#6E7672" stroke-opacity=".5" stroke-width="1.2"/>
<ellipse cx="200" cy="88" rx="32" ry="7.5" fill="#EEF1EE"/><ellipse cx="200" cy="88.5" rx="27.5" ry="5.6" fill="${pen.across('0 #4C5450', '1 #A3ABA6')}"/></g>
<path d="M252 290h80l-3 40a9 9 0 0 1-9 8h-56a9 9 0 0 1-9-8z" fill="${pen.round('#4D6358', '#2B3B33', '#141F1A')}"/>
<ellipse cx="292" cy="290" rx="40" ry="9" fill="#3C5046"/><ellipse cx="292" cy="290.5" rx="34" ry="7" fill="${pen.across('0 #87907F', '.4 #F2F4F0', '1 #8E9691')}"/><ellipse cx="292" cy="293" rx="29" ry="4.6" fill="#8A4F23"/>${streak(pen, 262, 300, 6, 30, 0.3)}
<g fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".8" filter="${pen.blur(2)}"><path d="M284 272c-9-15 10-20 1-38"/><path d="M304 270c-9-14 9-18 1-34"/></g>`

const panels = [
  ['M200 92C128 92 74 146 68 222q34-24 66 2c2-54 26-108 66-132z', '#8F89C9', '#6E68AC'],
  ['M200 92c-40 24-64 78-66 132q33-25 66 0z', '#7C76BA', '#5F599C'],
  ['M200 92v132q33-25 66 0c-2-54-26-108-66-132z', '#625CA0', '#4B4682'],
  ['M200 92c40 24 64 78 66 132q32-26 66-2c-6-76-60-130-132-130z', '#514C8A', '#37335F'],
] as const

const umbrella: Drawing = (pen, tint) => `${shadow(pen, tint, 212, 336, 44, 7)}
<g transform="rotate(-9 200 200)"><path d="M70 221l64 3h132l64-3-30-44H100z" fill="#2A2650"/>
<path d="M200 214v98" stroke="${pen.across('0 #8F8B98', '.4 #F4F3F7', '1 #7B7786')}" stroke-width="7"/><rect x="196.5" y="214" width="7" height="98" fill="${pen.across('0 #8F8B98', '.4 #F4F3F7', '1 #7B7786')}"/>
<path d="M200 300v16c0 30-40 30-40 2" fill="none" stroke="${pen.across('0 #DDA86B', '.5 #C28647', '1 #8C5A2B')}" stroke-width="13" stroke-linecap="round"/><rect x="193.5" y="292" width="13" height="9" rx="2" fill="#E7C77F"/>
${panels.map(([d, light, dark]) => `<path d="${d}" fill="${pen.diagonal(`0 ${light}`, `1 ${dark}`)}"/>`).join('')}
<path d="M200 92c-40 24-64 78-66 132M200 92v132M200 92c40 24 64 78 66 132" fill="none" stroke="#2A2650" stroke-opacity=".35" stroke-width="1.6"/>
<path d="M92 178c14-38 44-64 78-76-30 20-50 46-60 80-6-5-12-6-18-4z" fill="#fff" opacity=".16"/>
<path d="M68 222q34-24 66 2 33-25 66 0 33-25 66 0 32-26 66-2" fill="none" stroke="#C9C5EC" stroke-opacity=".5" stroke-width="2.5" stroke-linejoin="round"/>
<rect x="197" y="72" width="6" height="24" rx="3" fill="#2A2650"/>${leafMark(168, 176, 30, '#E9E6F7', 2.6)}</g>`

const umbrellaFolded: Drawing = (pen, tint) => {
  const sleeve = 'M158 118h84l-6 176a14 14 0 0 1-14 14h-44a14 14 0 0 1-14-14z'
  return `<g transform="rotate(28 200 200)">${flatShadow(pen, tint, `<path d="${sleeve}"/><rect x="176" y="52" width="48" height="70" rx="14"/>`, 12, 6)}
<path d="${sleeve}" fill="${pen.round('#8E88CB', '#5F599C', '#332F5C')}"/>
<path d="M178 120c-4 60-2 120 2 186M200 120v188M222 120c4 60 2 120-2 186" fill="none" stroke="#2A2650" stroke-opacity=".28" stroke-width="2"/>
<path d="M156 206c30 8 60 8 88 0l-1 22c-28 8-56 8-86 0z" fill="${pen.round('#A6A1DA', '#6E68AC', '#3D3969')}"/><circle cx="216" cy="220" r="4.5" fill="#E7C77F"/>
<rect x="170" y="104" width="60" height="18" rx="6" fill="${pen.round('#E9E6F2', '#B9B4D0', '#77718F')}"/>
<rect x="178" y="46" width="44" height="62" rx="15" fill="${pen.round('#E5B57C', '#BF8446', '#7C4D22')}"/>${streak(pen, 186, 54, 6, 44, 0.4)}
<path d="M206 48c34-34 66-4 34 22" fill="none" stroke="#4B4682" stroke-width="5" stroke-linecap="round"/>${streak(pen, 168, 128, 7, 70, 0.3)}
${leafMark(198, 268, 36, '#E9E6F7', 3)}</g>`
}

const holder = '<rect x="98" y="96" width="152" height="214" rx="14"/>'
const tagShape = 'M0 14 16 0h34l16 14v84a10 10 0 0 1-10 10H10A10 10 0 0 1 0 98z'

const luggageTag = (pen: Pen) => `<path d="${tagShape}" fill="${pen.diagonal('0 #D08B5C', '1 #9E5B34')}"/>
<path d="M6 17 19 6h28l13 11v79a6 6 0 0 1-6 6H12a6 6 0 0 1-6-6z" fill="none" stroke="#F3D3B0" stroke-width="1.6" stroke-dasharray="5 4"/>
<circle cx="33" cy="18" r="6.5" fill="#7A4526"/><circle cx="33" cy="18" r="6.5" fill="none" stroke="#E7C77F" stroke-width="2.5"/>
<rect x="14" y="38" width="38" height="50" rx="5" fill="#FBF3E4"/>${leafMark(33, 63, 30, '#1F6B4F', 2.6)}`

const passport: Drawing = (pen, tint) => `<g transform="rotate(-8 200 200)">${flatShadow(pen, tint, holder)}
<rect x="112" y="62" width="130" height="220" rx="8" fill="${pen.diagonal('0 #35547A', '1 #1D3149')}"/><g fill="none" stroke="#E7C77F" stroke-width="2.4"><circle cx="177" cy="88" r="16"/><ellipse cx="177" cy="88" rx="7" ry="16"/><path d="M161 88h32"/></g>
<rect x="98" y="96" width="152" height="214" rx="14" fill="${pen.diagonal('0 #D9986A', '.5 #BE7748', '1 #96562F')}"/>
<path d="M98 110a14 14 0 0 1 14-14h10v214h-10a14 14 0 0 1-14-14z" fill="#6E3B1C" opacity=".28"/><path d="M122.5 96v214" stroke="#F6D9B8" stroke-opacity=".35" stroke-width="1.5"/>
<rect x="130" y="104" width="112" height="198" rx="8" fill="none" stroke="#F3D3B0" stroke-width="1.8" stroke-dasharray="6 4.5"/>
<path d="M140 112h92l-84 96c-8-30-10-62-8-96z" fill="#fff" opacity=".09"/>${leafMark(186, 194, 58, '#7A4526', 4.4)}<g transform="translate(0 1.5)">${leafMark(186, 194, 58, '#F3C79B', 1)}</g></g>
<g transform="translate(252 196) rotate(13)">${flatShadow(pen, tint, `<path d="${tagShape}"/>`, 5, 8)}${luggageTag(pen)}
<path d="M33 17C20-30 6-58 26-70s36 30 10 86" fill="none" stroke="${pen.diagonal('0 #C98354', '1 #8C5030')}" stroke-width="6.5" stroke-linecap="round"/></g>`

const tagClose: Drawing = (
  pen,
  tint,
) => `<g transform="translate(112 118) rotate(-10) scale(2.2)">${flatShadow(pen, tint, `<path d="${tagShape}"/>`, 4, 5)}${luggageTag(pen)}
<path d="M33 17C20-20 20-60 70-84" fill="none" stroke="#7A4526" stroke-opacity=".25" stroke-width="9" stroke-linecap="round" transform="translate(2 4)"/><path d="M33 17C20-20 20-60 70-84" fill="none" stroke="${pen.across('0 #D9986A', '1 #96562F')}" stroke-width="8" stroke-linecap="round"/></g>`

type Cube = { x: number; y: number; w: number; h: number; light: string; base: string; dark: string }
const cubes: readonly Cube[] = [
  { x: 76, y: 236, w: 248, h: 90, light: '#3E8C6C', base: '#246A4F', dark: '#123F2E' },
  { x: 94, y: 162, w: 212, h: 76, light: '#EBD3A8', base: '#D4B27C', dark: '#A27F4B' },
  { x: 116, y: 102, w: 168, h: 62, light: '#DC9A80', base: '#C0755A', dark: '#8A4832' },
]

const cube = (
  pen: Pen,
  { x, y, w, h, light, base, dark }: Cube,
) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="22" fill="${pen.diagonal(`0 ${light}`, `.5 ${base}`, `1 ${dark}`)}"/>
<path d="M${x + 18} ${y + 6}h${w - 36}" stroke="#fff" stroke-opacity=".35" stroke-width="4" stroke-linecap="round"/>
<path d="M${x + 4} ${y + 21}h${w - 8}" stroke="${dark}" stroke-opacity=".75" stroke-width="4.5"/><path d="M${x + 6} ${y + 21}h${w - 12}" stroke="#F6EBD6" stroke-opacity=".65" stroke-width="1.6" stroke-dasharray="2.5 2.5"/>
<rect x="${x + w - 62}" y="${y + 17}" width="9" height="8" rx="2" fill="#E7C77F"/><path d="M${x + w - 58} ${y + 24}v13" stroke="#E7C77F" stroke-width="4.5" stroke-linecap="round"/>
<rect x="${x + w - 46}" y="${y + h - 34}" width="26" height="22" rx="3" fill="#FBF3E4"/>${leafMark(x + w - 33, y + h - 23, 15, '#1F6B4F', 1.5)}
<path d="M${x + 24} ${y + 38}q${w * 0.26} 8 ${w * 0.5} 0" fill="none" stroke="#000" stroke-opacity=".1" stroke-width="3" stroke-linecap="round"/>`

const packingCubes: Drawing = (pen, tint) => `${shadow(pen, tint, 200, 324, 124, 12)}
<path d="M174 108c0-30 52-30 52 0" fill="none" stroke="#8A4832" stroke-width="9"/>
${cubes.map((item, level) => `${level ? `<rect x="${item.x + 12}" y="${item.y + item.h - 6}" width="${item.w - 18}" height="11" rx="5.5" fill="#1E1B17" opacity=".26"/>` : ''}${cube(pen, item)}`).join('')}`

const openCube: Drawing = (
  pen,
  tint,
) => `<g transform="rotate(-5 200 200)">${flatShadow(pen, tint, '<rect x="70" y="112" width="260" height="190" rx="30"/>')}
<rect x="70" y="112" width="260" height="190" rx="30" fill="${pen.diagonal('0 #3E8C6C', '.5 #246A4F', '1 #154835')}"/>
<rect x="92" y="134" width="216" height="146" rx="16" fill="#F4ECDD"/><g clip-path="${pen.clip('<rect x="92" y="134" width="216" height="146" rx="16"/>')}">
<rect x="88" y="128" width="76" height="160" fill="${pen.across('0 #F0C7B4', '1 #D99F88')}"/><rect x="164" y="128" width="72" height="160" fill="${pen.across('0 #FFFBF3', '1 #E7DAC4')}"/><rect x="236" y="128" width="76" height="160" fill="${pen.across('0 #A9C4D4', '1 #7397AC')}"/>
<path d="M124 128v160M200 128v160M272 128v160" stroke="#1E1B17" stroke-opacity=".1" stroke-width="3"/>
<g stroke="#123F2E" stroke-opacity=".3" stroke-width="1">${Array.from({ length: 34 }, (_, i) => `<path d="M${i * 14 - 60} 120l180 180M${i * 14 + 60} 120l-180 180"/>`).join('')}</g></g>
<rect x="84" y="126" width="232" height="162" rx="22" fill="none" stroke="#0F3326" stroke-opacity=".6" stroke-width="5"/><rect x="84" y="126" width="232" height="162" rx="22" fill="none" stroke="#F6EBD6" stroke-opacity=".7" stroke-width="1.8" stroke-dasharray="3 3"/>
<rect x="250" y="282" width="12" height="11" rx="3" fill="#E7C77F"/><path d="M250 288h-24" stroke="#E7C77F" stroke-width="6" stroke-linecap="round"/>
<path d="M168 112c0-34 64-34 64 0" fill="none" stroke="#1B543F" stroke-width="11"/></g>`

export const travelGifts = {
  'travel-flask': { front: ['sage', flask], detail: ['cream', flaskOpen], scene: ['sand', flask] },
  'folding-umbrella': {
    front: ['lilac', nearer(umbrella, 1.1, 200, 220)],
    detail: ['sky', umbrellaFolded],
    scene: ['blush', umbrella],
  },
  'passport-holder': {
    front: ['sky', passport],
    detail: ['sand', tagClose],
    scene: ['cream', passport, 'flat'],
  },
  'packing-cubes': {
    front: ['sand', packingCubes],
    detail: ['sage', openCube],
    scene: ['sky', packingCubes],
  },
} satisfies Record<string, GiftViews>
