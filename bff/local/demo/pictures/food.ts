import {
  type Drawing,
  flatShadow,
  leafMark,
  type Pen,
  scatter,
  shadow,
  streak,
  type Tint,
  textLines,
} from './drawing'
import type { GiftViews } from './views'

/** Rolled oolong: small dark commas, each with its own light. */
const teaLeaves = (
  pen: Pen,
  x: number,
  y: number,
  width: number,
  height: number,
  count: number,
  seed: number,
) =>
  scatter(seed, count, (random) => {
    const angle = random() * 6.283
    const reach = Math.sqrt(random())
    const [cx, cy] = [x + (Math.cos(angle) * reach * width) / 2, y + (Math.sin(angle) * reach * height) / 2]
    return `<g transform="translate(${cx.toFixed(1)} ${cy.toFixed(1)}) rotate(${Math.round(random() * 180)})"><ellipse rx="7.5" ry="4.8" fill="${pen.diagonal('0 #6E8F5C', '1 #23392A')}"/><path d="M-5-1q5-4 10 0" stroke="#A9C48D" stroke-opacity=".6" stroke-width="1.3" fill="none"/></g>`
  })

const tinBody = 'M126 150h148v158c0 9-33 16-74 16s-74-7-74-16z'
const tinLabel = 'M150 186q50 10 100 0v96q-50 10-100 0z'

const tin = (pen: Pen) => `<path d="${tinBody}" fill="${pen.round('#43946F', '#215F48', '#0E3527')}"/>
<path d="${tinLabel}" fill="${pen.across('0 #F3E8D2', '.3 #FFFBF1', '.7 #F1E5CE', '1 #D3C29F')}"/><path d="M156 193q44 8 88 0v82q-44 8-88 0z" fill="none" stroke="#A9772B" stroke-opacity=".6" stroke-width="1.3"/>
${leafMark(200, 226, 46, '#1F6B4F', 3.6)}${textLines(200, 260, [50, 30], '#A9772B', 9, 3)}
<path d="M126 298c0 9 33 16 74 16s74-7 74-16v10c0 9-33 16-74 16s-74-7-74-16z" fill="${pen.round('#F4DFA9', '#C79A54', '#7D561D')}"/>`

const tinLid = (
  pen: Pen,
) => `<path d="M120 112v46c0 9 36 17 80 17s80-8 80-17v-46z" fill="${pen.round('#357F61', '#194E3B', '#0A2A1F')}"/>
<path d="M120 152v7c0 9 36 17 80 17s80-8 80-17v-7c0 9-36 17-80 17s-80-8-80-17z" fill="${pen.round('#F4DFA9', '#C79A54', '#7D561D')}"/>
<ellipse cx="200" cy="112" rx="80" ry="17" fill="${pen.diagonal('0 #5DAF8B', '1 #1D5A43')}"/><ellipse cx="200" cy="112" rx="66" ry="13" fill="none" stroke="#0D3024" stroke-opacity=".3" stroke-width="2"/><ellipse cx="200" cy="106" rx="17" ry="5" fill="#123C2D"/><ellipse cx="200" cy="98" rx="17" ry="9" fill="${pen.diagonal('0 #F4DFA9', '.5 #C79A54', '1 #8A5F22')}"/>`

const oolong: Drawing = (
  pen,
  tint,
) => `${shadow(pen, tint, 200, 319, 76, 12)}${tin(pen)}${tinLid(pen)}${streak(pen, 140, 178, 8, 112, 0.34)}
${teaLeaves(pen, 302, 326, 52, 10, 7, 11)}${teaLeaves(pen, 96, 330, 34, 7, 3, 5)}`

