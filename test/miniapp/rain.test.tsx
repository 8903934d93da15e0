import { act, fireEvent, waitFor } from '@testing-library/react'
import type { Rain } from '../../miniapp/src/features/rains/rain.queries'
import { openingRetryMs } from '../../miniapp/src/features/rains/use-opening'
import RainPage from '../../miniapp/src/packages/play/rain'
import { clockOf, phaseOf } from '../../miniapp/src/packages/play/rain/phase'
import HomePage from '../../miniapp/src/pages/home'
import { platform } from './stubs/taro'
import { byId, freshPhone, pending, refusal, renderInApp, serveRoutes, timesSent } from './support/render'

const startsAt = Date.parse('2026-01-07T12:00:00.000Z')
const endsAt = startsAt + 1_800_000
/** The phone is an hour behind the server. */
const phoneBehindMs = 3_600_000
const packetsPath = '/api/member/rains/rain-1/packets'

const sampleRain = (overrides: Partial<Rain> = {}): Rain => ({
  id: 'rain-1',
  name: '周年庆红包雨',
  rules: '先到先得',
  startsAt: new Date(startsAt).toISOString(),
  endsAt: new Date(endsAt).toISOString(),
  state: 'running',
  packetCount: 2_000,
  budgetPoints: 50_000,
  maxPoints: 188,
  packetsPerMember: 3,
  leftPercent: 64,
  mine: { openedPackets: 0, points: 0, leftPackets: 3, obstacle: null },
  ...overrides,
})

let rain: Rain
let answer: ReturnType<typeof pending<unknown>>

const serve = (more: Parameters<typeof serveRoutes>[0] = {}) =>
  serveRoutes({
    'GET /api/member/rains/rain-1': () => ({
      rain,
      serverTime: new Date(Date.now() + phoneBehindMs).toISOString(),
    }),
    [`POST ${packetsPath}`]: () => answer.promise,
    ...more,
  })

/** What the server says of the nth packet. */
const opened = (n: number, points: number, cuts: object[] = []) => ({
  packet: { points, cuts },
  mine: { openedPackets: n, points, leftPackets: 3 - n },
})

/** The server's clock shows this while the page is looked at. */
const atServerTime = (ms: number) => jest.setSystemTime(ms - phoneBehindMs)

async function openRain() {
  platform.params = { id: 'rain-1' }
  const { container } = renderInApp(<RainPage />)
  await act(() => jest.advanceTimersByTimeAsync(0))
  return container
}
const flush = (ms = 0) => act(() => jest.advanceTimersByTimeAsync(ms))
const keysSent = () =>
  platform.requests.filter(({ method }) => method === 'POST').map(({ header }) => header['idempotency-key'])

beforeEach(() => {
  jest.useFakeTimers()
  freshPhone('member')
  rain = sampleRain()
  answer = pending()
  serve()
  atServerTime(startsAt + 60_000)
})
afterEach(() => jest.useRealTimers())

describe('before the start', () => {
  it("counts down by the server's clock, and starts by itself", async () => {
    rain = sampleRain({ state: 'announced', leftPercent: 100 })
    atServerTime(startsAt - 3_000)
    const container = await openRain()
    expect(byId(container, 'rain-countdown').textContent).toBe('00:00:03')
    expect(container.querySelector('#rain-open')).toBeNull()
    await flush(2_000)
    expect(byId(container, 'rain-countdown').textContent).toBe('00:00:01')
    await flush(1_000)
    byId(container, 'rain-sky')
    byId(container, 'rain-open')
    expect(container.querySelector('#rain-countdown')).toBeNull()
    // What is left is asked for when it begins.
    expect(timesSent('GET', '/api/member/rains/rain-1')).toBe(2)
  })

  it('asks a visitor to sign in, and tells who may not take part why', async () => {
    rain = sampleRain({ state: 'announced', mine: null })
    atServerTime(startsAt - 60_000)
    const container = await openRain()
    fireEvent.click(byId(container, 'sign-in'))
    expect(platform.opened).toEqual(['/packages/member/sign-in/index'])
  })
})

