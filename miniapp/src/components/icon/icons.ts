import { colors } from '../../styles/tokens'

/** Drawn on a 24 grid; `line` is stroked 1.7 with round ends, `fill` is painted solid. */
type IconShape = { line?: string; fill?: string }

const circle = (x: number, y: number, r: number) =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`
const ring = circle(12, 12, 8.7)
const heart = 'M12 20.2s-8.3-4.8-8.3-10.6A4.6 4.6 0 0 1 12 7.1a4.6 4.6 0 0 1 8.3 2.5c0 5.8-8.3 10.6-8.3 10.6z'
const keys =
  [5.5, 12, 18.5].flatMap((x) => [4.5, 10, 15.5].map((y) => circle(x, y, 1.4))).join('') + circle(12, 21, 1.4)

export const icons = {
  search: { line: `${circle(10.7, 10.7, 7)}M15.8 15.8l4.7 4.7` },
  'chevron-left': { line: 'M15 5l-7 7 7 7' },
  'chevron-right': { line: 'M9 5l7 7-7 7' },
  'chevron-down': { line: 'M5 9l7 7 7-7' },
  'chevron-up': { line: 'M5 15l7-7 7 7' },
  check: { line: 'M4.8 12.6l4.9 4.9L19.5 7' },
  close: { line: 'M6 6l12 12M18 6L6 18' },
  clock: { line: `${ring}M12 7.3V12l3.2 2.2` },
  truck: {
    line: `M5 17H2.8V6h11.4v11H9.4M14.2 9.6H18l3.2 3.7V17h-1.9M14.2 17h.7${circle(7.2, 17.2, 2.1)}${circle(17.1, 17.2, 2.1)}`,
  },
  store: {
    line: 'M4.7 11.6V20h14.6v-8.4M3 9l1.7-5h14.6L21 9M3 9a3 2.8 0 0 0 6 0 3 2.8 0 0 0 6 0 3 2.8 0 0 0 6 0M9.6 20v-5h4.8v5',
  },
  ticket: {
    line: 'M4.6 6h14.8A1.6 1.6 0 0 1 21 7.6v2.2a2.2 2.2 0 0 0 0 4.4v2.2a1.6 1.6 0 0 1-1.6 1.6H4.6A1.6 1.6 0 0 1 3 16.4v-2.2a2.2 2.2 0 0 0 0-4.4V7.6A1.6 1.6 0 0 1 4.6 6zM14.5 9.3v.01M14.5 12v.01M14.5 14.7v.01',
  },
  gift: {
    line: 'M4.5 11.7V20.5h15v-8.8M3.2 7.7h17.6v4H3.2zM12 7.7v12.8M12 7.7c-4 0-5.9-4.3-3-4.3 2.1 0 3 4.3 3 4.3s.9-4.3 3-4.3c2.9 0 1 4.3-3 4.3z',
  },
  order: { line: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9.2 8h5.6M9.2 12.2h5.6' },
  task: {
    line: 'M8.5 4.5H6A1.5 1.5 0 0 0 4.5 6v13A1.5 1.5 0 0 0 6 20.5h12a1.5 1.5 0 0 0 1.5-1.5V6A1.5 1.5 0 0 0 18 4.5h-2.5M9 3h6v3.5H9zM8.5 13.4l2.5 2.5 4.7-5',
  },
  home: { line: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z' },
  user: { line: `${circle(12, 8, 4)}M4 20.5c0-3.8 4-5.7 8-5.7s8 1.9 8 5.7` },
  location: { line: `M12 21.2s7-5.6 7-11.2a7 7 0 1 0-14 0c0 5.6 7 11.2 7 11.2z${circle(12, 10, 2.5)}` },
  phone: {
    line: 'M6 3.5h3l1.6 4.2-2 1.5a12.2 12.2 0 0 0 6.2 6.2l1.5-2 4.2 1.6v3a2 2 0 0 1-2.1 2A16.4 16.4 0 0 1 4 5.6a2 2 0 0 1 2-2.1z',
  },
  copy: {
    line: 'M10 8.5h9a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 8.5 19v-9A1.5 1.5 0 0 1 10 8.5zM15.5 8.5V5A1.5 1.5 0 0 0 14 3.5H5A1.5 1.5 0 0 0 3.5 5v9A1.5 1.5 0 0 0 5 15.5h3.5',
  },
  scan: {
    line: 'M3.5 8V5.5a2 2 0 0 1 2-2H8M16 3.5h2.5a2 2 0 0 1 2 2V8M20.5 16v2.5a2 2 0 0 1-2 2H16M8 20.5H5.5a2 2 0 0 1-2-2V16M3.5 12h17',
  },
  'qr-code': {
    line: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5M20 14v.01M14 20h2.5M20 17v3',
  },
  keypad: { fill: keys },
  flash: { line: 'M13.2 2.8L5 13.6h6.2l-.6 7.6L19 10.2h-6.4z' },
  sun: {
    line: `${circle(12, 12, 4)}M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4`,
  },
  moon: { line: 'M20.2 14.2A8.5 8.5 0 1 1 9.8 3.8a6.8 6.8 0 0 0 10.4 10.4z' },
  bell: { line: 'M6 10a6 6 0 0 1 12 0c0 5 2 6.6 2 6.6H4S6 15 6 10zM10 19.7a2.2 2.2 0 0 0 4 0' },
  heart: { line: heart },
  'heart-filled': { line: heart, fill: heart },
  star: {
    line: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.2 1.1 5.9-5.3-2.9-5.3 2.9 1.1-5.9-4.3-4.2 5.9-.8z',
  },
  leaf: { line: 'M12 3c7 5.5 7 12.5 0 18-7-5.5-7-12.5 0-18zM12 10v11' },
  points: { line: `${ring}M12 7.6c3.3 2.7 3.3 6.1 0 8.8-3.3-2.7-3.3-6.1 0-8.8z` },
  warning: {
    line: 'M10.6 4.3L2.9 17.9a1.6 1.6 0 0 0 1.4 2.4h15.4a1.6 1.6 0 0 0 1.4-2.4L13.4 4.3a1.6 1.6 0 0 0-2.8 0zM12 9.5v4.5M12 17.1v.01',
  },
  info: { line: `${ring}M12 11v5.4M12 7.7v.01` },
  help: { line: `${ring}M9.4 9.5a2.6 2.6 0 1 1 3.9 2.3c-.9.5-1.3 1-1.3 2M12 16.8v.01` },
  refresh: { line: 'M20.3 4v5h-5M19.8 9A8.4 8.4 0 1 0 20.3 13.2' },
  plus: { line: 'M12 5v14M5 12h14' },
  minus: { line: 'M5 12h14' },
  edit: {
    line: 'M4 20l.9-4.3L15.8 4.8a1.8 1.8 0 0 1 2.5 0l.9.9a1.8 1.8 0 0 1 0 2.5L8.3 19.1zM13.7 6.9l3.4 3.4',
  },
  trash: {
    line: 'M4 6.5h16M9 6.5v-2a1 1 0 0 1 1-1h4a1 1 0 0 1 1 1v2M6 6.5l.8 12.6a1.5 1.5 0 0 0 1.5 1.4h7.4a1.5 1.5 0 0 0 1.5-1.4L18 6.5M10 10.5v6M14 10.5v6',
  },
  calendar: {
    line: 'M5.5 5h13a2 2 0 0 1 2 2v11.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3.5 10h17M8 3v4M16 3v4',
  },
  lock: {
    line: 'M6.5 10.5h11a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 19v-7a1.5 1.5 0 0 1 1.5-1.5zM8 10.5v-3a4 4 0 0 1 8 0v3M12 14.5v2',
  },
  wallet: {
    line: 'M17.5 7.5v-3h-12a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h13a2 2 0 0 0 2-2v-8a2 2 0 0 0-2-2h-13a2 2 0 0 1-2-1M20.5 11.5h-4a2 2 0 0 0 0 4h4',
  },
  snow: {
    line: 'M12 2.8v18.4M4 7.4l16 9.2M20 7.4L4 16.6M9.5 4.5L12 7l2.5-2.5M9.5 19.5L12 17l2.5 2.5M4.2 10.8l3.5-.9-.9-3.5M19.8 13.2l-3.5.9.9 3.5M19.8 10.8l-3.5-.9.9-3.5M4.2 13.2l3.5.9-.9 3.5',
  },
  hourglass: {
    line: 'M6 3h12M6 21h12M7.5 3v3.5c0 2.5 4.5 3.8 4.5 5.5s-4.5 3-4.5 5.5V21M16.5 3v3.5c0 2.5-4.5 3.8-4.5 5.5s4.5 3 4.5 5.5V21',
  },
  share: { line: 'M13.5 4.8v4.1C7 9.4 3.8 13 3.3 19.2c2.4-3.7 5.5-5.2 10.2-5.2v4.2l7.5-6.7z' },
  settings: {
    line: `M11 3.1a2 2 0 0 1 2 0l6 3.5a2 2 0 0 1 1 1.7v7a2 2 0 0 1-1 1.7l-6 3.5a2 2 0 0 1-2 0l-6-3.5a2 2 0 0 1-1-1.7v-7a2 2 0 0 1 1-1.7z${circle(12, 11.8, 3)}`,
  },
  logout: {
    line: 'M14.5 7.5v-2a2 2 0 0 0-2-2h-6a2 2 0 0 0-2 2v13a2 2 0 0 0 2 2h6a2 2 0 0 0 2-2v-2M9.5 12H21M17.5 8.5L21 12l-3.5 3.5',
  },
  photo: {
    line: `M5.5 4.5h13a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-11a2 2 0 0 1 2-2zM3.5 16.7l5-4.7 4.2 3.8 3-2.6 4.8 4.1${circle(15.8, 8.8, 1.5)}`,
  },
  backspace: { line: 'M8.7 5.5h9.8a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H8.7L3 12zM11.7 9.5l5 5M16.7 9.5l-5 5' },
  filter: { line: 'M4 5h16l-6.2 7.4v5.6l-3.6 1.8v-7.4z' },
  sort: { line: 'M7.5 4.5v15M4 16l3.5 3.5L11 16M16.5 19.5v-15M13 8l3.5-3.5L20 8' },
} satisfies Record<string, IconShape>

export type IconName = keyof typeof icons

/** Data-URI pictures cannot read CSS variables, so they get the tokens as concrete colours. */
export const iconColors = colors

const iconStrokeWidth = 1.7

/** A whole SVG document for one icon, the same for the component and for the tab bar's files. */
export const iconSvg = (name: IconName, color: string, strokeWidth: number = iconStrokeWidth): string => {
  const shape: IconShape = icons[name]
  const line = shape.line
    ? `<path d="${shape.line}" fill="none" stroke="${color}" stroke-width="${strokeWidth}" stroke-linecap="round" stroke-linejoin="round"/>`
    : ''
  const fill = shape.fill ? `<path d="${shape.fill}" fill="${color}"/>` : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">${fill}${line}</svg>`
}
