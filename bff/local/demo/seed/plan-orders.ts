import type { HandOver } from '#shared/domain/enums'
import type { WorldGift } from '../world/gift'
import { gifts } from '../world/gifts'
import { members, type WorldMember } from '../world/members'
import { type ShopSlug, shops } from '../world/shops'
import { type OrderStory, type StoryStep, stories } from '../world/stories'
import { staff } from '../world/team'
import type { HistoryEvent } from './history'
import type { Random } from './random'

const historyDays = 45
const yesterday = -1

/** Who is left out of the background: whose orders are all written down, and who has only just come. */
const isBusy = ({ id, joinedDaysAgo }: WorldMember) => id === 'xiaoman' || joinedDaysAgo < 7

const clock = (hours: number, minutes = 0) => hours * 60 + minutes

/** Every order of the history: those with a story and those of the background. */
export const planOrders = (random: Random): HistoryEvent[] =>
  [...stories, ...gifts.flatMap((gift) => planRedemptions(random, gift))].flatMap((story, index) =>
    tellStory(random, story, `order-${index + 1}`),
  )

/** As many different members redeem a gift as its `redemptions` says, each on a day it was there. */
function planRedemptions(random: Random, gift: WorldGift): OrderStory[] {
  const addedOn = -(gift.addedDaysAgo ?? historyDays)
  const taken = new Set(stories.filter((story) => story.gift === gift.slug).map(({ memberId }) => memberId))
  const others = members.filter((member) => !isBusy(member) && !taken.has(member.id))
  return random
    .shuffle(others)
    .slice(0, gift.redemptions)
    .map((member) => {
      const day = random.between(Math.max(addedOn, -member.joinedDaysAgo) + 1, yesterday)
      const skus = gift.skus?.map(({ name }) => name) ?? []
      const sku = skus[random.between(0, Math.max(0, skus.length - 1))]
      const steps = planSteps[gift.handOver](random, gift, day)
      return { memberId: member.id, gift: gift.slug, sku, day, steps }
    })
}

const planSteps: Record<HandOver, (random: Random, gift: WorldGift, day: number) => StoryStep[]> = {
  delivery: (random, _gift, day) => planDelivery(random, day),
  pickup: planPickUp,
  virtual: () => [{ kind: 'see-codes', afterDays: 0 }],
}

const carriers = ['顺丰速运', '中通快递', '京东快递'] as const

function planDelivery(random: Random, day: number): StoryStep[] {
  const shipAfter = random.between(1, 2)
  const ship: StoryStep = {
    kind: 'ship',
    afterDays: shipAfter,
    carrier: random.pick(carriers),
    trackingNumber: `73${random.between(10_000_000, 99_999_999)}${random.between(100, 999)}`,
  }
  const confirm: StoryStep = { kind: 'confirm', afterDays: shipAfter + random.between(2, 5) }
  return [ship, confirm].filter(({ afterDays }) => day + afterDays <= yesterday)
}

function planPickUp(random: Random, gift: WorldGift, day: number): StoryStep[] {
  const has = (shop: ShopSlug) =>
    gift.stockByShop ? (gift.stockByShop[shop] ?? 0) > 0 : (gift.shops?.includes(shop) ?? true)
  const able = staff.filter(({ shop }) => has(shop))
  const [first, ...others] = able.map(({ openid }) => openid)
  const afterDays = random.between(0, 4)
  if (!first || day + afterDays > yesterday) return []
  return [{ kind: 'hand-over', afterDays, staff: random.pick([first, ...others]) }]
}

/** Where a gift with stock per shop is collected: at who hands it over, or else in the first shop that has it. */
function shopOf(slug: OrderStory['gift'], steps: OrderStory['steps']): ShopSlug | undefined {
  const stocks = gifts.find((gift) => gift.slug === slug)?.stockByShop
  if (!stocks) return undefined
  const handOver = steps.find((step) => step.kind === 'hand-over')
  const person = staff.find(({ openid }) => openid === handOver?.staff)
  return person?.shop ?? shops.find((shop) => (stocks[shop.slug] ?? 0) > 0)?.slug
}

function tellStory(
  random: Random,
  { memberId, gift, sku, day, steps }: OrderStory,
  order: string,
): HistoryEvent[] {
  const minute = random.between(clock(9, 30), clock(20))
  return [
    { kind: 'order', memberId, day, minute, order, gift, sku, shop: shopOf(gift, steps) },
    ...steps.map((step): HistoryEvent => {
      const isSameDay = step.afterDays === 0
      const stepMinute = isSameDay ? minute + random.between(20, 90) : random.between(clock(10), clock(21))
      return { kind: 'step', memberId, day: day + step.afterDays, minute: stepMinute, order, step }
    }),
  ]
}
