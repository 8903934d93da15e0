import {
  type Drawing,
  flatShadow,
  leafMark,
  nearer,
  type Pen,
  scatter,
  shadow,
  steam,
  streak,
  textLines,
} from './drawing'
import type { GiftViews } from './views'

const mugBody = 'M110 142l7 130q3 42 44 42h58q41 0 44-42l7-130z'
const speckles = (x: number, y: number, width: number, height: number, seed: number) =>
  scatter(
    seed,
    34,
    (random) =>
      `<circle cx="${(x + random() * width).toFixed(1)}" cy="${(y + random() * height).toFixed(1)}" r="${(0.7 + random() * 1.1).toFixed(1)}" fill="#8F7552" opacity="${(0.2 + random() * 0.35).toFixed(2)}"/>`,
  )

const mug: Drawing = (pen, tint) => `${shadow(pen, tint, 192, 313, 76, 11)}
<path d="M262 174c62-14 62 96-8 94" fill="none" stroke="${pen.across('0 #D9CCB6', '.5 #F5EEE1', '1 #BEAE93')}" stroke-width="21" stroke-linecap="round"/><path d="M266 168c40-5 50 34 36 62" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="4" stroke-linecap="round"/>
<path d="${mugBody}" fill="${pen.across('0 #EDE4D4', '.24 #FFFEFB', '.55 #F6F0E4', '.92 #CDBFA7', '1 #DDD1BC')}"/>
<g clip-path="${pen.clip(`<path d="${mugBody}"/>`)}"><path d="M100 282q26-9 46-1t44 1 42-2 50 3v44H100z" fill="${pen.across('0 #C79A6B', '.25 #DDB588', '.6 #C0905F', '1 #8F6539')}"/><path d="M100 282q26-9 46-1t44 1 42-2 50 3" fill="none" stroke="#fff" stroke-opacity=".65" stroke-width="3"/>${speckles(112, 160, 156, 112, 7)}</g>
<ellipse cx="190" cy="142" rx="80" ry="15.5" fill="#FFFDF9"/><ellipse cx="190" cy="143" rx="73" ry="12.5" fill="${pen.across('0 #BFAF95', '1 #E9DFCD')}"/>
<g clip-path="${pen.clip('<ellipse cx="190" cy="143" rx="73" ry="12.5"/>')}"><ellipse cx="190" cy="149" rx="70" ry="12" fill="${pen.across('0 #5E3A1C', '.4 #8A5A30', '1 #56341A')}"/><ellipse cx="166" cy="148" rx="24" ry="3.5" fill="#fff" opacity=".22"/></g>
${leafMark(182, 216, 52, '#1F6B4F', 4)}${streak(pen, 130, 168, 10, 92, 0.9)}${steam(pen, 190, 122)}`

const mugAbove: Drawing = (
  pen,
  tint,
) => `${flatShadow(pen, tint, '<circle cx="196" cy="206" r="112"/><path d="M252 241l66 41" stroke="currentColor" stroke-width="28" stroke-linecap="round"/>', 12, 14)}
<circle cx="196" cy="206" r="122" fill="${pen.diagonal('0 #DDB588', '1 #A87A4B')}"/><circle cx="196" cy="206" r="114" fill="none" stroke="#fff" stroke-opacity=".22" stroke-width="2"/><circle cx="196" cy="206" r="98" fill="none" stroke="#6B4522" stroke-opacity=".18" stroke-width="2"/>
<g transform="rotate(32 196 206)"><rect x="262" y="190" width="86" height="32" rx="16" fill="${pen.down('0 #FFFDF8', '1 #CDBFA7')}"/></g>
<circle cx="200" cy="212" r="84" fill="#5B3A18" opacity=".28" filter="${pen.blur(5)}"/>
<circle cx="196" cy="206" r="82" fill="${pen.diagonal('0 #FFFEFB', '.6 #F1E9DA', '1 #CDBFA7')}"/>${scatter(21, 26, (random) => `<circle cx="${(196 + Math.cos(random() * 6.3) * 77).toFixed(1)}" cy="${(206 + Math.sin(random() * 6.3) * 77).toFixed(1)}" r="1.2" fill="#8F7552" opacity=".3"/>`)}
<circle cx="196" cy="206" r="70" fill="${pen.diagonal('0 #A8977C', '1 #F3ECDF')}"/><circle cx="197" cy="208" r="65" fill="${pen.diagonal('0 #6F451F', '.5 #A06B38', '1 #7C4E25')}"/>
<path d="M148 182a60 60 0 0 1 50-32" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="6" stroke-linecap="round"/>
<g transform="rotate(-28 206 214)"><path d="M206 184c20 18 20 40 0 58-20-18-20-40 0-58z" fill="${pen.diagonal('0 #7FBF8F', '1 #2F7A55')}"/><path d="M206 196v56" stroke="#D9EBD9" stroke-width="2" stroke-linecap="round"/></g>`

