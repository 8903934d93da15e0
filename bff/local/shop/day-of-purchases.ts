import type { BodyOf } from '#shared/contracts/index'
import { createRandom, type Random } from '../demo/seed/random'

export type Purchase = BodyOf<'POST /api/open/purchases'>
export type Refund = BodyOf<'POST /api/open/refunds'>

/** Something a till tells, in the order in which it tells it. */
export type Told = { purchase: Purchase } | { refund: Refund }

export interface DayOptions {
  /** The same seed gives the same day. */
  seed: number
  purchases: number
  storeIds: readonly string[]
  memberIds: readonly string[]
  /** When the shops open, and until when they have sold so far. */
  from: Date
  until: Date
}

/** What a coffee chain sells: a group as its system names it, and the price in fen. */
const goods = [
  { group: 'coffee', fen: 2_200, weight: 30 },
  { group: 'coffee', fen: 3_200, weight: 34 },
  { group: 'tea', fen: 2_800, weight: 16 },
  { group: 'bakery', fen: 1_600, weight: 22 },
  { group: 'bakery', fen: 3_800, weight: 9 },
  { group: 'beans', fen: 9_800, weight: 5 },
  { group: 'home', fen: 12_800, weight: 3 },
  { group: 'gift-card', fen: 20_000, weight: 1 },
] as const

/** Each of the goods as often as it sells. */
const shelf = goods.flatMap((one) => Array.from({ length: one.weight }, () => one))

/** Customers an hour, of a working day: a morning, a lunch and an evening peak. */
const customersByHour = [0, 0, 0, 0, 0, 0, 1, 4, 9, 8, 6, 7, 10, 8, 6, 6, 7, 8, 8, 6, 4, 2, 1, 0]

/**
 * A believable day of purchases: more at peak hours, a few who come often, small baskets of whole prices, one line in seven
 * discounted, one purchase in twenty refunded, one thing in thirty told twice, and here and there a refund that
 * overtakes its purchase.
 */
export function dayOfPurchases(options: DayOptions): Told[] {
  const random = createRandom(options.seed)
  const times = Array.from({ length: options.purchases }, () => timeOf(random, options)).sort(
    (a, b) => a.getTime() - b.getTime(),
  )
  return times.flatMap((occurredAt, nth) => {
    const purchase = purchaseAt(random, options, occurredAt, nth + 1)
    const refund = random.next() < 0.05 ? refundOf(random, purchase) : null
    const told: Told[] = [{ purchase }, ...(refund ? [{ refund }] : [])]
    const inOrder = random.next() < 0.1 ? told.reverse() : told
    return random.next() < 0.033 ? [...inOrder, ...inOrder] : inOrder
  })
}

function purchaseAt(random: Random, options: DayOptions, occurredAt: Date, nth: number): Purchase {
  const store = chosen(random, options.storeIds)
  // Some come every day, most once in a while.
  const member = options.memberIds[Math.floor(random.next() ** 2 * options.memberIds.length)]
  if (!member) throw new Error('there are no members')
  const lines = Array.from({ length: random.between(1, 4) }, (_, i) => lineOf(random, i + 1))
  return {
    purchaseNumber: `S${options.seed}-${nth}`,
    member: { id: member },
    storeId: store,
    occurredAt: occurredAt.toISOString(),
    lines,
  }
}

function lineOf(random: Random, nth: number): Purchase['lines'][number] {
  const { group, fen } = shelf[random.between(0, shelf.length - 1)] ?? goods[0]
  const isDiscounted = random.next() < 1 / 7
  return {
    lineId: String(nth),
    productGroup: group,
    paidFen: isDiscounted ? Math.round(fen * 0.8) : fen,
    isDiscounted,
  }
}

/** Half of the refunds are of everything, the others of one line. */
function refundOf(random: Random, { purchaseNumber, lines }: Purchase): Refund {
  const [first] = lines
  const ofOneLine = random.next() < 0.5 && first ? [{ lineId: first.lineId, fen: first.paidFen }] : null
  return { refundNumber: `${purchaseNumber}-R`, purchaseNumber, lines: ofOneLine }
}

function timeOf(random: Random, { from, until }: DayOptions): Date {
  const busiest = Math.max(...customersByHour)
  for (;;) {
    const at = new Date(from.getTime() + random.next() * (until.getTime() - from.getTime()))
    const hourInShanghai = (at.getUTCHours() + 8) % 24
    // At least a little: the day so far may have no opening hour in it.
    if (random.next() * busiest < Math.max(0.2, customersByHour[hourInShanghai] ?? 0)) return at
  }
}

function chosen(random: Random, ids: readonly string[]): string {
  const id = ids[random.between(0, ids.length - 1)]
  if (!id) throw new Error('there are no shops')
  return id
}
