import { act, fireEvent } from '@testing-library/react'
import GiftDetailPage from '../../miniapp/src/packages/gift/detail'
import OrderCodePage from '../../miniapp/src/packages/order/code'
import HomePage from '../../miniapp/src/pages/home'
import MallPage from '../../miniapp/src/pages/mall'
import OrdersPage from '../../miniapp/src/pages/orders'
import { platform, type SentRequest } from './stubs/taro'
import { byId, freshPhone, pending, renderInApp, serveRoutes, timesSent } from './support/render'
import { sampleCheckIns, sampleGift, sampleMe, sampleOrder } from './support/samples'

const giftPath = '/api/member/gifts/gift-1'
const codePath = '/api/member/orders/order-1/code'

const gifts = Array.from({ length: 20 }, (_, index) => sampleGift({ id: `gift-${index + 1}` }))

/** Far enough ahead that only the guards can keep a guess back. */
let now = Date.parse('2026-01-07T04:00:00.000Z')

const routes = () => ({
  'GET /api/member/me': () => sampleMe(),
  'GET /api/member/points': () => ({ available: 1_200, frozen: 0, debt: 0, expiringSoon: [] }),
  'GET /api/member/check-ins': () => sampleCheckIns(),
  'GET /api/member/gifts': ({ url }: SentRequest) =>
    url.includes('cursor=')
      ? { items: [], nextCursor: null, total: 20 }
      : { items: gifts, nextCursor: 'next', total: 20 },
  'GET /api/member/gift-categories': () => ({ items: [] }),
  'GET /api/member/rains': () => ({ items: [], serverTime: new Date().toISOString() }),
  'GET /api/member/orders': () => ({ items: [sampleOrder()], nextCursor: null }),
  'GET /api/member/orders/order-1': () => ({ order: sampleOrder() }),
  [`GET ${codePath}`]: () => ({
    digits: '482109375564',
    qrText: 'JL1.order-1.1.abc',
    refreshAt: new Date(now + 30_000).toISOString(),
    qrValidUntil: new Date(now + 90_000).toISOString(),
    expiresAt: new Date(now + 86_400_000).toISOString(),
  }),
  ...Object.fromEntries(gifts.map((gift) => [`GET /api/member/gifts/${gift.id}`, () => ({ gift })])),
})