describe('while it rains', () => {
  it('opens a packet that is tapped, and drops taps while it is being opened', async () => {
    const container = await openRain()
    const lane = container.querySelectorAll('.rain-lane')[2] as HTMLElement
    fireEvent.click(lane)
    fireEvent.click(byId(container, 'rain-open'))
    fireEvent.click(container.querySelectorAll('.rain-lane')[4] as HTMLElement)
    await flush()
    expect(timesSent('POST', packetsPath)).toBe(1)
    expect(lane.className).toContain('rain-lane--taken')
    expect(byId(container, 'rain-reveal').textContent).toContain('正在打开')
    await act(async () => answer.resolve(opened(1, 36)))
    await flush(700)
    expect(byId(container, 'rain-points').textContent).toBe('36积分')
    expect(byId(container, 'rain-tally').textContent).toBe('36')
    fireEvent.click(byId(container, 'rain-go-on'))
    expect(container.querySelector('#rain-reveal')).toBeNull()
    expect(lane.className).not.toContain('rain-lane--taken')
  })

  it('draws no packet anew while they fall', async () => {
    const container = await openRain()
    const changes: MutationRecord[] = []
    const observer = new MutationObserver((records) => changes.push(...records))
    const options = { attributes: true, childList: true, subtree: true, characterData: true }
    observer.observe(byId(container, 'rain-sky'), options)
    await flush(5_000)
    expect(changes.concat(observer.takeRecords())).toEqual([])
    expect(container.querySelectorAll('.rain-lane').length).toBeLessThanOrEqual(12)
    observer.disconnect()
  })

  it('says honestly that an answer is missing, and asks for it again under the same key', async () => {
    serve({ [`POST ${packetsPath}`]: () => Promise.reject({ errMsg: 'request:fail' }) })
    const container = await openRain()
    fireEvent.click(byId(container, 'rain-open'))
    await flush()
    expect(byId(container, 'rain-pending').textContent).toBe('网络不太好，正在等结果')
    expect(container.querySelector('#rain-go-on')).toBeNull()
    await flush(openingRetryMs)
    answer.resolve(opened(1, 12))
    serve()
    await flush(openingRetryMs)
    await flush(700)
    expect(byId(container, 'rain-points').textContent).toBe('12积分')
    const keys = keysSent()
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
  })

  it('an answer that was asked for before a packet does not undo it', async () => {
    const container = await openRain()
    const old = pending<unknown>()
    serve({ 'GET /api/member/rains/rain-1': () => old.promise })
    await flush(15_000)
    expect(timesSent('GET', '/api/member/rains/rain-1')).toBe(2)
    fireEvent.click(byId(container, 'rain-open'))
    await act(async () => answer.resolve(opened(1, 36)))
    await flush()
    await act(async () => old.resolve({ rain, serverTime: new Date().toISOString() }))
    await flush()
    expect(byId(container, 'rain-tally').textContent).toBe('36')
  })

  it('opens the next packet under another key', async () => {
    serve({ [`POST ${packetsPath}`]: () => opened(1, 5) })
    const container = await openRain()
    for (let n = 0; n < 2; n += 1) {
      fireEvent.click(byId(container, 'rain-open'))
      await flush()
      fireEvent.click(byId(container, 'rain-go-on'))
    }
    expect(new Set(keysSent()).size).toBe(2)
  })

  it('tells what a cap took of a packet', async () => {
    const reason = '每天最多得 15 积分'
    serve({ [`POST ${packetsPath}`]: () => opened(1, 0, [{ reason, points: 10 }]) })
    const container = await openRain()
    fireEvent.click(byId(container, 'rain-open'))
    await flush()
    expect(byId(container, 'rain-reveal').textContent).toContain(`这个红包没能放进去${reason}，少得 10`)
  })

  it('gives no packet to who may not take part', async () => {
    rain = sampleRain({ mine: { openedPackets: 0, points: 0, leftPackets: 3, obstacle: '这一场只给金卡' } })
    const container = await openRain()
    fireEvent.click(container.querySelector('.rain-lane') as HTMLElement)
    await flush()
    expect(timesSent('POST', packetsPath)).toBe(0)
    expect(byId(container, 'rain-obstacle').textContent).toBe('这一场只给金卡')
  })
})

