import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { createDice, dealPoints } from '#bff/features/rains/deal'

type Terms = Pick<
  Parameters<typeof dealPoints>[0],
  'budgetPoints' | 'packetCount' | 'minPoints' | 'maxPoints'
>

const deal = (terms: Terms, seed = randomBytes(32)) =>
  dealPoints(terms as Parameters<typeof dealPoints>[0], createDice(seed))
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

const terms = fc
  .record({
    packetCount: fc.integer({ min: 1, max: 400 }),
    minPoints: fc.integer({ min: 1, max: 50 }),
    room: fc.integer({ min: 0, max: 500 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ packetCount, minPoints, room, share }) => ({
    packetCount,
    minPoints,
    maxPoints: minPoints + room,
    budgetPoints: minPoints * packetCount + Math.round(room * packetCount * share),
  }))
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes))

test('packets add up to the budget exactly, and none is below the least or above the most', () => {
  fc.assert(
    fc.property(terms, seeds, (one, seed) => {
      const points = deal(one, seed)
      expect(points).toHaveLength(one.packetCount)
      expect(sum(points)).toBe(one.budgetPoints)
      expect(Math.min(...points)).toBeGreaterThanOrEqual(one.minPoints)
      expect(Math.max(...points)).toBeLessThanOrEqual(one.maxPoints)
      expect(points.every(Number.isInteger)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('the same seed deals the same packets, another one others', () => {
  const one = { packetCount: 50, minPoints: 1, maxPoints: 100, budgetPoints: 1_000 }
  const seed = randomBytes(32)
  expect(deal(one, seed)).toEqual(deal(one, seed))
  expect(deal(one)).not.toEqual(deal(one, seed))
})

test.each([
  ['low', 1_000],
  ['in the middle', 5_050],
  ['high', 9_000],
])(
  'packets of an average that is %s differ, and those dealt first are no better than those dealt last',
  (_, budgetPoints) => {
    const one = { packetCount: 100, minPoints: 1, maxPoints: 100, budgetPoints }
    const [first, last] = [[] as number[], [] as number[]]
    for (let round = 0; round < 200; round += 1) {
      const points = deal(one)
      first.push(...points.slice(0, 50))
      last.push(...points.slice(50))
    }
    const mean = budgetPoints / 100
    expect(sum(first) / first.length / mean).toBeCloseTo(1, 1)
    expect(sum(last) / last.length / mean).toBeCloseTo(1, 1)
    expect(new Set(first).size).toBeGreaterThan(15)
  },
)

test('dice are fair: none of six faces is a tenth off after 60,000 throws', () => {
  const dice = createDice(Buffer.alloc(32, 7))
  const faces = [0, 0, 0, 0, 0, 0]
  for (let n = 0; n < 60_000; n += 1) {
    const face = dice(6)
    faces[face] = (faces[face] ?? 0) + 1
  }
  for (const count of faces) expect(Math.abs(count - 10_000)).toBeLessThan(1_000)
})