const flame = (
  pen: Pen,
  x: number,
  y: number,
) => `<circle cx="${x}" cy="${y}" r="74" fill="${pen.glow('0 #FFD98A .75', '.4 #FFD98A .28', '1 #FFD98A 0')}"/>
<path d="M${x} ${y - 34}c15 20 19 32 12 44a14 14 0 0 1-24 0c-7-12-1-24 12-44z" fill="${pen.down('0 #FFC24D', '.6 #FFE9A8', '1 #FFF9E3')}"/><path d="M${x} ${y - 8}c5 8 6 12 3 17a4 4 0 0 1-6 0c-3-5-2-9 3-17z" fill="#fff"/>`

const candleJar = (
  pen: Pen,
) => `<path d="M118 166h164v132a22 22 0 0 1-22 22H140a22 22 0 0 1-22-22z" fill="${pen.round('#5E9A80', '#2F6B53', '#143F2F')}"/><ellipse cx="200" cy="166" rx="82" ry="12.5" fill="${pen.across('0 #173F30', '.6 #4C8A70', '1 #2A604A')}"/>
<path d="M118 200h164v98a22 22 0 0 1-22 22H140a22 22 0 0 1-22-22z" fill="${pen.round('#3F8468', '#215A45', '#0F3527')}"/>
<ellipse cx="200" cy="200" rx="80" ry="12.5" fill="${pen.glow('0 #FFF6DC', '.5 #F1E3BD', '1 #B9BD97')}"/><ellipse cx="200" cy="200" rx="26" ry="4.5" fill="#fff" opacity=".55"/>
<path d="M200 200v-26" stroke="#3A2A1C" stroke-width="4" stroke-linecap="round"/>
<ellipse cx="200" cy="166" rx="81" ry="12" fill="none" stroke="${pen.across('0 #A9D0BD', '.3 #EAF6EF', '1 #3C6F5A')}" stroke-width="3.5"/>
<rect x="148" y="220" width="104" height="78" rx="6" fill="${pen.across('0 #FBF5E8', '.6 #F1E7D3', '1 #CFC1A5')}"/><rect x="154" y="226" width="92" height="66" rx="3" fill="none" stroke="#A9772B" stroke-opacity=".5" stroke-width="1.3"/>
${leafMark(200, 252, 36, '#1F6B4F', 3)}${textLines(200, 278, [44], '#A9772B', 7, 2.6)}${streak(pen, 130, 182, 10, 112, 0.5)}<rect x="269" y="190" width="4" height="104" rx="2" fill="#fff" opacity=".14"/>`

const candle: Drawing = (pen, tint) =>
  `${shadow(pen, tint, 200, 319, 80, 11)}${candleJar(pen)}${flame(pen, 200, 152)}`

const candleLid: Drawing = (
  pen,
  tint,
) => `${shadow(pen, tint, 168, 333, 66, 10)}${shadow(pen, tint, 292, 336, 42, 8)}
<g transform="translate(-2 72) scale(.82)">${candleJar(pen)}</g><g transform="translate(-2 72) scale(.82)">${flame(pen, 200, 152)}</g>
<g transform="rotate(-8 292 290)"><ellipse cx="298" cy="292" rx="46" ry="46" fill="#8A5E34"/><ellipse cx="290" cy="290" rx="46" ry="46" fill="${pen.diagonal('0 #E3B885', '.5 #C99761', '1 #9A6B3A')}"/><ellipse cx="290" cy="290" rx="38" ry="38" fill="none" stroke="#6B4522" stroke-opacity=".25" stroke-width="2"/><path d="M252 276q40-12 78 2M254 304q38 10 72-2M248 290q42-8 84 2" stroke="#6B4522" stroke-opacity=".16" stroke-width="2" fill="none"/>${leafMark(290, 290, 42, '#6B4522', 3.2)}</g>`

const fold = (
  pen: Pen,
  y: number,
  height: number,
  x: number,
  width: number,
  tone: readonly [string, string, string],
) => {
  const shape = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2.3}"/>`
  return `<g fill="${pen.down(`0 ${tone[0]}`, `.55 ${tone[1]}`, `1 ${tone[2]}`)}">${shape}</g><g clip-path="${pen.clip(shape)}"><path d="M${x + width - 66} ${y}v${height}M${x + width - 38} ${y}v${height}" stroke="#1F6B4F" stroke-opacity=".85" stroke-width="9"/><path d="M${x + width - 52} ${y}v${height}" stroke="#C79A54" stroke-width="4"/><path d="M${x} ${y + height * 0.62}h${width}" stroke="#5B4A30" stroke-opacity=".12" stroke-width="2"/></g>`
}

