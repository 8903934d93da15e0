import { act, fireEvent, waitFor } from '@testing-library/react'
import type { CheckIns } from '../../miniapp/src/features/check-ins/check-in.queries'
import { afterEarning, checkedIn } from '../../miniapp/src/features/check-ins/checked-in'
import CheckInCalendarPage from '../../miniapp/src/packages/check-in/calendar'
import HomePage from '../../miniapp/src/pages/home'
import { queryClient } from '../../miniapp/src/platform/query-client'
import { useSession } from '../../miniapp/src/platform/session'
import { byId, freshPhone, pending, refusal, renderInApp, serveRoutes, timesSent } from './support/render'
import { sampleCheckIns, sampleMe } from './support/samples'

const path = '/api/member/check-ins'
const noGifts = { items: [], nextCursor: null, total: 0 }

let server: { checkIns: CheckIns; available: number }
let answer: ReturnType<typeof pending<unknown>>

/** A server that holds its answer to the check-in back until the test gives it. */
function serve(): void {
  server = { checkIns: sampleCheckIns(), available: 1_200 }
  answer = pending()
  const points = () => ({ available: server.available, frozen: 0, debt: 0 })
  serveRoutes({
    'GET /api/member/me': () => sampleMe({ points: points() }),
    'GET /api/member/points': () => ({ ...points(), expiringSoon: [] }),
    'GET /api/member/check-ins': () => server.checkIns,
    'GET /api/member/gifts': () => noGifts,
    'GET /api/member/orders': () => ({ items: [], nextCursor: null }),
    'POST /api/member/check-ins': () => answer.promise,
  })
}

const result = (override = {}) => ({
  businessDate: '2026-01-07',
  points: 5,
  streakDays: 3,
  alreadyCheckedIn: false,
  balance: 1_205,
  reached: [],
  ...override,
})

/** Reading again gets no answer, so that only the tap and its own answer can change the screen. */
const nothingElseAnswers = () => serveRoutes({ 'POST /api/member/check-ins': () => answer.promise })

/** The server after the check-in, for what is read again. */
const nowCheckedIn = (available: number) => {
  server.checkIns = checkedIn(server.checkIns)
  server.available = available
}

const points = (container: HTMLElement) =>
  byId(container, 'points-value').getAttribute('aria-label')?.replace('积分', '')

async function openHome() {
  const { container } = renderInApp(<HomePage />)
  await waitFor(() => byId(container, 'check-in'))
  return container
}

const tap = async (container: HTMLElement) => {
  fireEvent.click(byId(container, 'check-in'))
  await waitFor(() => byId(container, 'check-in-done'))
}

beforeEach(() => {
  freshPhone('member')
  serve()
})

