import type { Effect, RuleTerms } from '#bff/features/earning/earning-rule.model'
import {
  type Basics,
  evaluate,
  type PurchaseFacts,
  type VersionedTerms,
} from '#bff/features/earning/evaluate'
import type { AccountKind, Tier } from '#shared/domain/enums'

/** Worked examples of what a purchase earns: each says what was bought, by whom, under which rules, and why so much. */

const basics: Basics = {
  ratePercent: 100,
  tierPercent: { regular: 100, silver: 120, gold: 150, platinum: 180, diamond: 200 },
  capPerPurchase: { personal: 500, merchant: 2_000, head_office: 5_000 },
}

interface Buyer {
  tier?: Tier
  accountKind?: AccountKind
  groups?: string[]
  birthday?: string
  storeId?: string
  /** In Shanghai; a Saturday when left out. */
  businessDate?: string
}

type Line = { yuan: number; group?: string; discounted?: boolean }

const bought = (lines: Line[], buyer: Buyer = {}): PurchaseFacts => {
  const businessDate = buyer.businessDate ?? '2026-08-01'
  return {
    lines: lines.map(({ yuan, group, discounted }) => ({
      paidFen: Math.round(yuan * 100),
      productGroup: group ?? null,
      isDiscounted: discounted ?? false,
    })),
    storeId: buyer.storeId ?? null,
    occurredAt: new Date(`${businessDate}T12:00:00+08:00`),
    businessDate,
    tier: buyer.tier ?? 'regular',
    groups: buyer.groups ?? [],
    birthday: buyer.birthday ?? null,
    accountKind: buyer.accountKind ?? 'personal',
  }
}

const rule = (
  id: string,
  effect: Effect,
  conditions: Partial<RuleTerms['conditions']> = {},
  more: { priority?: number; caps?: Partial<RuleTerms['caps']> } = {},
): VersionedTerms => ({
  id,
  name: id,
  effect,
  conditions: {
    ...{ startsAt: null, endsAt: null, weekdays: [], tiers: [], groups: [], birthday: null },
    ...{ storeIds: [], productGroups: [], discountedOnly: false },
    ...conditions,
  },
  caps: {
    ...{ perPurchase: null, perDay: null, perMonth: null, perMember: null, budget: null },
    ...more.caps,
  },
  expiry: null,
  priority: more.priority ?? 100,
})

const times = (percent: number, stacks = true): Effect => ({ kind: 'multiply', percent, stacks })

interface Example {
  why: string
  facts: PurchaseFacts
  rules?: VersionedTerms[]
  points: number
  /** What each rule adds, zeros left out. */
  shares: Record<string, number>
  cut?: number
}

