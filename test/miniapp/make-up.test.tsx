import { act, fireEvent, waitFor } from '@testing-library/react'
import type { CheckIns } from '../../miniapp/src/features/check-ins/check-in.queries'
import { checkedIn } from '../../miniapp/src/features/check-ins/checked-in'
import { monthGrid } from '../../miniapp/src/features/check-ins/month-grid'
import CheckInCalendarPage from '../../miniapp/src/packages/check-in/calendar'
import { platform } from './stubs/taro'
import { byId, freshPhone, pending, refusal, renderInApp, serveRoutes, timesSent } from './support/render'
import { sampleCheckIns, sampleMe } from './support/samples'

const path = '/api/member/check-ins/make-ups'
let checkIns: CheckIns
let available: number
let answer: ReturnType<typeof pending<unknown>>
let reminderAnswer: (body: unknown) => unknown

function serve(): void {
  answer = pending()
  serveRoutes({
    'GET /api/member/me': () => sampleMe(),
    'GET /api/member/points': () => ({ available, frozen: 0, debt: 0, expiringSoon: [] }),
    'GET /api/member/check-ins': () => checkIns,
    'POST /api/member/check-ins': () => answer.promise,
    [`POST ${path}`]: () => answer.promise,
    'PUT /api/member/check-ins/reminder': ({ data }) => reminderAnswer(JSON.parse(String(data))),
  })
}

beforeEach(() => {
  freshPhone('member')
  checkIns = sampleCheckIns()
  available = 100
  reminderAnswer = () => ({ isOn: true, wechatLeft: 0 })
  serve()
})
afterEach(() => {
  delete process.env.TARO_ENV
})

const open = async () => {
  const { container } = renderInApp(<CheckInCalendarPage />)
  await waitFor(() => byId(container, 'streak-days'))
  return container
}
const openSheet = async (date = '2026-01-04') => {
  const container = await open()
  fireEvent.click(byId(container, `make-up-${date}`))
  await waitFor(() => byId(container, 'make-up-after'))
  return container
}
const sent = () => platform.requests.filter(({ method, url }) => method === 'POST' && url.endsWith(path))
const madeUp = (override = {}) => ({
  businessDate: '2026-01-04',
  paid: { with: 'points', points: 30 },
  points: 0,
  streakDays: 3,
  reached: [],
  balance: 70,
  cards: 0,
  left: 2,
  ...override,
})
const withMakeUp = (makeUp: Partial<CheckIns['makeUp']>) => {
  checkIns = sampleCheckIns({ makeUp: { ...checkIns.makeUp, ...makeUp } })
}

describe('a day that can be made up', () => {
  it('is tapped; the sheet says what it costs and what is left, and sends what was shown', async () => {
    const container = await openSheet()
    expect(container.textContent).toMatch(/补签 (2026年)?1月4日/)
    expect(byId(container, 'make-up-price').textContent).toBe('30 积分')
    expect(byId(container, 'make-up-after').textContent).toBe('70 积分')
    expect(byId(container, 'make-up-left').textContent).toBe('2 次')
    fireEvent.click(byId(container, 'make-up-confirm'))
    fireEvent.click(byId(container, 'make-up-confirm'))
    await waitFor(() => expect(sent()).toHaveLength(1))
    expect(JSON.parse(String(sent()[0]?.data))).toEqual({
      businessDate: '2026-01-04',
      price: { with: 'points', points: 30 },
    })
    await act(async () => answer.resolve(madeUp({ reached: [{ days: 7, reward: '20 积分' }] })))
    expect(byId(container, 'reached-sheet').textContent).toContain('1月4日补上了')
    expect(byId(container, 'reached-sheet').textContent).toContain('连续签到 3 天了')
    expect(byId(container, 'reached-sheet').textContent).toContain('20 积分')
    expect(container.querySelector('#make-up-sheet')).toBeNull()
    expect(timesSent('POST', path)).toBe(1)
  })

  it('costs a card where there is one', async () => {
    withMakeUp({ cards: 2, price: { with: 'card' } })
    const container = await openSheet()
    expect(byId(container, 'make-up-price').textContent).toBe('补签卡 1 张')
    expect(byId(container, 'make-up-after').textContent).toBe('补签卡 1 张')
    expect(byId(container, 'make-up-confirm').textContent).toBe('用卡补签')
  })

  it('says what is missing and sends nothing', async () => {
    available = 10
    const container = await open()
    fireEvent.click(byId(container, 'make-up-2026-01-04'))
    await waitFor(() => expect(byId(container, 'make-up-confirm').textContent).toBe('还差 20 积分'))
    fireEvent.click(byId(container, 'make-up-confirm'))
    expect(sent()).toEqual([])
  })

  it('shows another price once it changed, and says so', async () => {
    const container = await openSheet()
    withMakeUp({ price: { with: 'points', points: 40 } })
    fireEvent.click(byId(container, 'make-up-confirm'))
    const refused = refusal(409, 'check_in.make_up_price_changed', '补签的价格变了，请看过再补')
    await act(async () => answer.resolve(refused))
    await waitFor(() => expect(byId(container, 'make-up-price').textContent).toBe('40 积分'))
    expect(byId(container, 'make-up-error').textContent).toBe('补签的价格变了，请看过再补')
  })

  it('goes out again under the same key after a lost answer', async () => {
    const container = await openSheet()
    fireEvent.click(byId(container, 'make-up-confirm'))
    await waitFor(() => expect(sent()).toHaveLength(1))
    serveRoutes({})
    await act(async () => answer.reject({ errMsg: 'request:fail timeout' }))
    await waitFor(() => byId(container, 'make-up-error'), { timeout: 5_000 })
    expect(byId(container, 'make-up-error').textContent).toContain('不会重复扣')
    serve()
    fireEvent.click(byId(container, 'make-up-confirm'))
    await act(async () => answer.resolve(madeUp()))
    await waitFor(() => byId(container, 'reached-sheet'))
    expect(new Set(sent().map(({ header }) => header['idempotency-key'])).size).toBe(1)
  })

  it('is none of those that are done, to come or too old', async () => {
    const container = await open()
    const ids = [...container.querySelectorAll('[id^="make-up-2"]')].map(({ id }) => id)
    expect(ids).toEqual(['make-up-2026-01-03', 'make-up-2026-01-04'])
    expect(byId(container, 'make-up-2026-01-03').getAttribute('aria-label')).toBe('3补签，这天没有签到')
  })
})

