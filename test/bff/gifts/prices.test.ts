import fc from 'fast-check'
import type { Gift, GiftPrices } from '#bff/features/gifts/gift.model'
import { lowestPriceOf, priceOf } from '#bff/features/gifts/prices'
import { tiers } from '#shared/domain/enums'

const now = new Date('2026-06-15T04:00:00Z')
const later = new Date('2026-06-16T04:00:00Z')
const plain: GiftPrices & Pick<Gift, 'skus'> = {
  skus: [],
  pricePoints: 1_000,
  tierPrices: null,
  tierDiscountPercent: null,
  timedPrice: null,
}
const price = (gift: Partial<GiftPrices>, tier: (typeof tiers)[number], at = now) => {
  const { points, listPoints, reason } = priceOf({ ...plain, ...gift }, tier, at)
  expect(listPoints).toBe(gift.pricePoints ?? 1_000)
  return [points, reason]
}

test('without rules everybody pays the list price', () => {
  for (const tier of tiers) expect(price({}, tier)).toEqual([1_000, 'list'])
  const bare = { pricePoints: 70, skus: [] as Gift['skus'] } as typeof plain
  expect(priceOf(bare, 'diamond', now)).toEqual({ points: 70, listPoints: 70, reason: 'list', endsAt: null })
})

test.each([
  ['regular', 1_000, 'list'],
  ['silver', 900, 'tier'],
  ['gold', 900, 'tier'],
  ['platinum', 700, 'tier'],
  ['diamond', 700, 'tier'],
] as const)('%s pays %i by tier prices: a higher tier never pays more', (tier, points, reason) => {
  expect(price({ tierPrices: { silver: 900, platinum: 700, diamond: 950 } }, tier)).toEqual([points, reason])
})

test('a discount rounds up and makes nothing free', () => {
  expect(price({ pricePoints: 99, tierDiscountPercent: { gold: 10 } }, 'gold')).toEqual([90, 'tier'])
  expect(price({ pricePoints: 1, tierDiscountPercent: { gold: 99 } }, 'gold')).toEqual([1, 'list'])
  expect(price({ pricePoints: 0, tierDiscountPercent: { gold: 50 } }, 'gold')).toEqual([0, 'list'])
})

test('a timed price holds from its start until its end, for all', () => {
  const timedPrice = { points: 500, startsAt: now, endsAt: later }
  expect(price({ timedPrice }, 'regular')).toEqual([500, 'timed'])
  expect(price({ timedPrice }, 'regular', new Date(now.getTime() - 1))).toEqual([1_000, 'list'])
  expect(price({ timedPrice }, 'regular', later)).toEqual([1_000, 'list'])
  expect(priceOf({ ...plain, timedPrice }, 'regular', now).endsAt).toEqual(later)
})

test('the lowest price that applies is the price', () => {
  const timedPrice = { points: 500, startsAt: now, endsAt: later }
  expect(price({ timedPrice, tierPrices: { gold: 400 } }, 'gold')).toEqual([400, 'tier'])
  expect(price({ timedPrice, tierPrices: { gold: 600 } }, 'gold')).toEqual([500, 'timed'])
  expect(price({ timedPrice: { ...timedPrice, points: 2_000 } }, 'gold')).toEqual([1_000, 'list'])
})

test('whatever the rules: whole points, never above the list price, never more for a higher tier', () => {
  const points = fc.integer({ min: 0, max: 1_000_000_000 })
  const perTier = <T>(value: fc.Arbitrary<T>) =>
    fc.option(
      fc.record({ silver: value, gold: value, platinum: value, diamond: value }, { requiredKeys: [] }),
    )
  const gifts = fc.record({
    pricePoints: points,
    tierPrices: perTier(points),
    tierDiscountPercent: perTier(fc.integer({ min: 1, max: 99 })),
    timedPrice: fc.option(points.map((timed) => ({ points: timed, startsAt: now, endsAt: later }))),
  })
  fc.assert(
    fc.property(gifts, (gift) => {
      const paid = tiers.map((tier) => priceOf({ ...gift, skus: [] }, tier, now).points)
      expect(paid.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
      expect(Math.max(...paid)).toBeLessThanOrEqual(gift.pricePoints)
      expect([...paid].sort((a, b) => b - a)).toEqual(paid)
    }),
  )
})

describe('a SKU with a price of its own', () => {
  const skus = [
    { id: 'usual', name: '常规' },
    { id: 'dear', name: '加大', pricePoints: 1_500 },
    { id: 'cheap', name: '迷你', pricePoints: 301 },
    { id: 'same', name: '同价', pricePoints: null },
  ]
  const pricesOf = (gift: Partial<GiftPrices>, tier: (typeof tiers)[number] = 'gold') =>
    skus.map(({ id }) => priceOf({ ...plain, skus, ...gift }, tier, now, id).points)

  test('costs that; the others cost what the gift does', () => {
    expect(pricesOf({})).toEqual([1_000, 1_500, 301, 1_000])
  })

  test('tier and timed prices take the same part off it, rounded up', () => {
    expect(pricesOf({ tierDiscountPercent: { gold: 10 } })).toEqual([900, 1_350, 271, 900])
    expect(pricesOf({ tierPrices: { gold: 900 } })).toEqual([900, 1_350, 271, 900])
    expect(pricesOf({ timedPrice: { points: 500, startsAt: now, endsAt: later } })).toEqual([
      500, 750, 151, 500,
    ])
    expect(pricesOf({ timedPrice: { points: 1, startsAt: now, endsAt: later } })).toEqual([1, 2, 1, 1])
  })

  test('only a price of 0 makes it free, and of a free gift nothing is a part', () => {
    expect(pricesOf({ tierPrices: { gold: 0 } })).toEqual([0, 0, 0, 0])
    expect(pricesOf({ pricePoints: 0, tierPrices: { gold: 5 } })).toEqual([0, 1_500, 301, 0])
  })

  test('the mall shows the lowest, and that there are others', () => {
    expect(lowestPriceOf({ ...plain, skus }, 'regular', now)).toMatchObject({ points: 301, isFrom: true })
    const level = [skus[0], skus[3]].filter((sku) => sku !== undefined)
    expect(lowestPriceOf({ ...plain, skus: level }, 'regular', now)).toMatchObject({
      points: 1_000,
      isFrom: false,
    })
    expect(lowestPriceOf(plain, 'regular', now)).toMatchObject({ points: 1_000, isFrom: false })
  })
})