const examples: Example[] = [
  // The basic rate.
  { why: '1 yuan is 1 point', facts: bought([{ yuan: 1 }]), points: 1, shares: { basic: 1 } },
  { why: '99 fen are none', facts: bought([{ yuan: 0.99 }]), points: 0, shares: {} },
  {
    why: 'what is over a yuan is dropped',
    facts: bought([{ yuan: 88.8 }]),
    points: 88,
    shares: { basic: 88 },
  },
  {
    why: 'lines are added before rounding: 0.50 and 0.50 make a point',
    facts: bought([{ yuan: 0.5 }, { yuan: 0.5 }]),
    points: 1,
    shares: { basic: 1 },
  },
  {
    why: 'nothing paid, nothing earned',
    facts: bought([{ yuan: 0 }], { tier: 'diamond' }),
    points: 0,
    shares: {},
  },
  // Tiers: regular 1, silver 1.2, gold 1.5, platinum 1.8, diamond 2.
  { why: 'regular: once', facts: bought([{ yuan: 100 }]), points: 100, shares: { basic: 100 } },
  {
    why: 'silver: 1.2 times',
    facts: bought([{ yuan: 100 }], { tier: 'silver' }),
    points: 120,
    shares: { basic: 100, tier: 20 },
  },
  {
    why: 'gold: 1.5 times',
    facts: bought([{ yuan: 100 }], { tier: 'gold' }),
    points: 150,
    shares: { basic: 100, tier: 50 },
  },
  {
    why: 'platinum: 1.8 times',
    facts: bought([{ yuan: 100 }], { tier: 'platinum' }),
    points: 180,
    shares: { basic: 100, tier: 80 },
  },
  {
    why: 'diamond: twice',
    facts: bought([{ yuan: 100 }], { tier: 'diamond' }),
    points: 200,
    shares: { basic: 100, tier: 100 },
  },
  {
    why: 'rounded once, at the end: 1.99 × 1.5 is 2.985, so 2, and not 1 × 1.5',
    facts: bought([{ yuan: 1.99 }], { tier: 'gold' }),
    points: 2,
    shares: { basic: 1, tier: 1 },
  },
  {
    why: 'no floating point: 1.1 × 1.2 × 100 yuan is 132 and nothing less',
    facts: bought([{ yuan: 100 }], { tier: 'silver' }),
    rules: [rule('加一成', times(110))],
    points: 132,
    shares: { basic: 100, tier: 20, 加一成: 12 },
  },
  // Discounted goods.
  {
    why: 'discounted goods earn double, the others do not',
    facts: bought([{ yuan: 30, discounted: true }, { yuan: 50 }]),
    rules: [rule('折扣双倍', times(200), { discountedOnly: true })],
    points: 110,
    shares: { basic: 80, 折扣双倍: 30 },
  },
  {
    why: 'discounted, gold and double: 30 × 1.5 × 2 + 50 × 1.5',
    facts: bought([{ yuan: 30, discounted: true }, { yuan: 50 }], { tier: 'gold' }),
    rules: [rule('折扣双倍', times(200), { discountedOnly: true })],
    points: 165,
    shares: { basic: 80, tier: 40, 折扣双倍: 45 },
  },
  // Stacking and best-wins.
  {
    why: 'two that stack multiply: 100 × 2 × 3',
    facts: bought([{ yuan: 80 }]),
    rules: [rule('甲', times(200), {}, { priority: 200 }), rule('乙', times(300))],
    points: 480,
    shares: { basic: 80, 甲: 80, 乙: 320 },
  },
  {
    why: 'of two that do not stack only the higher counts: 80 × 3',
    facts: bought([{ yuan: 80 }]),
    rules: [rule('甲', times(200, false)), rule('乙', times(300, false))],
    points: 240,
    shares: { basic: 80, 乙: 160 },
  },
  {
    why: 'the higher of those that do not stack, times one that does: 50 × 3 × 2',
    facts: bought([{ yuan: 50 }]),
    rules: [
      rule('甲', times(200, false)),
      rule('乙', times(300, false)),
      rule('丙', times(200), {}, { priority: 1 }),
    ],
    points: 300,
    shares: { basic: 50, 乙: 100, 丙: 150 },
  },
  {
    why: 'best-wins goes line by line: tea has 3, the rest 2',
    facts: bought([{ yuan: 10, group: 'tea' }, { yuan: 20 }]),
    rules: [rule('节日', times(200, false)), rule('新品', times(300, false), { productGroups: ['tea'] })],
    points: 70,
    shares: { basic: 30, 节日: 20, 新品: 20 },
  },
  // Rates of product groups.
  {
    why: 'gift cards earn nothing',
    facts: bought([{ yuan: 100, group: 'gift-card' }, { yuan: 20 }]),
    rules: [rule('不积分', { kind: 'rate', percent: 0 }, { productGroups: ['gift-card'] })],
    points: 20,
    shares: { basic: 20 },
  },
  {
    why: 'coffee beans earn half a point a yuan, and half a point is dropped',
    facts: bought([{ yuan: 61, group: 'beans' }]),
    rules: [rule('半分', { kind: 'rate', percent: 50 }, { productGroups: ['beans'] })],
    points: 30,
    shares: { 半分: 30 },
  },
  {
    why: 'of two rates the higher priority counts',
    facts: bought([{ yuan: 10, group: 'beans' }]),
    rules: [
      rule('半分', { kind: 'rate', percent: 50 }),
      rule('三倍分', { kind: 'rate', percent: 300 }, { productGroups: ['beans'] }, { priority: 200 }),
    ],
    points: 30,
    shares: { 三倍分: 30 },
  },
  // Bonuses.
  {
    why: 'spend 100, get 50 on top, not multiplied by the tier',
    facts: bought([{ yuan: 100 }], { tier: 'gold' }),
    rules: [rule('满百送五十', { kind: 'bonus', points: 50, minimumPaidFen: 10_000 })],
    points: 200,
    shares: { basic: 100, tier: 50, 满百送五十: 50 },
  },
  {
    why: 'a fen short of 100 gets no bonus',
    facts: bought([{ yuan: 99.99 }]),
    rules: [rule('满百送五十', { kind: 'bonus', points: 50, minimumPaidFen: 10_000 })],
    points: 99,
    shares: { basic: 99 },
  },
  {
    why: 'only the goods of the rule count towards its minimum',
    facts: bought([{ yuan: 90 }, { yuan: 90, group: 'tea' }]),
    rules: [
      rule('茶满百', { kind: 'bonus', points: 50, minimumPaidFen: 10_000 }, { productGroups: ['tea'] }),
    ],
    points: 180,
    shares: { basic: 180 },
  },
  // Caps per purchase: personal 500, merchant 2,000, head office 5,000.
  {
    why: 'a person gets at most 500 a purchase',
    facts: bought([{ yuan: 800 }]),
    points: 500,
    shares: { basic: 500 },
    cut: 300,
  },
  {
    why: 'a merchant 2,000',
    facts: bought([{ yuan: 2_345 }], { accountKind: 'merchant' }),
    points: 2_000,
    shares: { basic: 2_000 },
    cut: 345,
  },
  {
    why: 'a head office 5,000',
    facts: bought([{ yuan: 5_000.99 }], { accountKind: 'head_office' }),
    points: 5_000,
    shares: { basic: 5_000 },
  },
  {
    why: 'the cap comes after the multiples, and cuts what was added last',
    facts: bought([{ yuan: 300 }], { tier: 'diamond' }),
    points: 500,
    shares: { basic: 300, tier: 200 },
    cut: 100,
  },
  {
    why: 'a cap of a rule cuts only that rule',
    facts: bought([{ yuan: 100 }]),
    rules: [rule('三倍', times(300), {}, { caps: { perPurchase: 60 } })],
    points: 160,
    shares: { basic: 100, 三倍: 60 },
    cut: 140,
  },
  // Whom and when.
  {
    why: 'double for gold members in two shops on Saturday',
    facts: bought([{ yuan: 100 }], { tier: 'gold', storeId: 'jingan' }),
    rules: [rule('周六双倍', times(200), { tiers: ['gold'], storeIds: ['jingan', 'xuhui'], weekdays: [6] })],
    points: 300,
    shares: { basic: 100, tier: 50, 周六双倍: 150 },
  },
  ...[
    { why: 'not in a third shop', buyer: { tier: 'gold' as const, storeId: 'pudong' }, points: 150 },
    { why: 'not for silver', buyer: { tier: 'silver' as const, storeId: 'jingan' }, points: 120 },
    {
      why: 'not on Sunday',
      buyer: { tier: 'gold' as const, storeId: 'jingan', businessDate: '2026-08-02' },
      points: 150,
    },
    { why: 'not without a shop', buyer: { tier: 'gold' as const }, points: 150 },
  ].map(({ why, buyer, points }) => ({
    why,
    facts: bought([{ yuan: 100 }], buyer),
    rules: [rule('周六双倍', times(200), { tiers: ['gold'], storeIds: ['jingan', 'xuhui'], weekdays: [6] })],
    points,
    shares: { basic: 100, tier: points - 100 },
  })),
  {
    why: 'double on the birthday',
    facts: bought([{ yuan: 10 }], { birthday: '08-01' }),
    rules: [rule('生日双倍', times(200), { birthday: 'day' })],
    points: 20,
    shares: { basic: 10, 生日双倍: 10 },
  },
  {
    why: 'who was born on 29 February has it on the 28th when there is no 29th',
    facts: bought([{ yuan: 10 }], { birthday: '02-29', businessDate: '2027-02-28' }),
    rules: [rule('生日双倍', times(200), { birthday: 'day' })],
    points: 20,
    shares: { basic: 10, 生日双倍: 10 },
  },
  {
    why: 'and on the 29th when there is one',
    facts: bought([{ yuan: 10 }], { birthday: '02-29', businessDate: '2028-02-28' }),
    rules: [rule('生日双倍', times(200), { birthday: 'day' })],
    points: 10,
    shares: { basic: 10 },
  },
  {
    why: 'all through the month of the birthday',
    facts: bought([{ yuan: 10 }], { birthday: '08-31' }),
    rules: [rule('生日月双倍', times(200), { birthday: 'month' })],
    points: 20,
    shares: { basic: 10, 生日月双倍: 10 },
  },
  {
    why: 'one of the groups is enough',
    facts: bought([{ yuan: 10 }], { groups: ['老友'] }),
    rules: [rule('老友双倍', times(200), { groups: ['员工', '老友'] })],
    points: 20,
    shares: { basic: 10, 老友双倍: 10 },
  },
  ...[
    { why: 'before the window', startsAt: '2026-08-01T04:00:00.001Z', endsAt: null, points: 10 },
    { why: 'at its first instant', startsAt: '2026-08-01T04:00:00Z', endsAt: null, points: 20 },
    { why: 'at the instant of its end', startsAt: null, endsAt: '2026-08-01T04:00:00Z', points: 10 },
    { why: 'a millisecond before its end', startsAt: null, endsAt: '2026-08-01T04:00:00.001Z', points: 20 },
  ].map(({ why, startsAt, endsAt, points }) => ({
    why,
    facts: bought([{ yuan: 10 }]),
    rules: [
      rule('限时双倍', times(200), {
        startsAt: startsAt ? new Date(startsAt) : null,
        endsAt: endsAt ? new Date(endsAt) : null,
      }),
    ],
    points,
    shares: { basic: 10, ...(points === 20 ? { 限时双倍: 10 } : {}) } as Record<string, number>,
  })),
]

test.each(examples)('$why: $points points', ({ facts, rules = [], points, shares, cut = 0 }) => {
  const earned = evaluate(facts, rules, basics)
  const given = earned.shares.filter((share) => share.points > 0)
  expect({
    points: earned.points,
    shares: Object.fromEntries(given.map((share) => [share.ruleId, share.points])),
    cut: earned.cuts.reduce((sum, one) => sum + one.points, 0),
  }).toEqual({ points, shares, cut })
})

test('the order in which rules are found changes nothing', () => {
  const rules = [rule('甲', times(200)), rule('乙', times(130)), rule('丙', times(300, false))]
  const facts = bought([{ yuan: 7.77 }, { yuan: 3.33 }], { tier: 'silver' })
  expect(evaluate(facts, [...rules].reverse(), basics)).toEqual(evaluate(facts, rules, basics))
})
