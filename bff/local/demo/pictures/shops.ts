import { leafMark, type Pen, svgDocument } from './drawing'

const tin = (pen: Pen, x: number, y: number, size: number, tone: 'pine' | 'cream' | 'clay') => {
  const [light, base, dark] = {
    pine: ['#43946F', '#215F48', '#0E3527'],
    cream: ['#FFFBF1', '#F1E5CE', '#C6B28A'],
    clay: ['#E3A489', '#C0755A', '#8A4832'],
  }[tone] as [string, string, string]
  return `<g transform="translate(${x} ${y}) scale(${size})"><rect x="-7" y="-20" width="14" height="20" rx="2" fill="${pen.round(light, base, dark)}"/><rect x="-7.5" y="-22" width="15" height="5" rx="1.5" fill="${dark}"/></g>`
}

/** A lit shop window: warm room, hanging lamps, two shelves of tins. */
const shopWindow = (pen: Pen, x: number, y: number, w: number, h: number, frame: string) => {
  const shelf = (top: number) =>
    `<rect x="${x + 6}" y="${top}" width="${w - 12}" height="3" fill="#8A5F34"/>${Array.from({ length: Math.floor((w - 16) / 17) }, (_, i) => tin(pen, x + 17 + i * 17, top, 0.82 + ((i * 7) % 3) * 0.08, (['pine', 'cream', 'clay', 'pine', 'cream'] as const)[(i + Math.round(top)) % 5] ?? 'pine')).join('')}`
  return `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${pen.down('0 #FFE9BC', '.6 #F6CF92', '1 #D9A866')}"/>${shelf(y + h * 0.58)}${shelf(y + h * 0.92)}
${[0.28, 0.72].map((part) => `<path d="M${x + w * part} ${y}v${h * 0.16}" stroke="#3A2A1C" stroke-width="1.5"/><path d="M${x + w * part - 8} ${y + h * 0.22}q8-14 16 0z" fill="#24332C"/><circle cx="${x + w * part}" cy="${y + h * 0.23}" r="16" fill="${pen.glow('0 #FFF8DE .95', '1 #FFF8DE 0')}"/>`).join('')}
<path d="M${x} ${y}h${w * 0.34}L${x} ${y + h * 0.8}zM${x + w * 0.46} ${y}h${w * 0.12}L${x + w * 0.1} ${y + h}h${-w * 0.1}v${-h * 0.06}z" fill="#fff" opacity=".16"/><rect x="${x}" y="${y}" width="${w}" height="${h}" fill="none" stroke="${frame}" stroke-width="6"/><path d="M${x + w / 2} ${y}v${h}" stroke="${frame}" stroke-width="3.5"/>`
}

