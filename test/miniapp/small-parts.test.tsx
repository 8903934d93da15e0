import { act, fireEvent, waitFor } from '@testing-library/react'
import { resetMallFilter } from '../../miniapp/src/features/gifts/mall-filter'
import { forgetSearches } from '../../miniapp/src/features/gifts/search-history'
import { Obstacles } from '../../miniapp/src/packages/gift/detail/obstacles'
import WishesPage from '../../miniapp/src/packages/member/wishes'
import { Waiting } from '../../miniapp/src/pages/home/waiting'
import MallPage from '../../miniapp/src/pages/mall'
import { readKept } from '../../miniapp/src/platform/storage'
import { platform } from './stubs/taro'
import { byId, freshPhone, refusal, renderInApp, serveRoutes, timesSent } from './support/render'
import { sampleGift, sampleOrder } from './support/samples'

const tap = (container: HTMLElement, id: string) => fireEvent.click(byId(container, id))
const toast = (container: HTMLElement) => byId(container, 'toast').textContent

beforeEach(() => freshPhone('member'))

describe('the wish list', () => {
  const wish = (id: string, state: string, startsAt: string | null = null) => ({
    gift: sampleGift({ id, name: `礼品 ${id}` }),
    state,
    startsAt,
    wishedAt: '2026-01-01T00:00:00.000Z',
  })
  const open = async (items: object[], drop: () => unknown = () => null) => {
    serveRoutes({
      'GET /api/member/wishes': () => ({ items, nextCursor: null }),
      'DELETE /api/member/wishes/a': drop,
    })
    const { container } = renderInApp(<WishesPage />)
    await waitFor(() => expect(container.querySelector('.wish, #to-mall')).not.toBeNull())
    return container
  }

  it('says of each what stands in its way, and opens only what is not over', async () => {
    const container = await open([
      wish('a', 'open'),
      wish('b', 'sold_out'),
      wish('c', 'not_started', '2020-02-01T02:00:00.000Z'),
      wish('d', 'ended'),
    ])
    expect([...container.querySelectorAll('.wish__state')].map(({ textContent }) => textContent)).toEqual([
      '现在可以兑换',
      '换完了，到货提醒你',
      '2020年2月1日 10:00 开始',
      '已经结束',
    ])
    tap(container, 'wish-d')
    expect(toast(container)).toBe('这件礼品现在不能兑换了')
    expect(platform.opened).toEqual([])
    tap(container, 'wish-b')
    expect(platform.opened).toEqual(['/packages/gift/detail/index?id=b'])
  })

  it.each([
    ['that it is gone', () => null, '已从心愿单拿掉'],
    [
      'the same of one that was gone already',
      () => refusal(404, 'resource.not_found', '没有'),
      '已从心愿单拿掉',
    ],
    ['why it stays', () => refusal(429, 'rate.limited', '太快了，请稍等'), '太快了，请稍等'],
  ])('takes one off and says %s', async (_, drop, message) => {
    const container = await open([wish('a', 'open')], drop)
    tap(container, 'unwish-a')
    await waitFor(() => expect(toast(container)).toBe(message))
    expect(timesSent('DELETE', '/api/member/wishes/a')).toBe(1)
  })

  it('leads to the mall when there is none', async () => {
    const container = await open([])
    expect(container.textContent).toContain('还没有想要的礼品')
    tap(container, 'to-mall')
    expect(platform.opened).toEqual(['/pages/mall/index'])
  })
})

