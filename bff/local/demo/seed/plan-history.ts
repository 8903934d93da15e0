import type { Tier } from '#shared/domain/enums'
import { gifts } from '../world/gifts'
import { members, type WorldMember, xiaomanAvailablePoints } from '../world/members'
import { shops } from '../world/shops'
import { xiaomanCheckIns } from '../world/stories'
import { type HistoryEvent, inOrder } from './history'
import { planOrders } from './plan-orders'
import { createRandom, type Random } from './random'

const seed = 20_260_509
const yesterday = -1
const evening = 21 * 60 + 40

/** All that happened before today, oldest first; the same every time. */
export function planHistory(): HistoryEvent[] {
  const random = createRandom(seed)
  const orders = planOrders(random)
  const added = gifts.flatMap(({ slug, addedDaysAgo }): HistoryEvent[] =>
    addedDaysAgo === undefined
      ? []
      : [{ kind: 'put-on-sale', memberId: null, day: -addedDaysAgo, minute: 9 * 60, gift: slug }],
  )
  const lives = members.flatMap((member) => planLife(random, member, orders))
  return inOrder([...added, ...lives, ...orders])
}

function planLife(random: Random, member: WorldMember, orders: readonly HistoryEvent[]): HistoryEvent[] {
  const { id: memberId, joinedDaysAgo } = member
  const own = orders.filter((event) => event.memberId === memberId)
  const purchases = memberId === 'yuanyuan' ? [] : planPurchases(random, member)
  const missing = missingPoints([...purchases, ...own])
  const joinMinute = random.between(8 * 60, 9 * 60)
  const join: HistoryEvent = { kind: 'join', memberId, day: -joinedDaysAgo, minute: joinMinute }
  const life = [
    join,
    ...planTransfer(random, member, join, missing),
    ...purchases,
    ...planCheckIns(random, member),
  ]
  if (memberId !== 'xiaoman') return life
  const reason = purchaseReason(shops[0].name)
  const available = xiaomanAvailablePoints
  return [...life, { kind: 'adjust-to', memberId, day: yesterday, minute: evening, available, reason }]
}

const purchaseReason = (shopName: string) => `门店消费补记 · ${shopName}`

const spendingByTier: Record<Tier, number> = {
  regular: 1,
  silver: 1.3,
  gold: 1.6,
  platinum: 2,
  diamond: 2.6,
}

/** Purchases every few days, entered by hand while shop systems do not send them yet. */
function planPurchases(random: Random, { id: memberId, joinedDaysAgo, tier }: WorldMember): HistoryEvent[] {
  const events: HistoryEvent[] = []
  for (let day = -joinedDaysAgo + 1; day <= yesterday; day += random.between(4, 8)) {
    const change = Math.round(random.between(48, 260) * spendingByTier[tier])
    const minute = random.between(11 * 60, 21 * 60)
    const reason = purchaseReason(random.pick<{ name: string }>(shops).name)
    events.push({ kind: 'adjust', memberId, day, minute, change, reason })
  }
  return events
}

/** How far back the check-ins of the background go: what came before, nobody looks at. */
const backgroundCheckInDays = 24

/** The main member's days are written down; the others check in as they are. */
function planCheckIns(random: Random, { id: memberId, joinedDaysAgo, checkInChance }: WorldMember) {
  const events: HistoryEvent[] = []
  const isMain = memberId === 'xiaoman'
  const days = isMain ? joinedDaysAgo : Math.min(joinedDaysAgo, backgroundCheckInDays)
  for (let day = -days + 1; day <= yesterday; day += 1) {
    const comes = isMain
      ? xiaomanCheckIns.some(([from, to]) => from <= day && day <= to)
      : random.next() < checkInChance
    const minute = isMain ? random.between(7 * 60 + 30, 9 * 60) : random.between(7 * 60, 20 * 60)
    if (comes) events.push({ kind: 'check-in', memberId, day, minute })
  }
  return events
}

const pricePoints = new Map(gifts.map((gift) => [gift.slug, gift.pricePoints]))

/** What a member's balance would lack at its lowest, were there no other income. */
function missingPoints(events: readonly HistoryEvent[]): number {
  let balance = 0
  let lowest = 0
  for (const event of inOrder(events)) {
    if (event.kind === 'adjust') balance += event.change
    if (event.kind === 'order') balance -= pricePoints.get(event.gift) ?? 0
    lowest = Math.min(lowest, balance)
  }
  return -lowest
}

/** The points a member brought along from the shop's old cards: enough for what is to come, and some more. */
function planTransfer(
  random: Random,
  member: WorldMember,
  join: HistoryEvent,
  missing: number,
): HistoryEvent[] {
  if (member.id === 'yuanyuan') return []
  const extra =
    member.id === 'xiaoman' ? 10_200 : Math.round(random.between(4, 16) * spendingByTier[member.tier]) * 100
  const change = Math.ceil(missing / 100) * 100 + extra
  const { memberId, day, minute } = join
  return [{ kind: 'adjust', memberId, day, minute: minute + 10, change, reason: '旧会员卡积分转入' }]
}
