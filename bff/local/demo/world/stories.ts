import type { GiftSlug } from '../pictures/catalogue'
import type { StaffOpenid } from './team'

/** What happens to an order `afterDays` its placing. */
export type StoryStep = { afterDays: number } & (
  | { kind: 'ship'; carrier: string; trackingNumber: string }
  | { kind: 'confirm' }
  | { kind: 'cancel' }
  | { kind: 'approve' }
  | { kind: 'reject'; reason: string }
  | { kind: 'hand-over'; staff: StaffOpenid }
  | { kind: 'see-codes' }
)

/** One order and all that becomes of it. Days are counted from today: -1 is yesterday. */
export interface OrderStory {
  memberId: string
  gift: GiftSlug
  sku?: string
  day: number
  steps: readonly StoryStep[]
}

const shipped = (afterDays: number, trackingNumber: string): StoryStep => ({
  kind: 'ship',
  afterDays,
  carrier: '顺丰速运',
  trackingNumber,
})

/** Orders that show each state there is, and those of the main member. */
export const stories: readonly OrderStory[] = [
  {
    memberId: 'xiaoman',
    gift: 'canvas-tote',
    sku: '松绿',
    day: -38,
    steps: [shipped(1, 'SF1390027716501'), { kind: 'confirm', afterDays: 4 }],
  },
  {
    memberId: 'xiaoman',
    gift: 'ceramic-mug',
    day: -24,
    steps: [{ kind: 'hand-over', afterDays: 2, staff: 'staff-1' }],
  },
  { memberId: 'xiaoman', gift: 'coffee-beans', day: -16, steps: [{ kind: 'cancel', afterDays: 1 }] },
  { memberId: 'xiaoman', gift: 'travel-flask', day: -3, steps: [shipped(1, 'SF1390027718842')] },
  { memberId: 'xiaoman', gift: 'drink-voucher-20', day: -1, steps: [] },
  { memberId: 'xiaoman', gift: 'e-gift-card-50', day: -2, steps: [] },
  { memberId: 'ashu', gift: 'desk-lamp', day: -2, steps: [shipped(1, 'SF1390027719355')] },
  { memberId: 'zhouye', gift: 'wireless-earbuds', day: -1, steps: [] },
  {
    memberId: 'tangtang',
    gift: 'wireless-earbuds',
    day: -20,
    steps: [{ kind: 'reject', afterDays: 1, reason: '收货地址超出配送范围，换一个地址可以再兑换' }],
  },
  {
    memberId: 'luo',
    gift: 'wireless-earbuds',
    day: -14,
    steps: [
      { kind: 'approve', afterDays: 1 },
      shipped(2, 'SF1390027714090'),
      { kind: 'confirm', afterDays: 5 },
    ],
  },
  { memberId: 'laogu', gift: 'mountain-oolong', day: -30, steps: [] },
  { memberId: 'chaye', gift: 'soap-set', day: -12, steps: [{ kind: 'cancel', afterDays: 1 }] },
  { memberId: 'dou', gift: 'power-bank', day: -1, steps: [] },
]

/**
 * The days on which the main member checked in, as ranges; today is left for whoever tries the demo. The 30 days in a row
 * brought a make-up card, and later days are missing to spend it on.
 */
export const xiaomanCheckIns: readonly (readonly [from: number, to: number])[] = [
  [-43, -14],
  [-12, -11],
  [-9, -7],
  [-5, -1],
]