const oolongOpen: Drawing = (
  pen,
  tint,
) => `${flatShadow(pen, tint, '<circle cx="170" cy="200" r="112"/>', 10, 14)}
<circle cx="170" cy="200" r="114" fill="${pen.diagonal('0 #FFFDF8', '.6 #F0E7D6', '1 #C9B997')}"/><circle cx="170" cy="200" r="88" fill="${pen.diagonal('0 #D6C8AB', '1 #FBF6EA')}"/><circle cx="170" cy="200" r="105" fill="none" stroke="#1F6B4F" stroke-opacity=".5" stroke-width="2"/>
<ellipse cx="173" cy="207" rx="68" ry="64" fill="#2C4530"/><g transform="translate(-52 -62) scale(1.3)">${teaLeaves(pen, 173, 206, 112, 106, 150, 3)}</g>
<g transform="rotate(34 300 190)">${flatShadow(pen, tint, '<rect x="286" y="170" width="24" height="160" rx="12"/>', 9, 3)}<rect x="290" y="186" width="17" height="150" rx="8.5" fill="${pen.across('0 #EBC795', '.5 #C99A62', '1 #8F6435')}"/><path d="M270 104c0-22 58-22 58 0v58c0 38-58 38-58 0z" fill="${pen.diagonal('0 #EBC795', '1 #A8753F')}"/><path d="M278 112c0-14 42-14 42 0v46c0 26-42 26-42 0z" fill="${pen.diagonal('0 #8F6435', '1 #C99A62')}"/>${teaLeaves(pen, 299, 138, 34, 56, 18, 9)}${leafMark(298.5, 300, 22, '#6B4522', 2)}</g>`

const ticketShape =
  'M58 132h284a12 12 0 0 1 12 12v34a22 22 0 0 0 0 44v34a12 12 0 0 1-12 12H58a12 12 0 0 1-12-12v-34a22 22 0 0 0 0-44v-34a12 12 0 0 1 12-12z'

/** ¥20 in strokes of ours, so that no font of the machine decides how it looks. */
const twenty = (color: string) =>
  `<g fill="none" stroke="${color}" stroke-linecap="round" stroke-linejoin="round"><path stroke-width="6" d="M84 186l11 16 11-16M95 202v24M85 206h20M85 215h20"/><path stroke-width="11" d="M128 186c3-24 40-23 40 2 0 17-22 27-40 38h42"/><ellipse cx="204" cy="197" rx="20" ry="29" stroke-width="11"/></g>`

const cupGlyph = (x: number, y: number, color: string) =>
  `<g fill="none" stroke="${color}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"><path d="M${x - 18} ${y - 8}h32v14a14 14 0 0 1-14 14h-4a14 14 0 0 1-14-14zM${x + 14} ${y - 4}c14-3 14 17-2 16M${x - 8} ${y - 18}c-3-5 3-6 0-11M${x + 4} ${y - 18}c-3-5 3-6 0-11"/></g>`

const ticket = (
  pen: Pen,
) => `<path d="${ticketShape}" fill="${pen.diagonal('0 #FFFFFF', '.6 #FFFBF3', '1 #F1E4CC')}"/>
<path d="M258 134v132" stroke="#D9C49C" stroke-width="3" stroke-dasharray="1 9" stroke-linecap="round"/><path d="M64 144h182M64 256h182" stroke="#A9772B" stroke-opacity=".4" stroke-width="1.5"/>
${twenty('#A9772B')}<path d="M78 242h96" stroke="#DCCBA8" stroke-width="4" stroke-linecap="round"/><path d="M78 158h60" stroke="#1F6B4F" stroke-width="4.5" stroke-linecap="round"/>
<circle cx="298" cy="200" r="28" fill="${pen.diagonal('0 #3E9572', '1 #174F3B')}"/><g transform="translate(299 203) scale(.82)">${cupGlyph(0, 0, '#F4EBD8')}</g>`

const voucher: Drawing = (
  pen,
  tint,
) => `<g transform="rotate(6 200 200) translate(16 -46) scale(.94)">${flatShadow(pen, tint, `<path d="${ticketShape}"/>`)}<path d="${ticketShape}" fill="${pen.diagonal('0 #3E9572', '.5 #1F6B4F', '1 #123C2D')}"/>${leafMark(112, 164, 34, '#CFE3D6', 2.8)}</g>
<g transform="rotate(-10 200 200) translate(0 14)">${flatShadow(pen, tint, `<path d="${ticketShape}"/>`)}${ticket(pen)}</g>`

