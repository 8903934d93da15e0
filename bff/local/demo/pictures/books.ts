import { type Drawing, flatShadow, leafMark, type Pen, textLines } from './drawing'
import type { GiftViews } from './views'

const cover = '<rect x="94" y="82" width="172" height="240" rx="11"/>'

const penBody = (pen: Pen) =>
  `<path d="M-9-96a9 9 0 0 1 18 0V62L2 96h-4L-9 62z" fill="${pen.across('0 #F7E7BC', '.35 #DDB463', '.7 #B98A3A', '1 #7D561D')}"/><path d="M-9 62h18L2 96h-4z" fill="${pen.across('0 #E9EAE7', '1 #8E938F')}"/><path d="M-9-24h18M-9-18h18" stroke="#6B4A16" stroke-opacity=".6" stroke-width="2"/><rect x="3" y="-92" width="5" height="56" rx="2.5" fill="#8A5F22"/><rect x="-5" y="-90" width="3" height="140" rx="1.5" fill="#fff" opacity=".6"/>`
const penShadow = '<path d="M-9-96a9 9 0 0 1 18 0V62L2 96h-4L-9 62z"/>'

const notebook: Drawing = (
  pen,
  tint,
) => `<g transform="rotate(-8 200 200)">${flatShadow(pen, tint, '<rect x="96" y="84" width="178" height="246" rx="11"/>', 8, 12)}
<rect x="98" y="88" width="176" height="242" rx="10" fill="#123C2D"/><rect x="100" y="86" width="170" height="240" rx="6" fill="${pen.across('0 #E9DFCB', '1 #FFFBF1')}"/><path d="M104 322.5h164M104 319h164M268 92v226M265 92v226" stroke="#C4B594" stroke-width="1.2"/><path d="M214 300l2 44 8-8 8 8-2-44z" fill="#B3482F"/>
<g fill="${pen.diagonal('0 #4C9B79', '.45 #26704F', '1 #154835')}">${cover}</g><g clip-path="${pen.clip(cover)}"><g stroke="#fff" stroke-opacity=".05" stroke-width="1.3">${Array.from({ length: 30 }, (_, i) => `<path d="M90 ${84 + i * 8}h180M${92 + i * 6} 80v246"/>`).join('')}</g><path d="M94 82h20v240H94z" fill="#0D3024" opacity=".3"/><path d="M115 82v240" stroke="#fff" stroke-opacity=".16" stroke-width="1.5"/></g>
<path d="M108 86h150" stroke="#fff" stroke-opacity=".35" stroke-width="2.5" stroke-linecap="round"/>${leafMark(178, 176, 70, '#EBCB8B', 4.6)}${textLines(178, 238, [46], '#EBCB8B', 9, 3)}
<rect x="238" y="82" width="12" height="240" fill="${pen.across('0 #E3A489', '.5 #C0674A', '1 #8A4832')}"/></g>
<g transform="translate(312 206) rotate(12)">${flatShadow(pen, tint, penShadow, 6, 9)}${penBody(pen)}</g>`

const notebookOpen: Drawing = (pen, tint) => {
  const pages = '<path d="M52 112q74-20 148 4 74-24 148-4v184q-74-20-148 4-74-24-148-4z"/>'
  return `<g transform="rotate(-6 200 200)">${flatShadow(pen, tint, pages, 9, 15)}<path d="M44 118h312v190H44z" fill="#174F3B"/><g fill="${pen.across('0 #F4ECDA', '.36 #FFFDF7', '.5 #D9CBAE', '.56 #FBF6EA', '1 #EFE4CE')}">${pages}</g><path d="M200 116v184" stroke="#B8A680" stroke-opacity=".7" stroke-width="1.5"/>
<g stroke="#D6C9AC" stroke-width="1.5" fill="none">${[0, 1, 2, 3, 4, 5, 6].map((i) => `<path d="M222 ${146 + i * 21}q52-16 108-8"/>`).join('')}</g><path d="M222 146q40-12 70-11M222 167q30-9 96-9M222 188q20-6 46-9" stroke="#3A4F6B" stroke-width="2.6" fill="none" stroke-linecap="round" stroke-dasharray="14 5 8 5 20 6"/>
<circle cx="150" cy="164" r="15" fill="#D08A5C" opacity=".85"/><path d="M70 262l36-52 22 24 26-40 32 52v32q-56-14-116-10z" fill="#4C9475" opacity=".85"/><path d="M70 268l40-28 30 18 24-20 22 22v18q-56-14-116-10z" fill="#1F6B4F"/></g>
<g transform="translate(274 262) rotate(52)">${flatShadow(pen, tint, penShadow, 8, 4)}${penBody(pen)}</g>`
}

