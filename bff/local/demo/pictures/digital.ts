import { type Drawing, flatShadow, leafMark, nearer, type Pen, placed, shadow } from './drawing'
import type { GiftViews } from './views'

const shell = (pen: Pen) => pen.diagonal('0 #FFFFFF', '.5 #F3F1EC', '1 #C9C4B8')

/** One earbud, ear side to the left, 40 wide and 96 tall from (0, 0). */
const bud = (
  pen: Pen,
) => `<rect x="21" y="24" width="17" height="72" rx="8.5" fill="${pen.across('0 #FFFFFF', '.45 #F1EEE7', '1 #BDB7AA')}"/>
<path d="M8 38C-8 34-10 14 4 10l10 4v22z" fill="${pen.diagonal('0 #5A6B63', '1 #24332C')}"/>
<circle cx="24" cy="24" r="23" fill="${pen.diagonal('0 #FFFFFF', '.55 #F2EFE9', '1 #B9B3A6')}"/><ellipse cx="30" cy="20" rx="5" ry="8" fill="#24332C" opacity=".85"/><path d="M10 14a18 18 0 0 1 12-8" stroke="#fff" stroke-width="4" stroke-linecap="round" fill="none"/><rect x="24" y="86" width="11" height="5" rx="2.5" fill="#C79A54"/>`

const mirrored = (x: number, y: number, markup: string) =>
  `<g transform="translate(${x} ${y}) scale(-1 1)">${markup}</g>`

const earbuds: Drawing = (pen, tint) => `${shadow(pen, tint, 200, 319, 72, 10)}
<path d="M104 216v-52a56 56 0 0 1 56-56h80a56 56 0 0 1 56 56v52z" fill="${pen.diagonal('0 #F6F4EF', '1 #C4BFB2')}"/>
<path d="M116 214v-46a48 48 0 0 1 48-48h72a48 48 0 0 1 48 48v46z" fill="${pen.down('0 #1B4F3D', '1 #2F7A5C')}"/>
${leafMark(200, 152, 34, '#CFE3D6', 2.6)}
<path d="M106 206h188v30H106z" fill="${pen.down('0 #8F8A7E', '1 #E4E0D6')}"/><ellipse cx="162" cy="224" rx="19" ry="7" fill="#3A352D" opacity=".55"/><ellipse cx="238" cy="224" rx="19" ry="7" fill="#3A352D" opacity=".55"/>
<g transform="translate(132 166)">${bud(pen)}</g>${mirrored(268, 166, bud(pen))}
<path d="M102 226h196v36a58 58 0 0 1-58 58h-80a58 58 0 0 1-58-58z" fill="${shell(pen)}"/><path d="M102 226h196" stroke="#fff" stroke-width="4"/><path d="M102 229.5h196" stroke="#A49E90" stroke-opacity=".35" stroke-width="1.5"/>
<circle cx="200" cy="252" r="4" fill="#3E9572"/><circle cx="200" cy="252" r="10" fill="${pen.glow('0 #7FE0B0 .6', '1 #7FE0B0 0')}"/>
<path d="M114 240v24a46 46 0 0 0 22 40" fill="none" stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".85"/><path d="M286 244v20a46 46 0 0 1-28 42" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round" opacity=".5"/>`

const budsLying: Drawing = (pen, tint) => {
  const caseShape = '<rect x="64" y="140" width="172" height="140" rx="58"/>'
  return `<g transform="translate(-8 -6) rotate(-8 150 210)">${flatShadow(pen, tint, caseShape, 10, 14)}<g fill="${shell(pen)}">${caseShape}</g><path d="M65 190q85 16 170 0" fill="none" stroke="#A49E90" stroke-opacity=".55" stroke-width="2"/><path d="M65 192q85 16 170 0" fill="none" stroke="#fff" stroke-width="2"/><path d="M80 178a44 44 0 0 1 42-30h40" fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round"/>${leafMark(150, 238, 36, '#1F6B4F', 2.8)}<circle cx="150" cy="208" r="3.5" fill="#3E9572"/></g>
<g transform="translate(250 84) rotate(24) scale(1.2)">${flatShadow(pen, tint, '<circle cx="24" cy="24" r="22"/><rect x="21" y="24" width="17" height="72" rx="8"/>', 5, 7)}${bud(pen)}</g>
<g transform="translate(336 212) rotate(-30) scale(-1.2 1.2)">${flatShadow(pen, tint, '<circle cx="24" cy="24" r="22"/><rect x="21" y="24" width="17" height="72" rx="8"/>', -5, 7)}${bud(pen)}</g>`
}