const iced = (
  pen: Pen,
) => `<path d="M138 130h124l-14 182q-1 10-12 10h-72q-11 0-12-10z" fill="#fff" opacity=".55"/><path d="M143 178h114l-10 130q-1 9-11 9h-72q-10 0-11-9z" fill="${pen.down('0 #F6E6CC', '.3 #E0B27A', '1 #A8662E')}"/>
<path d="M150 186l34-8 8 30-34 8zM206 184l32 8-8 30-32-8zM168 228l32-8 8 30-32 8z" fill="#fff" opacity=".35"/><path d="M138 130h124l-14 182q-1 10-12 10h-72q-11 0-12-10z" fill="${pen.across('0 #fff .5', '.2 #fff .1', '.8 #7B4A1E .06', '1 #7B4A1E .28')}"/>
<path d="M218 40 206 128" stroke="#1F6B4F" stroke-width="10" stroke-linecap="round"/><path d="M130 132a6 6 0 0 1 6-8c8-34 120-34 128 0a6 6 0 0 1 6 8z" fill="${pen.across('0 #FFFFFF .95', '.5 #F6F4EF .8', '1 #CFCABE .9')}"/><path d="M126 126h148v8a4 4 0 0 1-4 4H130a4 4 0 0 1-4-4z" fill="${pen.across('0 #fff', '1 #CFCABE')}"/>
<circle cx="198" cy="248" r="30" fill="#FBF5E8"/>${leafMark(198, 248, 38, '#1F6B4F', 3.2)}${streak(pen, 152, 148, 9, 140, 0.8)}`

const voucherDrink: Drawing = (
  pen,
  tint,
) => `${shadow(pen, tint, 142, 330, 52, 9)}<g transform="translate(-48 8)">${iced(pen)}</g>
<g transform="translate(178 176) rotate(8) scale(.5)">${flatShadow(pen, tint, `<path d="${ticketShape}"/>`, 10, 16)}${ticket(pen)}</g>`

const cardShape = '<rect x="64" y="112" width="272" height="176" rx="20"/>'

/** A card that is only on the phone: no number on it, for that is what one redeems. */
const card = (pen: Pen, tint: Tint, colours: [string, string, string], ink: string) =>
  `${flatShadow(pen, tint, cardShape)}<g fill="${pen.diagonal(...colours)}">${cardShape}</g><rect x="65" y="113" width="270" height="174" rx="19" fill="none" stroke="#fff" stroke-opacity=".28" stroke-width="1.5"/>
${leafMark(116, 164, 46, ink, 3)}<path d="M92 238h104M92 258h64" stroke="${ink}" stroke-opacity=".6" stroke-width="6" stroke-linecap="round"/><circle cx="288" cy="246" r="20" fill="${ink}" fill-opacity=".2"/><circle cx="268" cy="246" r="20" fill="${ink}" fill-opacity=".32"/>`

const green: [string, string, string] = ['0 #3E9572', '.5 #1F6B4F', '1 #123C2D']
const sand: [string, string, string] = ['0 #FFFFFF', '.6 #FBF3E1', '1 #E6D2A6']

const giftCards: Drawing = (
  pen,
  tint,
) => `<g transform="rotate(9 200 200) translate(14 -44) scale(.96)">${card(pen, tint, sand, '#A9772B')}</g>
<g transform="rotate(-8 200 200) translate(-4 26)">${card(pen, tint, green, '#CFE3D6')}</g>`

const giftCardNear: Drawing = (pen, tint) =>
  `<g transform="rotate(-14 200 200) translate(-52 -48) scale(1.26)">${card(pen, tint, green, '#CFE3D6')}</g>`

const bean = (pen: Pen, x: number, y: number, size: number, turn: number) =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${size})"><ellipse rx="13" ry="9" fill="${pen.diagonal('0 #A06B3E', '.5 #6F4321', '1 #3B2110')}"/><path d="M-12 1c8-6 14 5 24-2" stroke="#2A160A" stroke-width="2.2" fill="none" stroke-linecap="round"/><path d="M-8-4.5q6-4 12-2" stroke="#D9AC80" stroke-opacity=".6" stroke-width="1.6" fill="none" stroke-linecap="round"/></g>`

const pouch = 'M122 104h156q10 108 6 206a12 12 0 0 1-12 12H128a12 12 0 0 1-12-12q-4-98 6-206z'

