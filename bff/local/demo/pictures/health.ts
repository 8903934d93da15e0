import { type Drawing, flatShadow, leafMark, type Pen, placed, shadow } from './drawing'
import type { GiftViews } from './views'

const spiral = 'M112 240c-4-14 18-20 24-4s-10 32-30 26-26-38-4-50 58 2 58 32-22 48-52 46-46-26-46-56'

const matRoll = (
  pen: Pen,
) => `<rect x="108" y="172" width="230" height="136" rx="60" fill="${pen.down('0 #7D76B4', '.25 #9C96CC', '.62 #5F5899', '1 #37325F')}"/><path d="M278 172a60 60 0 0 1 60 60v16a60 60 0 0 1-60 60c24-8 38-36 38-68s-14-60-38-68z" fill="#2B2750" opacity=".3"/>
<g fill="${pen.down('0 #FFF9EC', '.3 #FBF3E1', '.7 #D9C7A2', '1 #A08A5C')}"><path d="M186 171h20c12 40 12 98 0 138h-20c12-40 12-98 0-138z"/><path d="M262 171h20c12 40 12 98 0 138h-20c12-40 12-98 0-138z"/></g>
<circle cx="112" cy="240" r="68" fill="${pen.diagonal('0 #B9B4E0', '.5 #8C86C0', '1 #544E8A')}"/><path d="${spiral}" fill="none" stroke="#3D3870" stroke-width="5" stroke-linecap="round"/><path d="${spiral}" fill="none" stroke="#D7D3F0" stroke-opacity=".6" stroke-width="2" stroke-linecap="round" transform="translate(-3 -3)"/><circle cx="112" cy="240" r="66" fill="none" stroke="#D7D3F0" stroke-opacity=".6" stroke-width="2.5"/>
<path d="M136 182h150" stroke="#fff" stroke-opacity=".35" stroke-width="5" stroke-linecap="round"/>`

const yogaMat: Drawing = (pen, tint) => `${shadow(pen, tint, 210, 306, 132, 13)}
<path d="M198 176C196 84 276 76 273 174" fill="none" stroke="#A08A5C" stroke-width="15"/><path d="M198 176C196 84 276 76 273 174" fill="none" stroke="${pen.across('0 #FFF9EC', '1 #DCCBA8')}" stroke-width="11"/>${matRoll(pen)}${leafMark(240, 240, 46, '#F4EBD8', 3.8)}`

const matUnrolled: Drawing = (pen, tint) => {
  const mat = 'M150 66h132l26 240H112z'
  return `${flatShadow(pen, tint, `<path d="${mat}"/><rect x="106" y="282" width="210" height="50" rx="25"/>`, 8, 12)}<path d="${mat}" fill="${pen.diagonal('0 #B1ABDA', '.5 #8780BC', '1 #5F5899')}"/><g clip-path="${pen.clip(`<path d="${mat}"/>`)}"><path d="M212 66v240M130 186h170" stroke="#E9E6F7" stroke-opacity=".6" stroke-width="2.5"/><circle cx="212" cy="186" r="52" fill="none" stroke="#E9E6F7" stroke-opacity=".6" stroke-width="2.5"/><path d="M100 40 340 280M100 330 340 60" stroke="#E9E6F7" stroke-opacity=".25" stroke-width="2"/></g>${leafMark(212, 186, 56, '#F4EBD8', 4)}
<rect x="100" y="272" width="222" height="60" rx="30" fill="${pen.down('0 #8C86C0', '.3 #A7A1D4', '.7 #615A9B', '1 #3A3564')}"/><ellipse cx="112" cy="302" rx="20" ry="30" fill="${pen.diagonal('0 #B9B4E0', '1 #544E8A')}"/><path d="M112 302c-2-6 8-8 9 1s-10 15-15 4 2-28 12-20 6 36-8 36" fill="none" stroke="#3D3870" stroke-width="3" stroke-linecap="round"/><path d="M132 280h160" stroke="#fff" stroke-opacity=".35" stroke-width="4" stroke-linecap="round"/>`
}

const handle = (pen: Pen) =>
  `<path d="M-8-78h16l4 22h-24z" fill="${pen.across('0 #6B7570', '.35 #C9CFCB', '1 #3B4440')}"/><path d="M-13-58a5 5 0 0 1 5-5H8a5 5 0 0 1 5 5c6 40 6 80 3 112a16 16 0 0 1-32 0c-3-32-3-72 3-112z" fill="${pen.across('0 #C89B64', '.3 #F0D2A4', '.65 #CB9A5E', '1 #8A5E2E')}"/><path d="M-14-44h28M-15-36h30" stroke="#1F6B4F" stroke-width="4"/><path d="M-4-26c-3 30-3 54-1 74M6-26c2 30 2 50 0 70" stroke="#7A5226" stroke-opacity=".28" stroke-width="1.5" fill="none"/><path d="M-9-26c-2 26-2 50-1 70" stroke="#fff" stroke-opacity=".55" stroke-width="3.5" stroke-linecap="round" fill="none"/>${leafMark(1, 20, 24, '#6B4522', 2)}`