describe('on home', () => {
  it('is checked in at the tap, with its points and its day, before the server has answered', async () => {
    const container = await openHome()
    expect(points(container)).toBe('1,200')
    await tap(container)
    expect(container.querySelector('#check-in')).toBeNull()
    expect(points(container)).toBe('1,205')
    expect(container.textContent).toContain('已连续签到 3 天')
    expect(container.querySelectorAll('.check-in-day--checked')).toHaveLength(3)
    expect(container.querySelector('#toast')).toBeNull()
    nowCheckedIn(1_205)
    await act(async () => answer.resolve(result()))
    expect(byId(container, 'toast').textContent).toBe('签到成功，+5 积分')
    expect(points(container)).toBe('1,205')
  })

  it('takes it back when the server refuses, and says why', async () => {
    const container = await openHome()
    await tap(container)
    nothingElseAnswers()
    await act(async () => answer.resolve(refusal(409, 'member.blocked', '账号已被停用')))
    await waitFor(() => byId(container, 'check-in'))
    expect(points(container)).toBe('1,200')
    expect(container.textContent).toContain('已连续签到 2 天')
    expect(container.querySelectorAll('.check-in-day--checked')).toHaveLength(2)
    expect(byId(container, 'toast').textContent).toBe('没有签上：账号已被停用')
  })

  it('takes it back without a network, says so, and can be tried again', async () => {
    const container = await openHome()
    await tap(container)
    nothingElseAnswers()
    await act(async () => answer.reject({ errMsg: 'request:fail' }))
    await waitFor(() => byId(container, 'check-in'))
    expect(points(container)).toBe('1,200')
    expect(byId(container, 'toast').textContent).toBe('没有签上：网络连不上，请检查后再试')
    serve()
    await tap(container)
    nowCheckedIn(1_205)
    await act(async () => answer.resolve(result()))
    expect(points(container)).toBe('1,205')
    expect(timesSent('POST', path)).toBe(2)
  })

  it('after a lost answer that did take effect ends checked in: what the server has is read again', async () => {
    const container = await openHome()
    await tap(container)
    nowCheckedIn(1_205)
    await act(async () => answer.reject({ errMsg: 'request:fail timeout' }))
    await waitFor(() => byId(container, 'check-in-done'))
    await waitFor(() => expect(points(container)).toBe('1,205'))
  })

  it('counts nothing twice for who had checked in on another phone', async () => {
    const container = await openHome()
    queryClient.setQueryData(['member', 'points'], {
      available: 1_205,
      frozen: 0,
      debt: 0,
      expiringSoon: [],
    })
    await waitFor(() => expect(points(container)).toBe('1,205'))
    nothingElseAnswers()
    await tap(container)
    await act(async () => answer.resolve(result({ alreadyCheckedIn: true })))
    expect(byId(container, 'toast').textContent).toBe('今天已经签过了')
    expect(points(container)).toBe('1,205')
    expect(container.textContent).toContain('已连续签到 3 天')
    expect(container.querySelector('#check-in')).toBeNull()
  })

  it('sends a double tap once', async () => {
    const container = await openHome()
    const button = byId(container, 'check-in')
    fireEvent.click(button)
    fireEvent.click(button)
    await waitFor(() => byId(container, 'check-in-done'))
    expect(timesSent('POST', path)).toBe(1)
    expect(points(container)).toBe('1,205')
    nowCheckedIn(1_205)
    await act(async () => answer.resolve(result()))
    expect(timesSent('POST', path)).toBe(1)
  })

  it('is not undone by an older answer that comes after the tap', async () => {
    const container = await openHome()
    const old = pending<unknown>()
    const before = server.checkIns
    serveRoutes({
      'GET /api/member/check-ins': () => old.promise,
      'POST /api/member/check-ins': () => answer.promise,
    })
    const refetched = queryClient.refetchQueries({ queryKey: ['member', 'check-ins'] })
    await tap(container)
    await act(async () => {
      old.resolve(before)
      await refetched
      await new Promise((resolve) => setTimeout(resolve, 0))
    })
    expect(container.querySelector('#check-in')).toBeNull()
  })

  it('puts nothing of a member back who has signed out meanwhile', async () => {
    const container = await openHome()
    await tap(container)
    act(() => {
      useSession.getState().signOut('member')
      queryClient.removeQueries({ queryKey: ['member'] })
    })
    await act(async () => answer.reject({ errMsg: 'request:fail' }))
    expect(queryClient.getQueryData(['member', 'check-ins'])).toBeUndefined()
    expect(queryClient.getQueryData(['member', 'points'])).toBeUndefined()
  })
})

describe('on the calendar', () => {
  const open = async () => {
    const { container } = renderInApp(<CheckInCalendarPage />)
    await waitFor(() => byId(container, 'check-in'))
    return container
  }

  it('marks the day at the tap and counts it in the month', async () => {
    const container = await open()
    expect(byId(container, 'streak-days').textContent).toBe('2')
    await tap(container)
    expect(byId(container, 'streak-days').textContent).toBe('3')
    expect(container.textContent).toContain('签到 3 天，得 15 积分')
    expect(container.querySelector('.day--is-today')?.className).toContain('day--checked')
  })

  it('unmarks it when it fails', async () => {
    const container = await open()
    await tap(container)
    await act(async () => answer.reject({ errMsg: 'request:fail' }))
    await waitFor(() => byId(container, 'check-in'))
    expect(byId(container, 'streak-days').textContent).toBe('2')
    expect(container.textContent).toContain('签到 2 天，得 10 积分')
    expect(byId(container, 'toast').textContent).toContain('没有签上')
  })
})

describe('what a check-in makes of the calendar', () => {
  it('moves the bonus of today a week on', () => {
    const today = { businessDate: '2026-01-07', isCheckedIn: false, points: 25, streakDays: 6 }
    const nextBonus = { businessDate: '2026-01-07', points: 25, streakDays: 7 }
    expect(checkedIn(sampleCheckIns({ today, nextBonus })).nextBonus).toEqual({
      businessDate: '2026-01-14',
      points: 25,
      streakDays: 14,
    })
  })

  it('changes nothing of one that is checked in, and no day of another month', () => {
    const done = checkedIn(sampleCheckIns())
    expect(checkedIn(done)).toBe(done)
    const december = sampleCheckIns({ month: '2025-12', days: [] })
    expect(checkedIn(december).days).toEqual([])
  })

  it('pays a debt first', () => {
    expect(afterEarning({ available: 0, debt: 3 }, 5)).toEqual({ available: 2, debt: 0 })
    expect(afterEarning({ available: 0, debt: 8 }, 5)).toEqual({ available: 0, debt: 3 })
  })
})
