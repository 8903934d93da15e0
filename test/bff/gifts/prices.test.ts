import fc from 'fast-check'
import type { GiftPrices } from '#bff/features/gifts/gift.model'
import { priceOf } from '#bff/features/gifts/prices'
import { tiers } from '#shared/domain/enums'

const now = new Date('2026-06-15T04:00:00Z')
const later = new Date('2026-06-16T04:00:00Z')
const plain: GiftPrices = {
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
  const bare = { pricePoints: 70 } as GiftPrices
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
      const paid = tiers.map((tier) => priceOf(gift, tier, now).points)
      expect(paid.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
      expect(Math.max(...paid)).toBeLessThanOrEqual(gift.pricePoints)
      expect([...paid].sort((a, b) => b - a)).toEqual(paid)
    }),
  )
})