/** In steps: what renders is asked for by the next one. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 100) {
    const step = Math.min(100, left)
    now += step
    await act(() => jest.advanceTimersByTimeAsync(step))
  }
}

const setConnection = (connection: object | undefined) =>
  Object.defineProperty(navigator, 'connection', { value: connection, configurable: true })

beforeEach(() => {
  now += 3_600_000
  jest.useFakeTimers({ now })
  freshPhone('member')
  serveRoutes(routes())
})

afterEach(() => {
  jest.useRealTimers()
  setConnection(undefined)
  Reflect.deleteProperty(globalThis, 'IntersectionObserver')
})

async function openHome() {
  const home = renderInApp(<HomePage />)
  await pass(200)
  byId(home.container, 'tile-gift-1')
  return home
}

describe('a gift that is pressed', () => {
  it('is asked for once, and its page opens with the answer', async () => {
    const { container } = await openHome()
    fireEvent.touchStart(byId(container, 'tile-gift-1'))
    await pass(90)
    expect(timesSent('GET', giftPath)).toBe(1)
    fireEvent.click(byId(container, 'tile-gift-1'))
    expect(platform.opened).toEqual(['/packages/gift/detail/index?id=gift-1'])
    platform.params = { id: 'gift-1' }
    const page = renderInApp(<GiftDetailPage />)
    expect(page.container.textContent).toContain('随行保温杯')
    await pass(2_000)
    expect(timesSent('GET', giftPath)).toBe(1)
  })

  it('is asked for once when its page opens before the answer', async () => {
    const answer = pending<unknown>()
    const { container } = await openHome()
    serveRoutes({ ...routes(), [`GET ${giftPath}`]: () => answer.promise })
    fireEvent.touchStart(byId(container, 'tile-gift-1'))
    platform.params = { id: 'gift-1' }
    const page = renderInApp(<GiftDetailPage />)
    await pass(300)
    answer.resolve({ gift: gifts[0] })
    await pass(10)
    expect(page.container.textContent).toContain('随行保温杯')
    expect(timesSent('GET', giftPath)).toBe(1)
  })

  it.each([
    ['data is to be saved', { saveData: true, effectiveType: '4g' }],
    ['the network is 2G', { saveData: false, effectiveType: '2g' }],
  ])('is not asked for ahead when %s', async (_, connection) => {
    setConnection(connection)
    const { container } = await openHome()
    fireEvent.touchStart(byId(container, 'tile-gift-1'))
    await pass(5_000)
    expect(timesSent('GET', giftPath)).toBe(0)
    expect(timesSent('GET', codePath)).toBe(0)
  })

  it('waits its turn while the visible page still loads', async () => {
    serveRoutes({ ...routes(), 'GET /api/member/points': () => pending().promise })
    const { container } = await openHome()
    fireEvent.touchStart(byId(container, 'tile-gift-1'))
    await pass(5_000)
    expect(timesSent('GET', giftPath)).toBe(0)
    expect(timesSent('GET', codePath)).toBe(0)
  })

  it('is one of two at once, and of twelve in half a minute', async () => {
    const { container } = await openHome()
    await pass(1_000)
    const giftsSent = () =>
      platform.requests.filter(({ url }) => url.startsWith('/api/member/gifts/gift-')).length
    const press = (index: number) => fireEvent.touchStart(byId(container, `tile-gift-${index}`))
    press(1)
    press(2)
    press(3)
    expect(giftsSent()).toBe(2)
    for (let index = 3; index <= 20; index++) {
      await pass(10)
      press(index)
    }
    await pass(10)
    // The order's code was the first of the twelve.
    expect(giftsSent()).toBe(11)
  })
})

describe('a gift that is looked at', () => {
  const observed = new Map<Element, (ratio: number) => void>()

  beforeEach(() => {
    observed.clear()
    class Observer {
      constructor(
        private readonly tell: (entries: { target: Element; intersectionRatio: number }[]) => void,
      ) {}
      observe(target: Element) {
        observed.set(target, (intersectionRatio) => this.tell([{ target, intersectionRatio }]))
      }
      disconnect() {}
    }
    Object.assign(globalThis, { IntersectionObserver: Observer })
    // jsdom lays nothing out.
    jest.spyOn(HTMLElement.prototype, 'offsetParent', 'get').mockReturnValue(document.body)
  })
  afterEach(() => jest.restoreAllMocks())

  it('is asked for after a moment, not when it only passes by', async () => {
    const { container } = await openHome()
    await pass(1_000)
    const show = (ratio: number) => observed.get(byId(container, 'tile-gift-1'))?.(ratio)
    show(0.9)
    await pass(300)
    show(0)
    await pass(2_000)
    expect(timesSent('GET', giftPath)).toBe(0)
    show(0.9)
    await pass(700)
    expect(timesSent('GET', giftPath)).toBe(1)
  })

  it('is one of the first four of its row or grid', async () => {
    await openHome()
    expect([...observed.keys()].map(({ id }) => id)).toEqual(
      ['gift', 'tile'].flatMap((kind) => [1, 2, 3, 4].map((index) => `${kind}-gift-${index}`)),
    )
  })
})

describe('the code of an order that waits', () => {
  it.each([
    ['home', HomePage],
    ['the orders', OrdersPage],
  ])('is read once %s is there, and the code page opens with it', async (_, Page) => {
    renderInApp(<Page />)
    await pass(1_000)
    expect(timesSent('GET', codePath)).toBe(1)
    platform.params = { id: 'order-1' }
    const { container } = renderInApp(<OrderCodePage />)
    expect(byId(container, 'code-digits').textContent).toBe('4821 0937 5564')
    await pass(5_000)
    expect(timesSent('GET', codePath)).toBe(1)
  })

  it('is renewed when it runs out, however long ago it was read', async () => {
    renderInApp(<OrdersPage />)
    await pass(1_000)
    await pass(20_000)
    platform.params = { id: 'order-1' }
    renderInApp(<OrderCodePage />)
    await pass(1_000)
    expect(timesSent('GET', codePath)).toBe(1)
    await pass(10_500)
    expect(timesSent('GET', codePath)).toBe(2)
  })
})

describe('the next page of the mall', () => {
  const pagesSent = () =>
    platform.requests.filter(({ url }) => url.startsWith('/api/member/gifts?') && url.includes('cursor='))
      .length

  it('is asked for once near the end of the list', async () => {
    renderInApp(<MallPage />)
    await pass(200)
    act(() => platform.reachBottom())
    act(() => platform.reachBottom())
    await pass(200)
    expect(pagesSent()).toBe(1)
  })

  it('waits for a tap where data is to be saved', async () => {
    setConnection({ saveData: true })
    const { container } = renderInApp(<MallPage />)
    await pass(200)
    act(() => platform.reachBottom())
    await pass(200)
    expect(pagesSent()).toBe(0)
    fireEvent.click(byId(container, 'load-more'))
    await pass(200)
    expect(pagesSent()).toBe(1)
  })
})