describe('what was searched for', () => {
  beforeEach(() => {
    forgetSearches()
    resetMallFilter()
    serveRoutes({
      'GET /api/member/gifts': () => ({ items: [], nextCursor: null, total: 0 }),
      'GET /api/member/gift-categories': () => ({ items: [] }),
    })
  })

  const search = (container: HTMLElement, word: string) => {
    fireEvent.change(byId(container, 'search'), { target: { value: word } })
    fireEvent.keyDown(byId(container, 'search'), { key: 'Enter' })
  }
  const wordsShown = (container: HTMLElement) =>
    [...container.querySelectorAll('.mall-history__word')].map(({ textContent }) => textContent)
  const lastQuery = () =>
    new URL(
      platform.requests.filter(({ url }) => url.startsWith('/api/member/gifts?')).at(-1)?.url ?? '',
      'https://a.b',
    ).searchParams.get('q')

  it('is offered again, the latest first and each once, when the field is empty', async () => {
    const { container } = renderInApp(<MallPage />)
    for (const word of ['保温杯', '咖啡', '保温杯']) search(container, word)
    await waitFor(() => expect(lastQuery()).toBe('咖啡'))
    expect((byId(container, 'search') as HTMLInputElement).value).toBe('保温杯')
    expect(container.querySelector('#search-history')).toBeNull()
    tap(container, 'search-clear')
    fireEvent.focus(byId(container, 'search'))
    await waitFor(() => expect(wordsShown(container)).toEqual(['保温杯', '咖啡']))
    tap(container, 'searched-1')
    expect((byId(container, 'search') as HTMLInputElement).value).toBe('咖啡')
  })

  it('is kept on the phone, eight at most, and forgotten with one tap', async () => {
    const { container } = renderInApp(<MallPage />)
    for (let index = 1; index <= 10; index++) search(container, `词 ${index}`)
    expect(readKept<string[]>('member', 'searches')).toEqual(
      [10, 9, 8, 7, 6, 5, 4, 3].map((index) => `词 ${index}`),
    )
    tap(container, 'search-clear')
    fireEvent.focus(byId(container, 'search'))
    await waitFor(() => byId(container, 'search-forget'))
    tap(container, 'search-forget')
    expect(container.querySelector('#search-history')).toBeNull()
    expect(readKept('member', 'searches')).toEqual([])
  })
})

describe('the card of a gift that waits', () => {
  const open = async (orders: object[]) => {
    serveRoutes({ 'GET /api/member/orders': () => ({ items: orders, nextCursor: null }) })
    const { container } = renderInApp(<Waiting />)
    await waitFor(() => expect(timesSent('GET', '/api/member/orders')).toBe(1))
    await act(async () => new Promise((resolve) => setTimeout(resolve, 20)))
    return container
  }

  it('is the one that must be collected first, with how many wait', async () => {
    const container = await open([
      sampleOrder({ id: 'later', pickUpExpiresAt: '2026-02-10T15:59:59.999Z' }),
      sampleOrder({ id: 'sooner', pickUpExpiresAt: '2026-01-16T15:59:59.999Z' }),
      sampleOrder({ id: 'card', state: 'issued', pickUpExpiresAt: null }),
    ])
    expect(byId(container, 'waiting').textContent).toContain('1月16日')
    expect(byId(container, 'waiting').textContent).toContain('2')
    tap(container, 'waiting')
    expect(platform.opened).toEqual(['/packages/order/code/index?id=sooner'])
  })

  it('is not there for cards that were issued', async () => {
    const container = await open([sampleOrder({ state: 'issued', pickUpExpiresAt: null })])
    expect(container.querySelector('#waiting')).toBeNull()
  })
})

describe('what stands between a member and a gift', () => {
  const withObstacles = (
    obstacles: { code: string; message: string; help: string | null; details: object }[],
  ) =>
    sampleGift({
      pricePoints: 1_000,
      eligibility: { canRedeem: false, redeemedByMe: 0, obstacles } as never,
    })
  const missing = (points: number) => ({
    code: 'points.insufficient',
    message: '积分不足',
    help: '再签到 16 天左右',
    details: { missing: points },
  })
  const barOf = (container: HTMLElement) =>
    container.querySelector<HTMLElement>('.obstacle__bar')?.style.width

  it.each([
    [320, '68%'],
    [1_000, '2%'],
    [4, '99%'],
  ])('draws %i missing points of 1,000 as a bar of %s: never empty, never full', (points, width) => {
    const { container } = renderInApp(<Obstacles gift={withObstacles([missing(points)])} />)
    expect(barOf(container)).toBe(width)
  })

  it('says how many are missing, how far that is, and leads to where points are earned', () => {
    const { container } = renderInApp(<Obstacles gift={withObstacles([missing(320)])} />)
    expect(container.textContent).toContain('320')
    expect(container.textContent).toContain('再签到 16 天左右')
    expect(container.textContent).toContain('680')
    tap(container, 'earn-more')
    expect(platform.opened).toEqual(['/pages/home/index'])
  })

  it('lists every other reason in its own words, and nothing when there is none', () => {
    const tier = { code: 'tier', message: '金卡会员才能换', help: '再攒 800 成长值', details: {} }
    const { container } = renderInApp(<Obstacles gift={withObstacles([missing(320), tier])} />)
    expect(container.querySelectorAll('.obstacle')).toHaveLength(2)
    expect(container.textContent).toContain('金卡会员才能换')
    const none = renderInApp(<Obstacles gift={withObstacles([])} />)
    expect(none.container.innerHTML).toBe('')
  })
})
