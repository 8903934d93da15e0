import {
  businessHour,
  formatBusinessDate,
  formatDigits,
  formatInstant,
  formatMonth,
  formatPoints,
  formatSignedPoints,
  formatYuan,
} from '../../miniapp/src/platform/format'

const now = new Date('2026-11-22T04:00:00Z')

describe('numbers', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [12_480, '12,480'],
    [1_000_000_000, '1,000,000,000'],
    [-3_600, '−3,600'],
  ])('writes %d points as %s', (points, written) => {
    expect(formatPoints(points)).toBe(written)
  })

  it('signs gains and losses, and leaves zero bare', () => {
    expect([5, -3_600, 0].map(formatSignedPoints)).toEqual(['+5', '−3,600', '0'])
  })

  it('writes whole yuan without fen and others with two digits', () => {
    expect([16_800, 1_990, 5].map(formatYuan)).toEqual(['¥168', '¥19.90', '¥0.05'])
  })

  it('groups a code in fours, also while it is typed', () => {
    expect(['482109375564', '48210', ''].map(formatDigits)).toEqual(['4821 0937 5564', '4821 0', ''])
  })
})

describe('times are of the business zone, whatever the phone is set to', () => {
  it.each([
    ['2026-11-22T00:02:00Z', '今天 08:02'],
    ['2026-11-21T16:00:00Z', '今天 00:00'],
    ['2026-11-21T15:59:00Z', '昨天 23:59'],
    ['2026-11-20T04:15:00Z', '11月20日 12:15'],
    ['2025-12-31T16:00:00Z', '1月1日 00:00'],
    ['2025-12-31T15:00:00Z', '2025年12月31日 23:00'],
  ])('%s is %s', (instant, written) => {
    expect(formatInstant(instant, now)).toBe(written)
  })

  it('names the year of a date and a month only when it is another one', () => {
    expect(formatBusinessDate('2026-12-31', now)).toBe('12月31日')
    expect(formatBusinessDate('2027-01-02', now)).toBe('2027年1月2日')
    expect(formatMonth('2026-11', now)).toBe('11月')
    expect(formatMonth('2025-02', now)).toBe('2025年2月')
  })

  it('takes the hour of the business day', () => {
    expect(businessHour(new Date('2026-11-22T23:30:00Z'))).toBe(7)
  })
})
