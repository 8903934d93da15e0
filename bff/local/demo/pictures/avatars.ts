import { leafMark, type Pen, svgDocument, type Tint, tints } from './drawing'

const backdrop = (pen: Pen, tint: Tint) =>
  `<rect width="200" height="200" fill="${pen.diagonal(`0 ${tints[tint].light}`, `1 ${tints[tint].table}`)}"/><ellipse cx="60" cy="40" rx="120" ry="100" fill="${pen.glow('0 #fff .5', '1 #fff 0')}"/>`

const eyes = (left: number, right: number, y: number, color = '#2A2420') =>
  `<circle cx="${left}" cy="${y}" r="5" fill="${color}"/><circle cx="${right}" cy="${y}" r="5" fill="${color}"/><circle cx="${left - 1.5}" cy="${y - 1.5}" r="1.5" fill="#fff"/><circle cx="${right - 1.5}" cy="${y - 1.5}" r="1.5" fill="#fff"/>`
const blush = (left: number, right: number, y: number) =>
  `<ellipse cx="${left}" cy="${y}" rx="9" ry="5.5" fill="#E58F7A" opacity=".45"/><ellipse cx="${right}" cy="${y}" rx="9" ry="5.5" fill="#E58F7A" opacity=".45"/>`

const portraits: Record<string, readonly [Tint, (pen: Pen) => string]> = {
  'shiba-dog': [
    'sky',
    (
      pen,
    ) => `<path d="M52 98 46 44c0-7 6-9 11-4l36 32zM148 98l6-54c0-7-6-9-11-4l-36 32z" fill="${pen.diagonal('0 #E2A564', '1 #B8743A')}"/><path d="M58 84l-4-30 22 20zM142 84l4-30-22 20z" fill="#FBE9D0"/>
<path d="M100 62c40 0 60 26 60 62 0 46-26 92-60 92s-60-46-60-92c0-36 20-62 60-62z" fill="${pen.diagonal('0 #EDB777', '1 #B8743A')}"/><path d="M100 122c20-8 44-2 50 14 0 40-20 80-50 80s-50-40-50-80c6-16 30-22 50-14z" fill="#FFF6E8"/><circle cx="78" cy="96" r="6" fill="#FFF6E8"/><circle cx="122" cy="96" r="6" fill="#FFF6E8"/>${eyes(76, 124, 114)}<path d="M91 132q9-6 18 0-2 9-9 9t-9-9z" fill="#2A2420"/><path d="M100 141v7m-12 3q6 6 12-3 6 9 12 3" fill="none" stroke="#2A2420" stroke-width="3" stroke-linecap="round"/>${blush(62, 138, 136)}`,
  ],
  'white-cat': [
    'blush',
    (pen) =>
      `<path d="M48 104 44 50c0-7 6-9 11-4l34 30zM152 104l4-54c0-7-6-9-11-4l-34 30z" fill="${pen.diagonal('0 #FFFDF8', '1 #D8CBB4')}"/><path d="M56 84l-2-22 20 18zM144 84l2-22-20 18z" fill="#F0BFAE"/><path d="M100 66c42 0 64 24 64 58 0 44-26 86-64 86s-64-42-64-86c0-34 22-58 64-58z" fill="${pen.diagonal('0 #FFFFFF', '.6 #F8F1E5', '1 #D8CBB4')}"/><path d="M86 68q14-4 28 0l-6 22q-8 5-16 0z" fill="#D9A877" opacity=".8"/>${eyes(74, 126, 118, '#24523F')}<path d="M94 132h12l-6 7z" fill="#D98872"/><path d="M88 144q6 5 12-4 6 9 12 4" fill="none" stroke="#5B4A3A" stroke-width="3" stroke-linecap="round"/><path d="M58 134l-26-4M58 142l-24 6M142 134l26-4M142 142l24 6" stroke="#B9A88C" stroke-width="2.5" stroke-linecap="round"/>${blush(62, 138, 138)}`,
  ],
  'long-rabbit': [
    'sage',
    (pen) =>
      `<g fill="${pen.diagonal('0 #FFFDF8', '1 #DCCFB8')}"><ellipse cx="76" cy="58" rx="17" ry="48" transform="rotate(-8 76 58)"/><ellipse cx="126" cy="58" rx="17" ry="48" transform="rotate(10 126 58)"/></g><ellipse cx="77" cy="62" rx="8" ry="34" fill="#F0BFAE" transform="rotate(-8 76 58)"/><ellipse cx="125" cy="62" rx="8" ry="34" fill="#F0BFAE" transform="rotate(10 126 58)"/><path d="M100 84c38 0 56 24 56 54 0 40-24 76-56 76s-56-36-56-76c0-30 18-54 56-54z" fill="${pen.diagonal('0 #FFFFFF', '.6 #FBF5EA', '1 #DCCFB8')}"/>${eyes(78, 122, 132)}<path d="M95 144h10l-5 6z" fill="#D98872"/><path d="M91 156q5 4 9-4 4 8 9 4" fill="none" stroke="#5B4A3A" stroke-width="3" stroke-linecap="round"/>${blush(66, 134, 150)}`,
  ],
  'brown-bear': [
    'sand',
    (pen) =>
      `<g fill="${pen.diagonal('0 #B78457', '1 #7C5230')}"><circle cx="54" cy="74" r="22"/><circle cx="146" cy="74" r="22"/></g><circle cx="54" cy="76" r="11" fill="#E6C29A"/><circle cx="146" cy="76" r="11" fill="#E6C29A"/><path d="M100 58c44 0 66 28 66 64 0 48-28 92-66 92s-66-44-66-92c0-36 22-64 66-64z" fill="${pen.diagonal('0 #C4926A', '.5 #A87048', '1 #75492A')}"/><ellipse cx="100" cy="146" rx="32" ry="25" fill="#F3DDBD"/>${eyes(74, 126, 116)}<path d="M90 134q10-6 20 0-2 10-10 10t-10-10z" fill="#2A2420"/><path d="M100 144v6m-10 4q6 5 10-4 4 9 10 4" fill="none" stroke="#2A2420" stroke-width="3" stroke-linecap="round"/>`,
  ],
  'sleepy-owl': [
    'lilac',
    (pen) =>
      `<path d="M44 66q-2-24 10-26l26 20h40l26-20q12 2 10 26c10 18 10 40 6 60-4 44-28 90-62 90s-58-46-62-90c-4-20-4-42 6-60z" fill="${pen.diagonal('0 #8E88C4', '.5 #6A639F', '1 #443E74')}"/><circle cx="74" cy="104" r="30" fill="#F4EFFB"/><circle cx="126" cy="104" r="30" fill="#F4EFFB"/><circle cx="74" cy="104" r="15" fill="#E0B04F"/><circle cx="126" cy="104" r="15" fill="#E0B04F"/><circle cx="74" cy="104" r="9" fill="#2A2420"/><circle cx="126" cy="104" r="9" fill="#2A2420"/><circle cx="71" cy="101" r="3" fill="#fff"/><circle cx="123" cy="101" r="3" fill="#fff"/><path d="M44 92q30-26 60 2 22-26 52-2V78q-28-16-52 2-26-18-60-2z" fill="#59528F"/><path d="M91 120h18l-9 17z" fill="#D9914A"/><path d="M70 166q8 9 15 0 8 9 15 0 8 9 15 0 8 9 15 0M78 184q7 8 14 0 8 8 15 0 7 8 14 0" fill="none" stroke="#CFC9EA" stroke-width="4" stroke-linecap="round"/>`,
  ],
  'potted-sprout': [
    'cream',
    (pen) =>
      `<ellipse cx="108" cy="172" rx="66" ry="9" fill="#8F7F66" opacity=".35"/><path d="M100 122C98 94 100 74 104 52" stroke="#2F7A55" stroke-width="6" fill="none" stroke-linecap="round"/><path d="M104 54c0-26 20-36 44-34 0 26-18 40-44 34z" fill="${pen.diagonal('0 #A5D0A5', '1 #3E8C5F')}"/><path d="M101 90c-6-26-30-34-54-26 6 26 30 36 54 26z" fill="${pen.diagonal('0 #86BE93', '1 #2F7A55')}"/><path d="M100 106c8-20 30-26 48-18-6 20-26 28-48 18z" fill="${pen.diagonal('0 #86BE93', '1 #1F6B4F')}"/><path d="M54 116h92l-12 50q-2 8-10 8H76q-8 0-10-8z" fill="${pen.across('0 #D98B66', '.25 #EDAE8B', '.6 #CB7953', '1 #94502F')}"/><rect x="48" y="108" width="104" height="20" rx="7" fill="${pen.across('0 #E3A07D', '.25 #F5C2A4', '.6 #D58A66', '1 #A15C3A')}"/>${leafMark(98, 150, 30, '#FBE9D8', 2.8)}`,
  ],
  'far-hills': [
    'blush',
    (pen) =>
      `<circle cx="132" cy="74" r="30" fill="${pen.down('0 #E5825F', '1 #C2563A')}"/><path d="M-4 130q40-50 76-18t60-14 74 36v70H-4z" fill="#A9C7AE"/><path d="M-4 150q44-34 84-4t126-10v70H-4z" fill="#4C9475"/><path d="M-4 176q50-26 104-4t106-10v44H-4z" fill="#1F6B4F"/><path d="M40 60q6-7 12 0 6-7 12 0M62 46q5-6 9 0 5-6 9 0" fill="none" stroke="#6B4A3A" stroke-width="3" stroke-linecap="round"/>`,
  ],
  'tea-bowl': [
    'sage',
    (pen) =>
      `<ellipse cx="108" cy="160" rx="66" ry="10" fill="#5F8069" opacity=".4"/><path d="M86 68c-8-12 9-16 1-30M110 66c-8-12 9-16 1-30" stroke="#fff" stroke-width="7" fill="none" stroke-linecap="round" opacity=".9"/><path d="M36 90h128c0 42-24 66-46 70H82c-22-4-46-28-46-70z" fill="${pen.across('0 #3E7F9A', '.25 #7FB4C8', '.6 #3F7F99', '1 #1F4E62')}"/><path d="M80 156h40v8q-20 5-40 0z" fill="#1F4E62"/><ellipse cx="100" cy="90" rx="64" ry="14" fill="#E6F1F4"/><ellipse cx="100" cy="91" rx="57" ry="10.5" fill="${pen.across('0 #7FA04B', '.4 #B3CB74', '1 #6C8C3B')}"/><path d="M92 90c8-6 18-6 24-1-8 6-18 6-24 1z" fill="#4B7A3A"/>${leafMark(98, 124, 34, '#E6F1F4', 3)}`,
  ],
}