/** The sleeve's picture, 196 square: a red sun behind pine hills, in paper-cut layers. */
const sleeveArt = (pen: Pen, x: number, y: number) =>
  `<g transform="translate(${x} ${y})"><rect width="196" height="196" rx="3" fill="${pen.down('0 #FBEFD9', '1 #EFCFA2')}"/><circle cx="126" cy="70" r="34" fill="${pen.down('0 #D9704E', '1 #B3482F')}"/><g clip-path="${pen.clip('<rect width="196" height="196" rx="3"/>')}"><path d="M-4 118q40-36 76-10t70-16 60 22v90H-4z" fill="#A9C7AE"/><path d="M-4 142q36-34 80-8t70-12 58 14v70H-4z" fill="#4C9475"/><path d="M-4 164q50-28 96-4t110-14v56H-4z" fill="#1F6B4F"/><path d="M-4 184q60-18 110-2t98-10v30H-4z" fill="#123C2D"/></g>${leafMark(28, 30, 30, '#1F6B4F', 2.6)}<rect x="44" y="22" width="44" height="3.5" rx="1.7" fill="#1F6B4F"/><rect x="44" y="31" width="28" height="3.5" rx="1.7" fill="#1F6B4F" opacity=".6"/></g>`

const disc = (
  pen: Pen,
  x: number,
  y: number,
  radius: number,
) => `<g transform="translate(${x} ${y})"><circle r="${radius}" fill="${pen.diagonal('0 #4A4743', '.5 #24221F', '1 #0F0E0C')}"/><g fill="none" stroke="#fff" stroke-opacity=".09" stroke-width="1.2">${[0.93, 0.86, 0.79, 0.72, 0.65, 0.58, 0.51, 0.45].map((part) => `<circle r="${(radius * part).toFixed(1)}"/>`).join('')}</g>
<path d="M0 0 ${(-radius * 0.92).toFixed(1)} ${(-radius * 0.3).toFixed(1)}A${radius * 0.97} ${radius * 0.97} 0 0 1 ${(-radius * 0.5).toFixed(1)} ${(-radius * 0.83).toFixed(1)}zM0 0 ${(radius * 0.92).toFixed(1)} ${(radius * 0.3).toFixed(1)}A${radius * 0.97} ${radius * 0.97} 0 0 1 ${(radius * 0.5).toFixed(1)} ${(radius * 0.83).toFixed(1)}z" fill="#fff" opacity=".11"/>
<circle r="${radius * 0.37}" fill="${pen.diagonal('0 #E08B68', '1 #B3482F')}"/><circle r="${radius * 0.31}" fill="none" stroke="#F7DFC2" stroke-opacity=".7" stroke-width="1.5"/>${leafMark(0, -radius * 0.19, radius * 0.18, '#F7DFC2', radius * 0.018)}<circle r="${radius * 0.045}" fill="#F4ECDD"/></g>`

const vinyl: Drawing = (pen, tint) =>
  `<g transform="rotate(-4 200 200)">${flatShadow(pen, tint, '<circle cx="252" cy="202" r="92"/>', 8, 12)}${disc(pen, 252, 202, 92)}${flatShadow(pen, tint, '<rect x="60" y="104" width="196" height="196" rx="3"/>', 8, 10)}${sleeveArt(pen, 60, 104)}<path d="M60 104h196" stroke="#fff" stroke-opacity=".7" stroke-width="2"/><path d="M253 106v192" stroke="#8A5F22" stroke-opacity=".25" stroke-width="4"/></g>`

const turntable: Drawing = (pen, tint) => {
  const deck = '<rect x="50" y="84" width="300" height="246" rx="22"/>'
  return `${flatShadow(pen, tint, deck, 10, 14)}<g fill="${pen.diagonal('0 #E6C398', '.5 #C99A66', '1 #94683A')}">${deck}</g><path d="M50 150q150 14 300 0M50 216q150-14 300 0M50 282q150 12 300 0" stroke="#6B4522" stroke-opacity=".14" stroke-width="3" fill="none"/><path d="M70 88h260" stroke="#fff" stroke-opacity=".5" stroke-width="3" stroke-linecap="round"/>
<circle cx="176" cy="210" r="110" fill="#3B2510" opacity=".4" filter="${pen.blur(4)}"/><circle cx="173" cy="206" r="108" fill="${pen.diagonal('0 #F4F4F0', '1 #8F938F')}"/>${disc(pen, 173, 206, 102)}
<circle cx="312" cy="124" r="22" fill="${pen.diagonal('0 #FFFFFF', '1 #A9A79F')}"/><path d="M316 128v112l-44 36" fill="none" stroke="#3B2510" stroke-opacity=".35" stroke-width="9" stroke-linejoin="round" filter="${pen.blur(3)}"/><path d="M312 120v112l-46 38" fill="none" stroke="${pen.across('0 #8E938F', '.5 #F4F5F2', '1 #9AA09B')}" stroke-width="8" stroke-linejoin="round" stroke-linecap="round"/><path d="M278 252l-26 22 10 12 26-22z" fill="#24332C"/><circle cx="312" cy="124" r="11" fill="${pen.diagonal('0 #F2DCA6', '1 #94692B')}"/><circle cx="318" cy="296" r="13" fill="${pen.diagonal('0 #3E9572', '1 #123C2D')}"/><circle cx="286" cy="304" r="7" fill="#F4ECDD"/>`
}

export const booksGifts = {
  'notebook-and-pen': {
    front: ['sand', notebook],
    detail: ['sky', notebookOpen],
    scene: ['lilac', notebook, 'flat'],
  },
  'vinyl-record': { front: ['cream', vinyl], detail: ['sage', turntable], scene: ['sky', vinyl, 'flat'] },
} satisfies Record<string, GiftViews>