const bank = (pen: Pen) => `<rect x="136" y="84" width="142" height="236" rx="34" fill="#0D3024"/>
<rect x="124" y="80" width="146" height="238" rx="34" fill="${pen.diagonal('0 #57AE89', '.45 #2A7C5D', '1 #14503C')}"/>
<rect x="127" y="83" width="140" height="232" rx="31" fill="none" stroke="#fff" stroke-opacity=".22" stroke-width="2"/>
<circle cx="197" cy="172" r="47" fill="none" stroke="#F4EBD8" stroke-opacity=".9" stroke-width="5"/><path d="M197 232v20" stroke="#F4EBD8" stroke-opacity=".9" stroke-width="5" stroke-linecap="round"/>${leafMark(197, 172, 44, '#F4EBD8', 3.2)}
${[0, 1, 2, 3].map((i) => `<circle cx="${173 + i * 16}" cy="290" r="3.6" fill="#CFF5DF" opacity="${i < 3 ? 1 : 0.3}"/>`).join('')}
<path d="M138 130v-14a22 22 0 0 1 22-22h44" fill="none" stroke="#fff" stroke-opacity=".38" stroke-width="5" stroke-linecap="round"/>`

const powerBank: Drawing = (pen, tint) => `${shadow(pen, tint, 204, 318, 84, 11)}
<path d="M206 312c6 34 96 26 96-18 0-46-38-40-34-86 2-24 26-30 40-22" fill="none" stroke="#1E1B17" stroke-opacity=".16" stroke-width="9" stroke-linecap="round" transform="translate(5 5)" filter="${pen.blur(3)}"/>
<path d="M252 312c20 14 58 6 58-30 0-44-18-60-8-100" fill="none" stroke="#C9B791" stroke-width="9" stroke-linecap="round"/><path d="M252 312c20 14 58 6 58-30 0-44-18-60-8-100" fill="none" stroke="#FBF3E1" stroke-width="5.5" stroke-linecap="round" stroke-dasharray="4 4"/>
<g transform="rotate(10 304 168)"><rect x="294" y="134" width="20" height="48" rx="7" fill="${pen.across('0 #FFFFFF', '1 #BDB7AA')}"/><rect x="298" y="120" width="12" height="16" rx="2.5" fill="${pen.across('0 #E9EAE7', '1 #8E938F')}"/></g>${bank(pen)}`

const bankOnPhone: Drawing = (pen, tint) => {
  const phone = '<rect x="96" y="52" width="164" height="304" rx="32"/>'
  return `<g transform="rotate(9 200 200)">${flatShadow(pen, tint, phone, 12, 14)}<rect x="99" y="54" width="166" height="304" rx="32" fill="#7E786C"/><g fill="${pen.diagonal('0 #FBF8F1', '1 #D3CBBB')}">${phone}</g>
<rect x="112" y="66" width="62" height="64" rx="18" fill="#E3DCCD"/><g fill="${pen.diagonal('0 #4A4F4C', '1 #151816')}"><circle cx="130" cy="84" r="11"/><circle cx="156" cy="98" r="11"/><circle cx="130" cy="112" r="11"/></g><g fill="#fff" opacity=".5"><circle cx="127" cy="81" r="3"/><circle cx="153" cy="95" r="3"/><circle cx="127" cy="109" r="3"/></g>
<g transform="translate(32 96) scale(.74)"><rect x="132" y="90" width="150" height="240" rx="36" fill="#1E1B17" opacity=".3" filter="${pen.blur(6)}"/>${bank(pen)}</g></g>`
}