it('a check-in that reaches 30 days tells what it brought', async () => {
  const container = await open()
  fireEvent.click(byId(container, 'check-in'))
  const reached = [{ days: 30, reward: '金卡 30 天、补签卡 1 张' }]
  const result = { businessDate: '2026-01-07', points: 5, streakDays: 30, balance: 105, reached }
  await act(async () => answer.resolve({ ...result, alreadyCheckedIn: false }))
  const told = byId(container, 'reached-sheet').textContent
  expect(told).toContain('签到成功，+5 积分')
  expect(told).toContain('金卡 30 天、补签卡 1 张')
  fireEvent.click(byId(container, 'reached-close'))
  expect(container.querySelector('#reached-sheet')).toBeNull()
})

describe('what is to come', () => {
  it('is shown for 7 and for 30 days, and moves on with a check-in', async () => {
    const container = await open()
    expect(byId(container, 'milestone-7').textContent).toBe('连续 7 天2/7再签 5 天，得 20 积分')
    expect(byId(container, 'milestone-30').textContent).toContain('再签 28 天，得金卡 30 天、补签卡 1 张')
    const [seven, thirty] = checkedIn(checkIns).progress
    expect([seven?.doneDays, thirty?.doneDays]).toEqual([3, 3])
  })

  it('begins anew on the day it is reached, which is marked in the month', () => {
    const step = { days: 7 as const, doneDays: 6, businessDate: '2026-01-07', reward: '20 积分' }
    const after = checkedIn(sampleCheckIns({ progress: [step] }))
    expect(after.progress).toEqual([{ ...step, doneDays: 0, businessDate: '2026-01-14' }])
    const bonusDays = monthGrid(after, '2025-11-01').flatMap((day) => (day?.isBonus ? [day.day] : []))
    expect(bonusDays).toEqual([7, 14])
  })
})

describe('the reminder', () => {
  const bodies = () =>
    platform.requests.filter(({ method }) => method === 'PUT').map(({ data }) => JSON.parse(String(data)))

  it('is on at the tap, and put back when it fails', async () => {
    const failing = pending<unknown>()
    reminderAnswer = () => failing.promise
    const container = await open()
    expect(byId(container, 'reminder').textContent).toContain('每天 20 点还没签到')
    fireEvent.click(byId(container, 'reminder'))
    await waitFor(() => expect(byId(container, 'reminder').getAttribute('aria-checked')).toBe('true'))
    await act(async () => failing.resolve(refusal(409, 'member.closed', '账号已注销')))
    await waitFor(() => expect(byId(container, 'reminder').getAttribute('aria-checked')).toBe('false'))
    expect(byId(container, 'toast').textContent).toBe('账号已注销')
    expect(bodies()).toEqual([{ isOn: true, hasConsented: false }])
  })

  it('asks WeChat for one message a tap, and says how many are left', async () => {
    process.env.TARO_ENV = 'weapp'
    const reminder = { isOn: true, hour: 20, templateId: 'template-1', wechatLeft: 0 }
    checkIns = sampleCheckIns({ reminder })
    reminderAnswer = () => {
      checkIns = sampleCheckIns({ reminder: { ...reminder, wechatLeft: 1 } })
      return { isOn: true, wechatLeft: 1 }
    }
    const container = await open()
    fireEvent.click(byId(container, 'reminder-more'))
    await waitFor(() => expect(byId(container, 'reminder-left').textContent).toBe('微信里还会提醒 1 次'))
    expect(platform.asked).toEqual([['template-1']])
    expect(bodies()).toEqual([{ isOn: true, hasConsented: true }])
  })

  it('counts nothing that was refused there', async () => {
    process.env.TARO_ENV = 'weapp'
    platform.consents = 'reject'
    checkIns = sampleCheckIns({
      reminder: { isOn: false, hour: 20, templateId: 'template-1', wechatLeft: 0 },
    })
    const container = await open()
    fireEvent.click(byId(container, 'reminder'))
    await waitFor(() => expect(bodies()).toEqual([{ isOn: true, hasConsented: false }]))
    await waitFor(() => expect(byId(container, 'toast').textContent).toBe('微信里没有同意，只在消息里提醒你'))
  })
})
