import { execFileSync } from 'node:child_process'
import { createBusinessCalendar } from '#bff/kernel/business-calendar'

const shanghai = createBusinessCalendar('Asia/Shanghai')

test.each([
  ['2026-11-22T15:59:59.999Z', '2026-11-22'],
  ['2026-11-22T16:00:00.000Z', '2026-11-23'],
  ['2026-12-31T15:59:59.999Z', '2026-12-31'],
  ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ['2028-02-28T16:00:00.000Z', '2028-02-29'],
])('in Shanghai %s falls on %s', (instant, date) => {
  expect(shanghai.dateOf(new Date(instant))).toBe(date)
})

test('a date starts and ends on itself, one millisecond before the next', () => {
  for (const date of ['2026-11-22', '2028-02-29', '2026-12-31']) {
    expect(shanghai.dateOf(shanghai.startOf(date))).toBe(date)
    expect(shanghai.dateOf(shanghai.endOf(date))).toBe(date)
    const next = new Date(shanghai.endOf(date).getTime() + 1)
    expect(shanghai.dateOf(next)).not.toBe(date)
    expect(shanghai.startOf(shanghai.dateOf(next))).toEqual(next)
  }
  expect(shanghai.endOf('2026-11-22').toISOString()).toBe('2026-11-22T15:59:59.999Z')
})

test('a month runs to the first instant of the next', () => {
  const { from, before } = shanghai.monthRange('2026-12')
  expect([from.toISOString(), before.toISOString()]).toEqual([
    '2026-11-30T16:00:00.000Z',
    '2026-12-31T16:00:00.000Z',
  ])
})

test('a day of 23 or 25 hours is one day where clocks change', () => {
  const berlin = createBusinessCalendar('Europe/Berlin')
  const hours = (date: string) =>
    Math.round((berlin.endOf(date).getTime() - berlin.startOf(date).getTime()) / 3_600_000)
  expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-11-01')]).toEqual([23, 25, 24])
})

test('an unknown time zone stops the start', () => {
  expect(() => createBusinessCalendar('Mars/Olympus')).toThrow('unknown time zone: Mars/Olympus')
})

test.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'])(
  'the date is the same on a server in %s',
  (zone) => {
    const program = `
    const { createBusinessCalendar } = require('./bff/kernel/business-calendar.ts')
    const calendar = createBusinessCalendar('Asia/Shanghai')
    console.log(calendar.dateOf(new Date('2026-11-22T15:59:59.999Z')), calendar.dateOf(new Date('2026-11-22T16:00:00Z')),
      calendar.endOf('2026-11-22').toISOString())`
    const printed = execFileSync(process.execPath, ['--import', 'tsx', '--eval', program], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    })
    expect(printed.trim()).toBe('2026-11-22 2026-11-23 2026-11-22T15:59:59.999Z')
  },
)