/** Eight members' faces: animals, plants and hills, 200 square, safe to crop to a circle. */
export const avatarPictures: Record<string, string> = Object.fromEntries(
  Object.entries(portraits).map(([name, [tint, draw]]) => [
    name,
    svgDocument(200, 200, (pen) => `${backdrop(pen, tint)}${draw(pen)}`),
  ]),
)

/** The mark of 山川小满: the leaf that is also a grain, over two hills, in a pine seal. */
export const logoPicture = svgDocument(
  400,
  400,
  (
    pen,
  ) => `<rect width="400" height="400" fill="${pen.diagonal('0 #2F8261', '.5 #1F6B4F', '1 #154A37')}"/><ellipse cx="110" cy="70" rx="240" ry="190" fill="${pen.glow('0 #fff .16', '1 #fff 0')}"/>
<g clip-path="${pen.clip('<circle cx="200" cy="200" r="128"/>')}"><path d="M60 286q62-66 122-18t150-20v90H60z" fill="#4C9475"/><path d="M60 306q76-34 140-2t140-8v50H60z" fill="#EBCB8B"/></g><circle cx="200" cy="200" r="128" fill="none" stroke="#F4EBD8" stroke-width="9"/>
<path d="M200 96c46 38 46 94 0 136-46-42-46-98 0-136z" fill="#F4EBD8"/><path d="M200 144v132" stroke="#1F6B4F" stroke-width="9" stroke-linecap="round"/>`,
)