describe('at the end', () => {
  it('shows the total once the last packet has been looked at, and the way to the mall', async () => {
    rain = sampleRain({ mine: { openedPackets: 2, points: 30, leftPackets: 1, obstacle: null } })
    serve({
      [`POST ${packetsPath}`]: () => ({
        ...opened(3, 20),
        mine: { openedPackets: 3, points: 50, leftPackets: 0 },
      }),
    })
    const container = await openRain()
    fireEvent.click(byId(container, 'rain-open'))
    await flush(700)
    expect(byId(container, 'rain-go-on').textContent).toBe('看看一共得了多少')
    fireEvent.click(byId(container, 'rain-go-on'))
    await flush(700)
    expect(byId(container, 'rain-result').textContent).toContain('红包都开完了')
    expect(byId(container, 'rain-total').textContent).toBe('50积分')
    fireEvent.click(byId(container, 'to-mall'))
    expect(platform.opened).toEqual(['/pages/mall/index'])
  })

  it.each([
    ['rain.empty', '红包已经抢完了', '红包被抢完了'],
    ['rain.over', '红包雨已经结束了', '红包雨结束了'],
    ['rain.limit_reached', '你的红包已经开满了', '红包都开完了'],
  ])('a refusal by %s is told kindly, then ends it', async (code, message, title) => {
    serve({ [`POST ${packetsPath}`]: () => refusal(409, code, message) })
    const container = await openRain()
    fireEvent.click(byId(container, 'rain-open'))
    await flush()
    expect(byId(container, 'rain-refused').textContent).toBe(message)
    fireEvent.click(byId(container, 'rain-go-on'))
    await flush()
    expect(byId(container, 'rain-result').textContent).toContain(title)
    expect(byId(container, 'rain-result').textContent).toContain('这次没有开到红包')
  })

  it('ends by itself when its time is over', async () => {
    atServerTime(endsAt - 2_000)
    const container = await openRain()
    byId(container, 'rain-open')
    await flush(2_000)
    expect(byId(container, 'rain-result').textContent).toContain('红包雨结束了')
  })
})

describe('on home', () => {
  const openHome = async (items: Rain[]) => {
    const serverTime = new Date(Date.now() + phoneBehindMs).toISOString()
    serveRoutes({ 'GET /api/member/rains': () => ({ items, serverTime }) })
    const { container } = renderInApp(<HomePage />)
    await flush(10)
    return container
  }
  beforeEach(() => freshPhone())

  it('a rain that runs is one tap away', async () => {
    const container = await openHome([sampleRain({ mine: null })])
    await waitFor(() => byId(container, 'rain'))
    expect(byId(container, 'rain').textContent).toContain('正在下，快来抢')
    fireEvent.click(byId(container, 'rain'))
    expect(platform.opened).toEqual(['/packages/play/rain/index?id=rain-1'])
  })

  it('one of tomorrow is told a day before, not earlier, and one in which all is opened no more', async () => {
    atServerTime(startsAt - 86_400_000 - 5_000)
    const announced = sampleRain({ state: 'announced', leftPercent: 100, mine: null })
    const done = sampleRain({ mine: { openedPackets: 3, points: 9, leftPackets: 0, obstacle: null } })
    const container = await openHome([done, announced])
    expect(container.querySelector('#rain')).toBeNull()
    atServerTime(startsAt - 3_600_000)
    freshPhone()
    const later = await openHome([announced])
    expect(byId(later, 'rain').textContent).toContain('今天 20:00开始')
  })
})

it('days are told apart from hours, and the phase follows the clock', () => {
  expect(clockOf(90_061_000)).toEqual({ days: 1, clock: '01:01:01' })
  expect(clockOf(-5)).toEqual({ days: 0, clock: '00:00:00' })
  expect(phaseOf(sampleRain({ state: 'cancelled' }), startsAt, null)).toEqual({
    name: 'ended',
    why: 'cancelled',
  })
  expect(phaseOf(sampleRain({ leftPercent: 0 }), startsAt, null)).toEqual({ name: 'ended', why: 'empty' })
})
