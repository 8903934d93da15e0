/**
 * Empty states and results, drawn on 240 × 180 with colours that hold on paper (#F7F4EE) and on dark (#141311) alike:
 * nothing is drawn in ink alone, and the ground behind each object is a half-transparent sage.
 */
const document = (body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="180" viewBox="0 0 240 180"><defs><linearGradient id="p" x2="1" y2="1"><stop stop-color="#45A07B"/><stop offset=".5" stop-color="#26785A"/><stop offset="1" stop-color="#174F3B"/></linearGradient><linearGradient id="c" x2="1" y2="1"><stop stop-color="#FFFDF8"/><stop offset=".6" stop-color="#F6EDDC"/><stop offset="1" stop-color="#DCCDB0"/></linearGradient><linearGradient id="g" x2="1" y2="1"><stop stop-color="#F4DFA9"/><stop offset=".5" stop-color="#D2A556"/><stop offset="1" stop-color="#A9772B"/></linearGradient></defs>${body}</svg>`

const ground = `<path d="M34 98c-4-40 36-72 82-72 52 0 94 26 92 72-1 36-40 52-88 52S37 134 34 98z" fill="#8FB3A0" fill-opacity=".22"/>`
const shade = (x: number, y: number, halfWidth: number) =>
  `<ellipse cx="${x}" cy="${y}" rx="${halfWidth}" ry="6" fill="#10251C" fill-opacity=".2"/>`

const leaf = (x: number, y: number, height: number, color: string, stroke = 2.4) => {
  const at = (part: number) => Math.round(part * height * 10) / 10
  return `<path d="M${x} ${y - height / 2}c${at(0.38)} ${at(0.32)} ${at(0.38)} ${at(0.68)} 0 ${height}c${at(-0.38)} ${at(-0.32)} ${at(-0.38)} ${at(-0.68)} 0 ${-height}zM${x} ${y - at(0.16)}v${at(0.66)}" fill="none" stroke="${color}" stroke-width="${stroke}" stroke-linejoin="round" stroke-linecap="round"/>`
}

const sprig = (x: number, y: number, turn: number) =>
  `<g transform="translate(${x} ${y}) rotate(${turn})"><path d="M0 0c8-9 22-10 32-1-9 9-22 10-32 1z" fill="#6FB08A"/><path d="M2 0h24" stroke="#D5EBDD" stroke-opacity=".7"/></g>`

const coin = (x: number, y: number, size = 1) =>
  `<g transform="translate(${x} ${y}) scale(${size})"><circle cx="1.5" cy="2.5" r="16" fill="#8A5F22"/><circle r="16" fill="url(#g)"/><circle r="12" fill="none" stroke="#8A5F22" stroke-opacity=".55" stroke-width="1.5"/>${leaf(0, 0, 15, '#7D561D', 1.8)}</g>`

const giftBox = (x: number, y: number, size = 1) =>
  `<g transform="translate(${x} ${y}) scale(${size})"><path d="M-26-24h52v36a4 4 0 0 1-4 4h-44a4 4 0 0 1-4-4z" fill="url(#p)"/><rect x="-30" y="-36" width="60" height="15" rx="4" fill="#3E9572"/><path d="M-5-36H5v52H-5z" fill="#EBCB8B"/><path d="M0-37c-10-17-28-15-24-4 2 6 16 6 24 4zM0-37c10-17 28-15 24-4-2 6-16 6-24 4z" fill="url(#g)"/><path d="M-26-21h52v4h-52z" fill="#0D3024" fill-opacity=".25"/></g>`

const noOrders = `${ground}${shade(116, 146, 56)}<g transform="rotate(-6 108 90)"><path d="M72 34a6 6 0 0 1 6-6h60a6 6 0 0 1 6 6v108l-9-7-9 7-9-7-9 7-9-7-9 7-9-7-9 7z" fill="url(#c)"/>${leaf(108, 54, 24, '#1F6B4F')}<g stroke-linecap="round" stroke-width="4"><path d="M86 80h44M86 94h30" stroke="#DCCBA8"/><path d="M86 112h18" stroke="#D2A556"/></g></g>${giftBox(164, 130, 0.9)}${sprig(48, 138, -38)}`

const noGifts = `${ground}${shade(112, 148, 60)}${giftBox(96, 130, 1.2)}<circle cx="142" cy="82" r="36" fill="#F7FBF8" fill-opacity=".5"/><path d="M168 110l26 28" stroke="#A9772B" stroke-width="13" stroke-linecap="round"/><path d="M167 108l26 28" stroke="#DDB463" stroke-width="8" stroke-linecap="round"/><circle cx="142" cy="82" r="36" fill="none" stroke="#174F3B" stroke-width="9"/><circle cx="142" cy="82" r="36" fill="none" stroke="#3E9572" stroke-width="6"/><path d="M120 74a24 24 0 0 1 16-15" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round"/>${sprig(52, 66, -30)}`

const noEntries = `${ground}${shade(122, 148, 66)}<path d="M52 62h136v80H52z" fill="#174F3B"/><path d="M56 56q32-10 64 4 32-14 64-4v80q-32-10-64 4-32-14-64-4z" fill="url(#c)"/><path d="M120 60v80" stroke="#C4B28A" stroke-width="1.5"/><path d="M120 60q32-14 64-4v80q-32-10-64 4z" fill="#C4B28A" fill-opacity=".18"/><g fill="none" stroke="#DCCBA8" stroke-width="3.5" stroke-linecap="round"><path d="M70 78q18-4 36 2M70 94q18-4 36 2M70 110q18-4 22-2M134 80q18-6 36-2M134 96q18-6 36-2"/></g>${coin(166, 120, 1.2)}${coin(66, 42, 0.8)}${sprig(184, 52, -60)}`

const noAddresses = `${ground}${shade(120, 150, 64)}<path d="M50 84l46-14 48 14 46-14v62l-46 14-48-14-46 14z" fill="url(#c)"/><path d="M96 70l48 14v62l-48-14z" fill="#C4B28A" fill-opacity=".3"/><path d="M60 128q20-26 34-14t44 4 46-30" fill="none" stroke="#D2A556" stroke-width="3.5" stroke-dasharray="1 8" stroke-linecap="round"/><path d="M58 100l30-9M156 130l26-8" stroke="#A9C7AE" stroke-width="5" stroke-linecap="round"/><ellipse cx="122" cy="114" rx="14" ry="5" fill="#10251C" fill-opacity=".3"/><path d="M122 114s-31-27-31-51a31 31 0 1 1 62 0c0 24-31 51-31 51z" fill="url(#p)"/><circle cx="122" cy="62" r="14" fill="#FBF5E8"/>${leaf(122, 62, 19, '#1F6B4F', 2)}<path d="M100 56a23 23 0 0 1 10-16" stroke="#fff" stroke-opacity=".5" stroke-width="4" fill="none" stroke-linecap="round"/>`

const offline = `${ground}${shade(118, 140, 70)}<g fill="none" stroke-linecap="round"><path d="M28 128c30 12 26-38 52-38" stroke="#174F3B" stroke-width="9"/><path d="M28 127c30 12 26-38 52-38" stroke="#3E9572" stroke-width="4.5"/><path d="M212 56c-30-10-22 34-50 34" stroke="#8A5F22" stroke-width="9"/><path d="M212 55c-30-10-22 34-50 34" stroke="#EBCB8B" stroke-width="4.5"/></g><rect x="68" y="68" width="36" height="44" rx="10" fill="url(#p)"/><path d="M104 79h13M104 101h13" stroke="#C9CFCB" stroke-width="7" stroke-linecap="round"/><path d="M104 77.5h12M104 99.5h12" stroke="#fff" stroke-width="2" stroke-linecap="round"/><path d="M76 78v20" stroke="#fff" stroke-opacity=".4" stroke-width="4" stroke-linecap="round"/><rect x="136" y="68" width="36" height="44" rx="10" fill="url(#c)"/><path d="M141 79h8M141 101h8" stroke="#A58F68" stroke-width="7" stroke-linecap="round"/>${leaf(160, 90, 18, '#1F6B4F', 2)}<path d="M127 52V40M114 56l-7-9M140 56l7-9" stroke="#D2A556" stroke-width="5" stroke-linecap="round"/>`

const signedOut = `${ground}${shade(122, 146, 66)}<rect x="60" y="40" width="112" height="76" rx="12" transform="rotate(8 116 78)" fill="url(#g)"/><g transform="rotate(-6 112 92)"><rect x="48" y="54" width="128" height="84" rx="12" fill="url(#p)"/><path d="M60 60h84" stroke="#fff" stroke-opacity=".4" stroke-width="3" stroke-linecap="round"/><circle cx="80" cy="88" r="12" fill="#F4EBD8"/><path d="M58 120c2-24 42-24 44 0z" fill="#F4EBD8"/><g stroke="#F4EBD8" stroke-width="4" stroke-linecap="round"><path d="M118 84h40" /><path d="M118 98h26" stroke-opacity=".6"/></g></g><circle cx="176" cy="124" r="23" fill="#FBF5E8"/><circle cx="176" cy="124" r="23" fill="none" stroke="#DCCBA8" stroke-width="2"/><path d="M169 122v-5a7 7 0 0 1 14 0v5" fill="none" stroke="#A9772B" stroke-width="4"/><rect x="165" y="121" width="22" height="16" rx="4" fill="url(#g)"/>`

const successGround = `<circle cx="120" cy="90" r="70" fill="#8FB3A0" fill-opacity=".2"/><circle cx="123" cy="95" r="50" fill="#0D3024" fill-opacity=".25"/><circle cx="120" cy="90" r="50" fill="url(#p)"/><path d="M82 78a42 42 0 0 1 24-26" fill="none" stroke="#fff" stroke-opacity=".4" stroke-width="5" stroke-linecap="round"/>${sprig(40, 62, -28)}${sprig(174, 40, -52)}${sprig(180, 132, 24)}<g fill="#D2A556"><circle cx="58" cy="34" r="5"/><circle cx="198" cy="88" r="5"/><circle cx="46" cy="124" r="4"/><circle cx="150" cy="20" r="3.5"/></g><circle cx="76" cy="160" r="4" fill="#D98B66"/><circle cx="204" cy="60" r="3.5" fill="#D98B66"/>`
const successTick = `<path d="M97 91l16 17 31-36" fill="none" stroke="#0D3024" stroke-opacity=".3" stroke-width="10" stroke-linecap="round" stroke-linejoin="round" transform="translate(1 3)"/><path d="M97 91l16 17 31-36" fill="none" stroke="#FFFDF8" stroke-width="10" stroke-linecap="round" stroke-linejoin="round"/>`

const nothingHandedOver = `${ground}<path d="M32 128h176v10a6 6 0 0 1-6 6H38a6 6 0 0 1-6-6z" fill="#A9743F"/><rect x="26" y="118" width="188" height="13" rx="5" fill="#D9B07A"/><path d="M34 121h150" stroke="#fff" stroke-opacity=".45" stroke-width="2" stroke-linecap="round"/>${shade(112, 118, 46)}<rect x="66" y="108" width="92" height="10" rx="5" fill="#174F3B"/><path d="M74 108c0-54 76-54 76 0z" fill="url(#g)"/><path d="M84 98c2-16 10-24 20-27" fill="none" stroke="#fff" stroke-opacity=".75" stroke-width="5" stroke-linecap="round"/><rect x="108" y="56" width="8" height="13" fill="#A9772B"/><rect x="103" y="50" width="18" height="9" rx="4.5" fill="url(#g)"/><g stroke="#6FB08A" stroke-width="5" stroke-linecap="round"><path d="M70 58l-8-8M112 36V26M154 58l8-8"/></g><path d="M178 96h20l-3 22h-14z" fill="#D98B66"/><path d="M188 96c-2-12 0-20 2-26" stroke="#3E8C6C" stroke-width="3" fill="none"/>${sprig(189, 84, -34)}${sprig(189, 92, -150)}`

const soldOut = `${ground}${shade(120, 150, 64)}<path d="M62 84l58-18 58 18-58 20z" fill="#8A5F34"/><path d="M62 84v46l58 20v-46z" fill="#D9B07A"/><path d="M178 84v46l-58 20v-46z" fill="#B98A53"/><path d="M62 84l-20 22 58 20 20-22z" fill="#EBCB9B"/><path d="M178 84l20 22-58 20-20-22z" fill="#CFA068"/><path d="M62 84l58-18 58 18-58 16z" fill="#4A331B" fill-opacity=".5"/><g transform="rotate(12 160 54)">${leaf(140, 44, 32, '#4FA07F', 3.2)}</g><path d="M112 22c-16 8 10 16-4 26" fill="none" stroke="#8FB3A0" stroke-width="3" stroke-dasharray="1 7" stroke-linecap="round"/><circle cx="92" cy="118" r="10" fill="#FBF5E8"/>${leaf(92, 118, 13, '#1F6B4F', 1.6)}`

export const illustrations = {
  'no-orders': document(noOrders),
  'no-gifts': document(noGifts),
  'no-entries': document(noEntries),
  'no-addresses': document(noAddresses),
  offline: document(offline),
  'signed-out': document(signedOut),
  success: document(successGround + successTick),
  'nothing-handed-over': document(nothingHandedOver),
  'sold-out': document(soldOut),
} as const

export type IllustrationName = keyof typeof illustrations

/** The success picture in two layers: CSS cannot reach inside a data-URI, so the tick is wiped in as a layer of its own. */
export const successLayers = { ground: document(successGround), tick: document(successTick) } as const

export const illustrationRatio = 180 / 240
