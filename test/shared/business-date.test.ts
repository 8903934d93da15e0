import { addDays, addYears, daysBetween, daysInMonth, monthOf, weekdayOf } from '#shared/domain/business-date'

test.each([
  ['2026-12-31', 1, '2027-01-01'],
  ['2028-02-28', 1, '2028-02-29'],
  ['2027-02-28', 1, '2027-03-01'],
  ['2027-03-01', -1, '2027-02-28'],
  ['2026-03-08', 30, '2026-04-07'],
  ['2026-01-01', 0, '2026-01-01'],
])('%s and %i days is %s', (date, days, expected) => {
  expect(addDays(date, days)).toBe(expected)
  expect(daysBetween(date, expected)).toBe(days)
})

test.each([
  ['2028-02-29', 1, '2029-02-28'],
  ['2028-02-29', 4, '2032-02-29'],
  ['2026-11-22', 1, '2027-11-22'],
  ['2026-12-31', 10, '2036-12-31'],
])('%s and %i years is %s', (date, years, expected) => {
  expect(addYears(date, years)).toBe(expected)
})

test('days can be added across a century one by one without losing any', () => {
  let date = '1999-12-25'
  for (let day = 0; day < 800; day += 1) {
    const next = addDays(date, 1)
    expect(daysBetween(date, next)).toBe(1)
    expect(next > date).toBe(true)
    date = next
  }
  expect(date).toBe('2002-03-04')
})

test.each([
  ['2026-02', 28],
  ['2028-02', 29],
  ['2100-02', 28],
  ['2026-04', 30],
  ['2026-12', 31],
])('%s has %i days', (month, days) => {
  expect(daysInMonth(month)).toBe(days)
})

test('a week runs from Monday 1 to Sunday 7', () => {
  const days = ['2026-11-23', '2026-11-24', '2026-11-28', '2026-11-29']
  expect(days.map(weekdayOf)).toEqual([1, 2, 6, 7])
})

test('the month of a date is its first seven characters', () => {
  expect(monthOf('2026-11-22')).toBe('2026-11')
})