const door = (pen: Pen, x: number, y: number, w: number, h: number, frame: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${frame}"/><rect x="${x + 7}" y="${y + 8}" width="${w - 14}" height="${h * 0.66}" rx="2" fill="${pen.down('0 #FFEFC9', '1 #E3B878')}"/><path d="M${x + 7} ${y + 8}h${(w - 14) * 0.6}L${x + 7} ${y + h * 0.5}z" fill="#fff" opacity=".2"/><rect x="${x + 7}" y="${y + h * 0.78}" width="${w - 14}" height="${h * 0.15}" rx="2" fill="#000" opacity=".14"/><rect x="${x + w - 14}" y="${y + h * 0.44}" width="4" height="26" rx="2" fill="#E7C77F"/>${leafMark(x + w / 2, y + h * 0.34, 24, '#1F6B4F', 2)}`

const awning = (pen: Pen, x: number, y: number, w: number, colors: readonly [string, string]) => {
  const count = Math.round(w / 18)
  const step = w / count
  return `${Array.from({ length: count }, (_, i) => `<path d="M${x + i * step} ${y}h${step}v26a${step / 2} 8 0 0 1-${step} 0z" fill="${colors[i % 2 === 0 ? 0 : 1]}"/>`).join('')}<rect x="${x}" y="${y}" width="${w}" height="26" fill="${pen.down('0 #fff .22', '1 #000 .12')}"/><path d="M${x} ${y + 36}h${w}v10H${x}z" fill="${pen.down('0 #000 .22', '1 #000 0')}"/>`
}

const fascia = (pen: Pen, x: number, y: number, w: number, light: string, dark: string, ink: string) =>
  `<rect x="${x}" y="${y}" width="${w}" height="34" rx="3" fill="${pen.down(`0 ${light}`, `1 ${dark}`)}"/>${leafMark(x + w / 2, y + 17, 22, ink, 2)}<path d="M${x + w * 0.16} ${y + 17}h${w * 0.2}M${x + w * 0.64} ${y + 17}h${w * 0.2}" stroke="${ink}" stroke-width="1.8" stroke-linecap="round" opacity=".7"/>`

const planter = (pen: Pen, x: number, y: number, size = 1) =>
  `<g transform="translate(${x} ${y}) scale(${size})"><ellipse cx="6" cy="1" rx="24" ry="4" fill="#1E1B17" opacity=".25"/><g fill="${pen.diagonal('0 #86BE93', '1 #1F6B4F')}"><circle cy="-46" r="17"/><circle cx="-12" cy="-34" r="13"/><circle cx="12" cy="-34" r="13"/></g><circle cx="-6" cy="-50" r="6" fill="#B4DDB4" opacity=".6"/><path d="M-14-26h28l-4 26h-20z" fill="${pen.across('0 #D98B66', '.4 #E8A683', '1 #94502F')}"/></g>`

const tree = (pen: Pen, x: number, base: number, tones: readonly [string, string]) =>
  `<path d="M${x - 5} ${base}q4-70 0-130h11q-3 60 2 130z" fill="${pen.across('0 #A98A68', '1 #6B4F36')}"/><path d="M${x} ${base - 96}l-26-30M${x + 3} ${base - 110}l24-34" stroke="#7A5C40" stroke-width="5"/><g fill="${pen.diagonal(`0 ${tones[0]}`, `1 ${tones[1]}`)}"><circle cx="${x - 34}" cy="${base - 148}" r="34"/><circle cx="${x + 32}" cy="${base - 150}" r="36"/><circle cx="${x}" cy="${base - 180}" r="42"/><circle cx="${x + 2}" cy="${base - 140}" r="32"/></g><circle cx="${x - 16}" cy="${base - 194}" r="16" fill="#fff" opacity=".18"/>`

const street = (pen: Pen, light: string, dark: string) =>
  `<rect y="252" width="400" height="48" fill="${pen.down(`0 ${light}`, `1 ${dark}`)}"/><path d="M0 252h400" stroke="#fff" stroke-opacity=".5" stroke-width="2"/><path d="M0 276h400M60 252l-22 48M150 252l-12 48M250 252l12 48M340 252l22 48" stroke="#000" stroke-opacity=".08" stroke-width="1.5"/>`

const sky = (pen: Pen, top: string, low: string) =>
  `<rect width="400" height="300" fill="${pen.down(`0 ${top}`, `1 ${low}`)}"/><ellipse cx="90" cy="30" rx="240" ry="150" fill="${pen.glow('0 #fff .6', '1 #fff 0')}"/>`

/** A brick lane house with an arched gable, under a plane tree. */
const jingan = (
  pen: Pen,
) => `${sky(pen, '#DDEAF0', '#F6EFE3')}<path d="M70 252V70L190 30l120 40v182z" fill="${pen.diagonal('0 #C98B70', '.5 #B5705A', '1 #8C4F3D')}"/><g clip-path="${pen.clip('<path d="M70 252V70L190 30l120 40v182z"/>')}" stroke="#F3D9C8" stroke-opacity=".22" stroke-width="1.2">${Array.from({ length: 28 }, (_, i) => `<path d="M60 ${32 + i * 8}h260"/>`).join('')}</g><path d="M62 72 190 28l128 44" fill="none" stroke="#F4ECDD" stroke-width="7" stroke-linejoin="round"/>
<path d="M166 98v-16a24 24 0 0 1 48 0v16z" fill="${pen.down('0 #FFE9BC', '1 #E8BE82')}" stroke="#F4ECDD" stroke-width="5"/><path d="M190 60v38" stroke="#F4ECDD" stroke-width="3"/>${fascia(pen, 84, 112, 212, '#26785A', '#174F3B', '#F4EBD8')}
${shopWindow(pen, 92, 158, 112, 84, '#123C2D')}${door(pen, 222, 154, 62, 98, '#174F3B')}<rect x="86" y="242" width="124" height="10" fill="#E9DFCB"/>${street(pen, '#E4DCCB', '#CFC4AE')}${tree(pen, 366, 262, ['#D9B45C', '#94762F'])}${planter(pen, 304, 258, 0.8)}${planter(pen, 80, 260, 0.86)}`

/** A cream villa with a striped awning and a bicycle. */
const xuhui = (
  pen: Pen,
) => `${sky(pen, '#E6EFE4', '#F8F3E7')}${tree(pen, 40, 258, ['#8FC19A', '#3E7F5C'])}<rect x="76" y="40" width="270" height="212" fill="${pen.diagonal('0 #FFFBF2', '.5 #F3E8D4', '1 #D9C7A5')}"/><rect x="68" y="34" width="286" height="12" rx="2" fill="#B5735A"/><path d="M68 46h286v6H68z" fill="#000" opacity=".12"/>
${[104, 188, 272].map((x) => `<rect x="${x}" y="64" width="44" height="46" rx="6" fill="${pen.down('0 #BFD6DE', '1 #8FB2C4')}" stroke="#fff" stroke-width="4"/><path d="M${x + 22} 64v46" stroke="#fff" stroke-width="3"/><rect x="${x - 10}" y="68" width="9" height="42" rx="1.5" fill="#1F6B4F"/><rect x="${x + 45}" y="68" width="9" height="42" rx="1.5" fill="#1F6B4F"/>`).join('')}
${shopWindow(pen, 92, 154, 150, 88, '#1F6B4F')}${door(pen, 262, 152, 62, 100, '#1F6B4F')}${awning(pen, 84, 126, 250, ['#1F6B4F', '#FBF5E8'])}<rect x="86" y="242" width="162" height="10" fill="#D9C7A5"/>${street(pen, '#E2DCCD', '#CABFA9')}
<g transform="translate(130 268)" fill="none" stroke="#2B3B33" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"><circle cx="-26" r="17"/><circle cx="30" r="17"/><path d="M-26 0-8-24h30L4 0zM4 0l-14-32h-8M22-24l8 24M22-24l-3-12h11"/></g>${planter(pen, 346, 262, 0.95)}`

/** The ground floor of a tower: glass, stone and a canopy, the skyline behind. */
const lujiazui = (
  pen: Pen,
) => `${sky(pen, '#CFE0EA', '#F1EEE6')}<g fill="#A9C2D0" opacity=".75"><path d="M18 252V96h34v156zM64 252V58l18-24 18 24v194zM322 252V84h40v168zM368 252V128h32v124z"/><circle cx="352" cy="66" r="10"/><path d="M350 74h4v20h-4zM351 20h2v40h-2z"/></g><rect x="96" y="20" width="212" height="232" fill="${pen.diagonal('0 #DDE7EB', '.5 #B5C8D2', '1 #87A0AF')}"/><g stroke="#fff" stroke-opacity=".45" stroke-width="2">${[0, 1, 2, 3, 4, 5].map((i) => `<path d="M${131 + i * 35} 20v100M96 ${40 + i * 20}h212"/>`).join('')}</g><path d="M96 20h90L96 110z" fill="#fff" opacity=".3"/>
<rect x="76" y="136" width="252" height="116" fill="${pen.diagonal('0 #F7F1E6', '1 #CFC2AB')}"/><rect x="64" y="124" width="276" height="12" rx="2" fill="#24332C"/><path d="M76 136h252v8H76z" fill="#000" opacity=".16"/>${fascia(pen, 150, 100, 104, '#2E4038', '#1A2620', '#EBCB8B')}
${shopWindow(pen, 88, 156, 88, 90, '#24332C')}${door(pen, 184, 152, 56, 100, '#24332C')}${shopWindow(pen, 248, 156, 70, 90, '#24332C')}${street(pen, '#DEDCD4', '#C2BEB2')}${planter(pen, 74, 262, 0.95)}${planter(pen, 336, 262, 0.95)}`

/** The corner shop at dusk, when the windows do the inviting. */
const wukang = (
  pen: Pen,
) => `<rect width="400" height="300" fill="${pen.down('0 #4B5578', '.5 #A98A97', '1 #EBC09A')}"/><circle cx="356" cy="46" r="15" fill="#FFF3D3"/><circle cx="356" cy="46" r="50" fill="${pen.glow('0 #FFF3D3 .45', '1 #FFF3D3 0')}"/><path d="M52 252V78q138-54 276 0v174z" fill="${pen.across('0 #A9715A', '.3 #BE866B', '.7 #8A5644', '1 #5C382E')}"/><path d="M46 82q144-58 288 0v-13Q190 11 46 69z" fill="#EBD9BE"/>
${[78, 140, 202, 264].map((x, i) => `<rect x="${x}" y="${i === 0 || i === 3 ? 84 : 76}" width="38" height="40" rx="3" fill="${i === 1 ? '#6E7C96' : '#FFDF9F'}" stroke="#EBD9BE" stroke-width="4"/><path d="M${x + 19} ${i === 0 || i === 3 ? 84 : 76}v40" stroke="#EBD9BE" stroke-width="2.5"/>`).join('')}
<ellipse cx="190" cy="226" rx="200" ry="80" fill="${pen.glow('0 #FFDF9F .5', '1 #FFDF9F 0')}"/>${shopWindow(pen, 68, 166, 92, 78, '#3A241B')}${door(pen, 168, 160, 50, 92, '#3A241B')}${shopWindow(pen, 226, 166, 88, 78, '#3A241B')}${awning(pen, 58, 134, 266, ['#B3482F', '#F4E6CC'])}
<rect y="252" width="400" height="48" fill="${pen.down('0 #8F7470', '1 #5E4C52')}"/><ellipse cx="190" cy="260" rx="170" ry="26" fill="${pen.glow('0 #FFDF9F .75', '1 #FFDF9F 0')}"/><path d="M0 252h400" stroke="#fff" stroke-opacity=".25" stroke-width="1.5"/><path d="M364 258V150q0-14-14-14h-8" fill="none" stroke="#2A2430" stroke-width="5" stroke-linecap="round"/><circle cx="340" cy="146" r="30" fill="${pen.glow('0 #FFF3D3 .9', '1 #FFF3D3 0')}"/><circle cx="340" cy="144" r="8" fill="#FFF6DC"/>${planter(pen, 52, 262, 0.9)}${planter(pen, 332, 264, 0.7)}`

const draw = (front: (pen: Pen) => string) => svgDocument(400, 300, front)

/** The four shops of the demo brand, 4 : 3. */
export const shopPictures: Record<string, string> = {
  jingan: draw(jingan),
  xuhui: draw(xuhui),
  lujiazui: draw(lujiazui),
  wukang: draw(wukang),
}