const lampHead = (pen: Pen) =>
  `<path d="M-26-26a26 20 0 0 1 52 0z" fill="${pen.across('0 #3E8C6C', '1 #123F2E')}"/><path d="M-30-26h60c18 14 30 34 36 62H-66c6-28 18-48 36-62z" fill="${pen.across('0 #2E7A5C', '.25 #5DAF8B', '.6 #26785A', '1 #0F3A2A')}"/><ellipse cx="0" cy="36" rx="66" ry="12" fill="#0F3A2A"/><ellipse cx="0" cy="37" rx="58" ry="9" fill="${pen.glow('0 #FFFBEA', '.6 #FFE9AE', '1 #E7B95C')}"/><path d="M-30-18c-12 10-20 24-24 40" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="5" stroke-linecap="round"/>`
const brass = (pen: Pen) => pen.diagonal('0 #F2DCA6', '.5 #C79A54', '1 #8A5F22')

const lamp: Drawing = (
  pen,
  tint,
) => `<path d="M202 166 316 122l56 196H188z" fill="${pen.down('0 #FFF1C4 .95', '1 #FFF1C4 .1')}" opacity=".75" filter="${pen.blur(4)}"/><ellipse cx="284" cy="318" rx="92" ry="15" fill="${pen.glow('0 #FFF6D6 .95', '1 #FFF6D6 0')}"/>
${shadow(pen, tint, 140, 320, 62, 10)}
<path d="M140 302 104 190" stroke="#8A5F22" stroke-width="11" stroke-linecap="round"/><path d="M139 301 103 189" stroke="#EBCB8B" stroke-width="6" stroke-linecap="round"/>
<path d="M104 190 232 92" stroke="#8A5F22" stroke-width="11" stroke-linecap="round"/><path d="M104 188 232 90" stroke="#EBCB8B" stroke-width="6" stroke-linecap="round"/>
<circle cx="104" cy="190" r="15" fill="${pen.diagonal('0 #3E8C6C', '1 #0F3A2A')}"/><circle cx="104" cy="190" r="6" fill="${brass(pen)}"/>
<path d="M78 306h124v6a62 10 0 0 1-124 0z" fill="${pen.round('#2E6E56', '#1B4F3D', '#0D3024')}"/><ellipse cx="140" cy="306" rx="62" ry="12" fill="${pen.round('#4FA07F', '#26785A', '#14503C')}"/><ellipse cx="140" cy="303" rx="17" ry="5" fill="${brass(pen)}"/>${leafMark(172, 306, 12, '#CFE3D6', 1.4)}
<g transform="translate(242 110) rotate(-21)">${lampHead(pen)}</g><circle cx="232" cy="90" r="9" fill="${brass(pen)}"/>`

const lampClose: Drawing = (
  pen,
  tint,
) => `<path d="M84 226h232l70 190H14z" fill="${pen.down('0 #FFF1C4 .95', '1 #FFF1C4 0')}" filter="${pen.blur(6)}"/>${shadow(pen, tint, 200, 362, 100, 12)}
<path d="M120 346q40-14 80 4v12q-40-14-80-4zM280 346q-40-14-80 4v12q40-14 80-4z" fill="#2E7A5C"/><path d="M124 336q38-14 76 4 38-18 76-4v14q-38-14-76 4-38-18-76-4z" fill="${pen.across('0 #FFFDF6', '.48 #F1E7D3', '.52 #D8C9AC', '1 #FBF5E8')}"/>
<path d="M200 92 420-46" stroke="#8A5F22" stroke-width="19"/><path d="M199 87 419-51" stroke="#EBCB8B" stroke-width="10"/>${placed(200, 158, 1.85, lampHead(pen))}<circle cx="200" cy="92" r="17" fill="${brass(pen)}"/><circle cx="200" cy="92" r="7" fill="#7A531C"/>${placed(200, 158, 1.85, leafMark(8, 4, 22, '#E6F1EA', 1.7))}`

export const digitalGifts = {
  'wireless-earbuds': {
    front: ['sky', nearer(earbuds, 1.12)],
    detail: ['lilac', budsLying],
    scene: ['sand', earbuds],
  },
  'power-bank': { front: ['cream', powerBank], detail: ['sage', bankOnPhone], scene: ['blush', powerBank] },
  'desk-lamp': { front: ['sand', lamp], detail: ['sky', lampClose], scene: ['sage', lamp] },
} satisfies Record<string, GiftViews>