const handleShadow =
  '<path d="M-13-58a5 5 0 0 1 5-5H8a5 5 0 0 1 5 5c6 40 6 80 3 112a16 16 0 0 1-32 0c-3-32-3-72 3-112z"/>'

const cordShadow = (pen: Pen, d: string) =>
  `<path d="${d}" fill="none" stroke="#0F3526" stroke-opacity=".28" stroke-width="11" transform="translate(5 8)" filter="${pen.blur(3)}"/>`
const cord = (d: string) =>
  `<path d="${d}" fill="none" stroke="#164B37" stroke-width="11" stroke-linecap="round"/><path d="${d}" fill="none" stroke="#2F8261" stroke-width="8" stroke-linecap="round" transform="translate(-.8 -.8)"/><path d="${d}" fill="none" stroke="#BFE3D0" stroke-opacity=".75" stroke-width="2" stroke-dasharray="7 6" transform="translate(-1.5 -1.5)"/>`
const coil =
  'M152 140C128 108 150 74 202 74A128 126 0 0 1 202 326C116 326 66 250 80 174C92 112 150 90 206 92A108 112 0 0 1 206 316C132 316 88 244 112 172C134 106 190 74 236 86C274 96 278 114 252 138'

const jumpRope: Drawing = (pen, tint) => `${cordShadow(pen, coil)}${cord(coil)}
<g transform="translate(206 208) rotate(33)">${flatShadow(pen, tint, handleShadow, 6, 9)}${handle(pen)}</g><g transform="translate(196 208) rotate(-33)">${flatShadow(pen, tint, handleShadow, 6, 9)}${handle(pen)}</g>`

const ropeClose: Drawing = (
  pen,
  tint,
) => `${cordShadow(pen, 'M-20 130C60 20 336-30 332 28C330 54 304 60 286 90')}${cord('M-20 130C60 20 336-30 332 28C330 54 304 60 286 90')}${cordShadow(pen, 'M-20 330c120 60 250 50 440-70')}${cord('M-20 330c120 60 250 50 440-70')}
<g transform="translate(196 204) rotate(38) scale(1.9)">${flatShadow(pen, tint, handleShadow, 8, 1)}${handle(pen)}</g>`

const pillowSpine = 'M136 286C96 214 106 122 200 122s104 92 64 164'

const neckPillow: Drawing = (pen, tint) => `${shadow(pen, tint, 200, 328, 104, 12)}
<path d="${pillowSpine}" fill="none" stroke="#5A748C" stroke-width="84.4" stroke-linecap="round"/><path d="${pillowSpine}" fill="none" stroke="${pen.diagonal('0 #B9CBDB', '.5 #86A0B7', '1 #516B84')}" stroke-width="83" stroke-linecap="round"/>
<path d="${pillowSpine}" fill="none" stroke="#DCE7F0" stroke-opacity=".75" stroke-width="30" stroke-linecap="round" transform="translate(-7 -10)" filter="${pen.blur(9)}"/><path d="M164 262C140 212 148 166 200 166s60 46 36 96" fill="none" stroke="#3E566D" stroke-opacity=".35" stroke-width="14" filter="${pen.blur(5)}"/>
<path d="${pillowSpine}" fill="none" stroke="#5B7690" stroke-opacity=".55" stroke-width="2"/><path d="${pillowSpine}" fill="none" stroke="#E9F0F6" stroke-opacity=".6" stroke-width="1.5" stroke-dasharray="6 5" transform="translate(0 4)"/>
<path d="M158 312q42 22 84 0" fill="none" stroke="#2F4357" stroke-width="9" stroke-linecap="round"/><rect x="188" y="312" width="24" height="18" rx="5" fill="${pen.diagonal('0 #F4DFA9', '1 #A37327')}"/><rect x="276" y="196" width="24" height="34" rx="3" fill="#FBF5E8" transform="rotate(8 288 213)"/><g transform="rotate(8 288 213)">${leafMark(288, 213, 22, '#1F6B4F', 2)}</g>`

const pillowClose: Drawing = (pen, tint) => placed(-196, -236, 1.72, neckPillow(pen, tint), -14)

export const healthGifts = {
  'yoga-mat': { front: ['lilac', yogaMat], detail: ['sand', matUnrolled], scene: ['sage', yogaMat] },
  'jump-rope': {
    front: ['sage', jumpRope],
    detail: ['blush', ropeClose],
    scene: ['cream', jumpRope, 'flat'],
  },
  'neck-pillow': { front: ['blush', neckPillow], detail: ['cream', pillowClose], scene: ['sky', neckPillow] },
} satisfies Record<string, GiftViews>
