import { median, meets, percentile, short } from '#test/bench/figures'
import { type Row, renderTable } from '#test/bench/table'

const figures = {
  acceptedPerSecond: 120,
  rejectedPerSecond: 0,
  p50Ms: 4,
  p99Ms: 9.5,
  maxMs: 20,
  retriesPerSuccess: 0.25,
  cores: 0.9,
}
const row: Row = {
  scenario: 'spread',
  jili: figures,
  floor: { ...figures, acceptedPerSecond: 160 },
  ratio: 0.75,
  goal: { atLeast: 0.8 },
  broken: [],
  notes: [],
}

test('a percentile is a value that was measured', () => {
  const values = [5, 1, 4, 2, 3]
  expect(percentile(values, 0.5)).toBe(3)
  expect(percentile(values, 0.99)).toBe(5)
  expect(percentile(values, 0)).toBe(1)
  expect(median([1, 2])).toBe(1)
  expect(percentile([], 0.5)).toBeNaN()
})

test('a goal is met at its very value', () => {
  expect(meets(0.8, { atLeast: 0.8 })).toBe(true)
  expect(meets(0.79, { atLeast: 0.8 })).toBe(false)
  expect(meets(1.2, { atMost: 1.2 })).toBe(true)
  expect(meets(1.21, { atMost: 1.2 })).toBe(false)
})

test('numbers keep three digits, and what is none is a dash', () => {
  expect([1234.5, 12.34, 1.234, Number.NaN, null].map(short)).toEqual(['1235', '12.3', '1.23', '–', '–'])
})

test('the table tells a missed goal from one that is met', () => {
  expect(renderTable([row])).toContain('≥ 0.8 MISSED')
  expect(renderTable([{ ...row, ratio: 0.9 }])).toContain('≥ 0.8 met')
})

test('a scenario that broke a promise has no figure', () => {
  const text = renderTable([{ ...row, broken: ['orders: 201 instead of 200'] }])
  expect(text).toContain('broken: spread: orders: 201 instead of 200')
  expect(text).not.toMatch(/120|160|0\.75|MISSED/)
})
