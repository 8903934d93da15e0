import { type Drawing, flatShadow, leafMark, nearer, type Pen, scatter, shadow, textLines } from './drawing'
import type { GiftViews } from './views'

const tubeShape = 'M134 92h132c2 60-8 122-20 178h-92c-12-56-22-118-20-178z'

const tube = (
  pen: Pen,
) => `<path d="M160 264h80v46a12 12 0 0 1-12 12h-56a12 12 0 0 1-12-12z" fill="${pen.round('#F2DCA6', '#C79A54', '#7D561D')}"/><g stroke="#7D561D" stroke-opacity=".35" stroke-width="1.5">${[170, 180, 190, 200, 210, 220, 230].map((x) => `<path d="M${x} 274v40"/>`).join('')}</g>
<path d="${tubeShape}" fill="${pen.across('0 #C5D6C4', '.2 #F2F8F0', '.5 #DFEADC', '.9 #9FB7A2', '1 #BDCFBE')}"/><path d="M130 66h140v28H130z" fill="${pen.across('0 #C5D6C4', '.22 #F2F8F0', '.55 #DFEADC', '1 #9FB7A2')}"/><g stroke="#7F9C86" stroke-opacity=".45" stroke-width="1.8">${Array.from({ length: 17 }, (_, i) => `<path d="M${136 + i * 8} 68v22"/>`).join('')}</g>
<path d="M130 94h140" stroke="#7F9C86" stroke-opacity=".6" stroke-width="1.5"/><path d="M150 96c12 50 18 110 20 172M250 96c-8 60-14 116-18 172" stroke="#fff" stroke-opacity=".35" stroke-width="3" fill="none"/>
${leafMark(200, 150, 58, '#1F6B4F', 4.4)}${textLines(200, 196, [58, 38], '#1F6B4F', 11, 3.6)}${textLines(200, 236, [24], '#A9772B', 9, 3)}<path d="M154 268h92v6h-92z" fill="#5F7A64" opacity=".4"/><path d="M150 104q10 70 18 140" stroke="#fff" stroke-opacity=".85" stroke-width="7" stroke-linecap="round" fill="none"/>`

const handCream: Drawing = (pen, tint) => `${shadow(pen, tint, 200, 320, 46, 9)}${tube(pen)}`

const handCreamLying: Drawing = (pen, tint) => {
  const outline = `<path d="${tubeShape}"/><rect x="130" y="66" width="140" height="28"/><rect x="160" y="264" width="80" height="58" rx="12"/>`
  const swirl = 'M258 268c40-36 92-14 84 26s-60 56-92 34-14-60 18-58 34 30 14 38'
  return `<g transform="translate(-6 -10) scale(.93) rotate(-42 200 200)">${flatShadow(pen, tint, outline, 4, 14)}${tube(pen)}</g>
<path d="${swirl}" fill="none" stroke="#8B6F60" stroke-opacity=".3" stroke-width="24" stroke-linecap="round" transform="translate(5 8)" filter="${pen.blur(4)}"/><path d="${swirl}" fill="none" stroke="#DCD5C4" stroke-width="25" stroke-linecap="round"/><path d="${swirl}" fill="none" stroke="#FBF8F0" stroke-width="21" stroke-linecap="round" transform="translate(-1 -1.5)"/><path d="${swirl}" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" transform="translate(-3 -5)"/>
<g transform="translate(96 306) rotate(-24)"><path d="M0 0c24-22 58-24 82-2-24 22-58 24-82 2z" fill="${pen.diagonal('0 #86BE93', '1 #2F7A55')}"/><path d="M4 0h70" stroke="#D9EBD9" stroke-opacity=".7" stroke-width="2"/></g>`
}

type Clay = readonly [top: string, light: string, base: string, dark: string]
const bars: readonly Clay[] = [
  ['#E9B9A4', '#DFA48C', '#CE8A70', '#9C5C46'],
  ['#FFFAEF', '#F8EDD9', '#E9D8B8', '#BBA37B'],
  ['#C6D8B0', '#AFC797', '#8FAE7B', '#5E7E52'],
]