const coffee: Drawing = (pen, tint) => `${shadow(pen, tint, 200, 320, 86, 12)}
<path d="${pouch}" fill="${pen.across('0 #4B433C', '.2 #6E635A', '.55 #463E38', '.92 #241E1A', '1 #3A332D')}"/>
<path d="M122 104c14 60 18 140 8 218h-2a12 12 0 0 1-12-12q-4-98 6-206zM278 104c-14 60-18 140-8 218h2a12 12 0 0 0 12-12q4-98-6-206z" fill="#1A1512" opacity=".3"/><path d="M136 322c8-20 20-30 34-34h60c14 4 26 14 34 34z" fill="#1A1512" opacity=".28"/>
<path d="M120 74h160l2 34H118z" fill="${pen.across('0 #5A5149', '.22 #81756B', '.6 #4B433C', '1 #2A2420')}"/><path d="M124 81h152" stroke="#fff" stroke-opacity=".2" stroke-width="2" stroke-dasharray="4 3"/>
<path d="M114 95a4 4 0 0 1 4-4h164a4 4 0 0 1 4 4v5a4 4 0 0 1-4 4H118a4 4 0 0 1-4-4z" fill="${pen.across('0 #F2DCA6', '.3 #E3C081', '1 #94692B')}"/><rect x="112" y="92" width="15" height="27" rx="4" fill="#C99A52"/><rect x="273" y="92" width="15" height="27" rx="4" fill="#8A6126"/><path d="M112 103h15M273 103h15" stroke="#6B4A16" stroke-opacity=".35" stroke-width="1.5"/><path d="M123 104h154v6q-77 7-154 0z" fill="#1A1512" opacity=".35"/>
<rect x="146" y="156" width="108" height="120" rx="6" fill="${pen.across('0 #FBF5E8', '.5 #F6EDDB', '1 #D9C9AB')}"/><path d="M146 240l30-26 22 18 26-30 30 28v40a6 6 0 0 1-6 6h-96a6 6 0 0 1-6-6z" fill="#C0755A"/><path d="M146 256l36-20 34 18 38-22v38a6 6 0 0 1-6 6h-96a6 6 0 0 1-6-6z" fill="#8A4832"/>${leafMark(200, 186, 34, '#1F6B4F', 3)}<circle cx="200" cy="134" r="8" fill="#2A2420"/><circle cx="200" cy="134" r="3" fill="#7B7067"/>
${streak(pen, 136, 124, 6, 150, 0.26)}${bean(pen, 304, 322, 0.9, -14)}${bean(pen, 326, 334, 0.8, 40)}${bean(pen, 88, 332, 0.85, 24)}`

const beanBowl: Drawing = (
  pen,
  tint,
) => `${flatShadow(pen, tint, '<circle cx="200" cy="204" r="122"/>', 11, 15)}
<circle cx="200" cy="204" r="124" fill="${pen.diagonal('0 #6E9C86', '.5 #2F6B53', '1 #173F30')}"/><circle cx="200" cy="204" r="116" fill="${pen.diagonal('0 #8FBBA6', '1 #2F6B53')}"/><circle cx="200" cy="204" r="104" fill="${pen.diagonal('0 #14382B', '1 #3E8467')}"/>
<g clip-path="${pen.clip('<circle cx="200" cy="204" r="103"/>')}"><circle cx="202" cy="208" r="100" fill="#3B2110"/>${scatter(17, 72, (random, i) => bean(pen, 98 + (i % 8) * 29 + Math.round(random() * 12), 100 + Math.floor(i / 8) * 26 + Math.round(random() * 10), 1.7, Math.round(random() * 360)))}<circle cx="200" cy="204" r="103" fill="none" stroke="#0D2A1F" stroke-opacity=".4" stroke-width="12" filter="${pen.blur(4)}"/></g>
${bean(pen, 338, 316, 1.1, 20)}${bean(pen, 70, 92, 1.1, -30)}${bean(pen, 322, 344, 1, 100)}`

const petals = (radius: number, count: number) =>
  Array.from({ length: count }, (_, i) => {
    const angle = (i / count) * Math.PI * 2
    return `<circle cx="${(Math.cos(angle) * radius).toFixed(1)}" cy="${(Math.sin(angle) * radius).toFixed(1)}" r="${(radius * 0.33).toFixed(1)}"/>`
  }).join('')

/** A pressed pastry, about 64 across from its middle. */
const pastry = (
  pen: Pen,
  motif: number,
) => `<g fill="#6B3D14" opacity=".35" transform="translate(2 4)">${petals(27, 10)}</g><g fill="${pen.diagonal('0 #F3CE8D', '1 #B9762F')}">${petals(27, 10)}</g><circle r="28" fill="${pen.diagonal('0 #F6D79C', '.5 #E0A95C', '1 #B87732')}"/><circle r="22" fill="none" stroke="#9A5E22" stroke-opacity=".65" stroke-width="2.2"/><circle r="22" cy="1.3" fill="none" stroke="#FFEBC2" stroke-opacity=".7" stroke-width="1"/>
${motif % 2 ? '<path d="M-15 8-5-5 1 2 7-7 15 8z" fill="#9A5E22" fill-opacity=".5"/><circle cx="-4" cy="-11" r="3.5" fill="#9A5E22" fill-opacity=".5"/>' : leafMark(0, 0, 27, '#9A5E22', 2.4)}`