const wool = ['#FFFAF0', '#F0E4CE', '#C4AF8C'] as const
const fringe = (x: number, y: number, count: number, step: number, length: number) =>
  Array.from(
    { length: count },
    (_, i) =>
      `<path d="M${x + i * step} ${y}q${i % 2 ? 3 : -3} ${length / 2} ${i % 3 ? 1 : -2} ${length}" stroke="${i % 2 ? '#F3E8D4' : '#DCCBAC'}" stroke-width="6" stroke-linecap="round" fill="none"/>`,
  ).join('')

const blanket: Drawing = (pen, tint) => {
  const flap = 'M92 136q4-26 34-26h148q30 0 34 26v112H92z'
  return `${shadow(pen, tint, 200, 322, 124, 12)}
${fold(pen, 266, 58, 74, 252, wool)}${fold(pen, 212, 60, 80, 244, wool)}${fold(pen, 158, 60, 86, 238, wool)}
<path d="M92 148h216v118H92z" fill="#3E2F16" opacity=".25" filter="${pen.blur(5)}"/>
${fringe(99, 246, 19, 11.2, 24)}<path d="${flap}" fill="${pen.diagonal('0 #FFFCF5', '.5 #F4EAD8', '1 #D8C7A6')}"/>
<g clip-path="${pen.clip(`<path d="${flap}"/>`)}"><path d="M84 226 138 176l34 30 44-54 46 46 26-24 30 30v30H84z" fill="#1F6B4F" opacity=".92"/><path d="M84 240 130 208l40 22 50-34 48 30 50-22v44H84z" fill="#4C9475"/><path d="M84 236h240" stroke="#C79A54" stroke-width="5"/><circle cx="252" cy="150" r="13" fill="#D08A5C"/>
<g stroke="#fff" stroke-opacity=".16" stroke-width="1.5">${Array.from({ length: 18 }, (_, i) => `<path d="M84 ${116 + i * 8}h240"/>`).join('')}</g></g>
<path d="M100 134q4-17 26-18h150" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" opacity=".7"/>`
}

const blanketRoll: Drawing = (pen, tint) => `${shadow(pen, tint, 204, 304, 128, 13)}
<rect x="82" y="156" width="240" height="148" rx="40" fill="${pen.down('0 #FFFCF5', '.35 #F4EAD8', '.8 #D5C3A0', '1 #B39E76')}"/>
<g clip-path="${pen.clip('<rect x="82" y="156" width="240" height="148" rx="40"/>')}"><path d="M250 150v160M286 150v160" stroke="${pen.down('0 #3E8C6C', '1 #154835')}" stroke-width="16"/><rect x="242" y="150" width="16" height="160" fill="${pen.down('0 #3E8C6C', '1 #154835')}"/><rect x="282" y="150" width="16" height="160" fill="${pen.down('0 #3E8C6C', '1 #154835')}"/><rect x="267" y="150" width="6" height="160" fill="#C79A54"/><g stroke="#5B4A30" stroke-opacity=".09" stroke-width="1.5">${Array.from({ length: 17 }, (_, i) => `<path d="M80 ${160 + i * 9}h260"/>`).join('')}</g></g>
<ellipse cx="112" cy="230" rx="46" ry="74" fill="${pen.diagonal('0 #FFF9EE', '1 #D8C7A6')}"/><path d="M112 168c-30 2-38 36-38 62s10 62 38 62 36-34 36-58-10-50-34-50-28 24-28 44 8 40 26 40 20-20 20-36-8-28-18-28-14 14-12 24" fill="none" stroke="#A58F68" stroke-width="4" stroke-linecap="round"/>
<rect x="176" y="152" width="34" height="156" rx="6" fill="${pen.down('0 #D9986A', '.5 #B56F42', '1 #7A4526')}"/><path d="M181 156v148M205 156v148" stroke="#F3D3B0" stroke-width="1.5" stroke-dasharray="5 4"/><rect x="172" y="214" width="42" height="30" rx="5" fill="none" stroke="#E7C77F" stroke-width="5"/>
<path d="M193 153c0-36 74-36 74 4" fill="none" stroke="#96562F" stroke-width="10"/>`

export const homeGifts = {
  'ceramic-mug': { front: ['sand', nearer(mug, 1.12)], detail: ['sage', mugAbove], scene: ['sky', mug] },
  'scented-candle': {
    front: ['blush', nearer(candle, 1.12)],
    detail: ['lilac', candleLid],
    scene: ['cream', candle],
  },
  'throw-blanket': { front: ['sky', blanket], detail: ['sage', blanketRoll], scene: ['blush', blanket] },
} satisfies Record<string, GiftViews>