const bar = (
  pen: Pen,
  x: number,
  y: number,
  width: number,
  [top, light, base, dark]: Clay,
) => `<path d="M${x + 16} ${y}h${width - 32}q8 0 11 6l5 16H${x}l5-16q3-6 11-6z" fill="${pen.diagonal(`0 ${top}`, `1 ${light}`)}"/><rect x="${x}" y="${y + 14}" width="${width}" height="54" rx="13" fill="${pen.diagonal(`0 ${light}`, `.5 ${base}`, `1 ${dark}`)}"/><path d="M${x + 12} ${y + 18}h${width - 24}" stroke="#fff" stroke-opacity=".6" stroke-width="3" stroke-linecap="round"/>
<path d="M${x + 6} ${y + 44}q${width * 0.2} -12 ${width * 0.42} 0t${width * 0.5} -2" fill="none" stroke="${dark}" stroke-opacity=".22" stroke-width="4" stroke-linecap="round"/>`

const soaps: Drawing = (
  pen,
  tint,
) => `<g transform="translate(0 -18)">${shadow(pen, tint, 200, 320, 106, 12)}${bars
  .map((clay, i) => {
    const [x, y, width] =
      [[92, 254, 216] as const, [102, 198, 200] as const, [96, 142, 204] as const][i] ??
      ([96, 142, 204] as const)
    return `${i ? `<rect x="${x + 14}" y="${y + 62}" width="${width - 26}" height="10" rx="5" fill="#1E1B17" opacity=".24"/>` : ''}${bar(pen, x, y, width, clay)}`
  })
  .join('')}
<path d="M168 142h64l2 14v166h-68V156z" fill="${pen.across('0 #FFFCF4', '.6 #F4EAD6', '1 #D8C8A8')}"/><path d="M168 142h64l2 15h-68z" fill="#fff" opacity=".7"/><path d="M166 212h68M166 268h68" stroke="#8F7A55" stroke-opacity=".25" stroke-width="2"/>${leafMark(200, 234, 54, '#1F6B4F', 4)}${textLines(200, 276, [38, 24], '#A9772B', 10, 3.2)}
<g fill="none" stroke="${pen.diagonal('0 #D9B98A', '1 #94692B')}" stroke-width="3.5"><path d="M167 172h66"/><path d="M200 172c-24-20-38-7-20 2zM200 172c24-20 38-7 20 2zM200 172l-13 20M200 172l13 20" stroke-linejoin="round" stroke-linecap="round"/></g></g>`

const soapDish: Drawing = (pen, tint) => {
  const soap = '<rect x="112" y="138" width="176" height="126" rx="36"/>'
  return `<g transform="rotate(-9 200 200)">${flatShadow(pen, tint, '<rect x="70" y="98" width="260" height="206" rx="24"/>', 10, 14)}<rect x="70" y="98" width="260" height="206" rx="24" fill="${pen.diagonal('0 #DDB588', '1 #A2743F')}"/><g stroke="#6B4522" stroke-opacity=".5" stroke-width="9" stroke-linecap="round">${[0, 1, 2, 3, 4, 5].map((i) => `<path d="M${100 + i * 40} 122v158"/>`).join('')}</g><path d="M88 104h224" stroke="#fff" stroke-opacity=".3" stroke-width="3" stroke-linecap="round"/>
<g transform="translate(8 12)" fill="#3B2510" opacity=".4" filter="${pen.blur(5)}">${soap}</g><g fill="${pen.diagonal('0 #C6D8B0', '.5 #A3BF8B', '1 #6B8B5C')}">${soap}</g><rect x="124" y="150" width="152" height="102" rx="27" fill="none" stroke="#5E7E52" stroke-opacity=".45" stroke-width="3"/><rect x="124" y="152" width="152" height="102" rx="27" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="1.5"/>${leafMark(200, 201, 68, '#5E7E52', 5.5)}<path d="M130 168c4-10 12-16 24-17" stroke="#fff" stroke-opacity=".8" stroke-width="6" stroke-linecap="round" fill="none"/></g>
${scatter(29, 16, (random) => {
  const [angle, radius] = [random() * 1.9 - 0.5, 5 + random() * 13]
  const [x, y] = [252 + Math.cos(angle) * (20 + random() * 54), 236 + Math.sin(angle) * (10 + random() * 52)]
  return `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}" fill="${pen.glow('0 #fff .1', '.7 #fff .35', '1 #fff .85')}"/><circle cx="${(x - radius * 0.35).toFixed(1)}" cy="${(y - radius * 0.4).toFixed(1)}" r="${(radius * 0.2).toFixed(1)}" fill="#fff"/>`
})}`
}

export const beautyGifts = {
  'hand-cream': { front: ['blush', handCream], detail: ['sand', handCreamLying], scene: ['sage', handCream] },
  'soap-set': { front: ['lilac', nearer(soaps, 1.1)], detail: ['cream', soapDish], scene: ['sky', soaps] },
} satisfies Record<string, GiftViews>
