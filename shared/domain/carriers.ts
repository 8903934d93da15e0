/** Carriers 快递公司 that tracking knows by a code. `OTHER` stands for every one that is not named here. */
export const carrierCodes = ['SF', 'ZTO', 'YTO', 'YUNDA', 'STO', 'JD', 'EMS', 'JTEXPRESS', 'OTHER'] as const
export type CarrierCode = (typeof carrierCodes)[number]

export interface Carrier {
  code: CarrierCode
  name: string
  /** Other ways people write its name. */
  aliases: readonly string[]
  /** What its tracking numbers look like. Carriers change this at will, so a number that differs is only remarked upon. */
  pattern: RegExp
}

/** What every tracking number must be, whoever carries it. */
export const trackingNumberPattern = /^[A-Za-z0-9-]{4,40}$/

export const carriers: readonly Carrier[] = [
  { code: 'SF', name: '顺丰速运', aliases: ['顺丰', '顺丰快递'], pattern: /^(SF)?\d{10,15}$/ },
  { code: 'ZTO', name: '中通快递', aliases: ['中通'], pattern: /^(ZTO)?\d{10,15}$/ },
  { code: 'YTO', name: '圆通速递', aliases: ['圆通', '圆通快递'], pattern: /^(YT|[A-Z])?\d{10,18}$/ },
  { code: 'YUNDA', name: '韵达快递', aliases: ['韵达', '韵达速递'], pattern: /^(YD)?\d{13,15}$/ },
  { code: 'STO', name: '申通快递', aliases: ['申通'], pattern: /^(STO)?\d{12,15}$/ },
  { code: 'JD', name: '京东快递', aliases: ['京东', '京东物流'], pattern: /^JD[A-Z0-9]{10,18}(-\d+)*-?$/ },
  {
    code: 'EMS',
    name: '中国邮政 EMS',
    aliases: ['邮政', '中国邮政', 'EMS'],
    pattern: /^([A-Z]{2}\d{9}[A-Z]{2}|\d{13})$/,
  },
  {
    code: 'JTEXPRESS',
    name: '极兔速递',
    aliases: ['极兔', '极兔快递', 'J&T'],
    pattern: /^(JT|UT)?\d{10,15}$/,
  },
  { code: 'OTHER', name: '其他', aliases: ['其它'], pattern: trackingNumberPattern },
]

const byWord = new Map(
  carriers.flatMap((carrier) =>
    [carrier.code, carrier.name, ...carrier.aliases].map((word) => [wordOf(word), carrier] as const),
  ),
)

function wordOf(text: string): string {
  return text.replace(/\s/g, '').toUpperCase()
}

const other = carriers[carriers.length - 1] as Carrier

/** The carrier people mean by a code or a name, and how it is shown: an unknown one is `OTHER` under its own name. */
export function carrierOf(text: string): { carrier: Carrier; name: string } {
  const word = wordOf(text)
  const carrier = byWord.get(word) ?? other
  return { carrier, name: word === carrier.code ? carrier.name : text.trim() }
}

/** Tracking numbers are the same whatever their case. */
export const normalTrackingNumber = (text: string): string => text.trim().toUpperCase()

/** How a parcel moves 物流状态, as carriers report it. */
export const trackingStatuses = [
  'collected',
  'in_transit',
  'out_for_delivery',
  'delivered',
  'exception',
  'returned',
] as const
export type TrackingStatus = (typeof trackingStatuses)[number]