const boxShape = '<rect x="74" y="112" width="252" height="188" rx="16"/>'

const mooncakes: Drawing = (
  pen,
  tint,
) => `<g transform="rotate(9 220 120) translate(14 -46)">${flatShadow(pen, tint, boxShape)}<g fill="${pen.diagonal('0 #2F7A5C', '1 #123C2D')}">${boxShape}</g><circle cx="262" cy="152" r="26" fill="#EBCB8B"/><path d="M74 170q60-40 110-10t142-14v70H74z" fill="#0F3326" opacity=".4"/></g>
<g transform="rotate(-7 200 206) translate(0 22)">${flatShadow(pen, tint, boxShape)}<g fill="${pen.diagonal('0 #3E8C6C', '.5 #1F6B4F', '1 #123C2D')}">${boxShape}</g><rect x="84" y="122" width="232" height="168" rx="9" fill="#0D2F23"/><rect x="84" y="126" width="232" height="164" rx="9" fill="${pen.diagonal('0 #E9D9B8', '1 #FBF3E1')}"/><rect x="79" y="117" width="242" height="178" rx="12" fill="none" stroke="#E0C07F" stroke-opacity=".75" stroke-width="1.5"/>
${[0, 1, 2, 3, 4, 5].map((i) => `<g transform="translate(${124 + (i % 3) * 76} ${168 + Math.floor(i / 3) * 79})"><circle r="38" fill="#C9AE7C" opacity=".38"/><circle r="38" cy="1.5" fill="#FFFAEF" opacity=".75"/>${pastry(pen, i)}</g>`).join('')}</g>`

const pastryCut: Drawing = (
  pen,
  tint,
) => `${flatShadow(pen, tint, '<circle cx="200" cy="208" r="132"/>', 11, 14)}<circle cx="200" cy="208" r="134" fill="${pen.diagonal('0 #FFFFFF', '.6 #F3ECDF', '1 #CFC2A9')}"/><circle cx="200" cy="208" r="104" fill="${pen.diagonal('0 #E3DACA', '1 #FFFDF9')}"/><circle cx="200" cy="208" r="124" fill="none" stroke="#C79A54" stroke-width="2.5"/>
<g transform="translate(168 172) scale(1.72)"><circle cx="4" cy="8" r="35" fill="#6B4A1E" opacity=".3" filter="${pen.blur(3)}"/>${pastry(pen, 0)}</g>
<g transform="translate(246 262) rotate(-12) scale(1.72)"><path d="M-32 8h70v18h-66z" fill="#6B4A1E" opacity=".35" filter="${pen.blur(3)}"/><g clip-path="${pen.clip('<rect x="-35.5" y="-44" width="71" height="45"/>')}">${pastry(pen, 0)}</g>
<path d="M-35.5 0h71v13a8 8 0 0 1-8 8h-54a8 8 0 0 1-8-8z" fill="${pen.down('0 #F0C47A', '1 #BC7C36')}"/><path d="M-29 4h58v8a5 5 0 0 1-5 5h-48a5 5 0 0 1-5-5z" fill="${pen.across('0 #7E4426', '1 #4A2312')}"/><circle cx="1" cy="10.5" r="6.5" fill="${pen.glow('0 #FFD27A', '1 #E8942A')}"/></g>`

export const foodGifts = {
  'mountain-oolong': { front: ['sage', oolong], detail: ['sand', oolongOpen], scene: ['lilac', oolong] },
  'drink-voucher-20': {
    front: ['sand', voucher],
    detail: ['sky', voucherDrink],
    scene: ['blush', voucher, 'flat'],
  },
  'e-gift-card-50': {
    front: ['cream', giftCards],
    detail: ['sage', giftCardNear],
    scene: ['sky', giftCards, 'flat'],
  },
  'coffee-beans': { front: ['cream', coffee], detail: ['blush', beanBowl], scene: ['sand', coffee] },
  'mooncake-box': {
    front: ['blush', mooncakes],
    detail: ['lilac', pastryCut],
    scene: ['sage', mooncakes, 'flat'],
  },
} satisfies Record<string, GiftViews>
