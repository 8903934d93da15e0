import { QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, waitFor } from '@testing-library/react'
import type { Basket } from '../../miniapp/src/features/basket/basket.queries'
import type { GiftDetail } from '../../miniapp/src/features/gifts/gift.queries'
import { CheckoutSheet } from '../../miniapp/src/packages/gift/basket/checkout-sheet'
import { RedeemSheet } from '../../miniapp/src/packages/gift/detail/redeem-sheet'
import { queryClient } from '../../miniapp/src/platform/query-client'
import { type Answer, platform } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'
import { sampleGift, sampleOrder } from './support/samples'

const store = (id: string, left: number | null) => ({
  id,
  name: `${id}店`,
  address: '愚园路 1 号',
  hours: '10:00–22:00',
  phone: null,
  pictureUrl: null,
  left,
})
const giftIn = (lefts: Record<string, number>, override: Partial<GiftDetail> = {}) =>
  sampleGift({
    stockPerStore: true,
    stores: Object.entries(lefts).map(([id, left]) => store(id, left)),
    perMemberLimit: 5,
    ...override,
  })

const sent = () =>
  platform.requests
    .filter(({ method, url }) => method === 'POST' && url === '/api/member/orders')
    .map(({ data }) => JSON.parse(String(data)))

let orderAnswer: () => Answer | Promise<Answer>
beforeEach(() => {
  freshPhone('member')
  orderAnswer = () => ({ statusCode: 201, data: { order: sampleOrder() } })
  platform.answer = (request) => {
    if (request.method === 'POST' && request.url === '/api/member/orders') return orderAnswer()
    if (request.url.endsWith('/code')) return { statusCode: 404, data: {} }
    return { statusCode: 200, data: { available: 90_000, frozen: 0, debt: 0, expiringSoon: [] } }
  }
})

function open(gift: GiftDetail, skuId: string | null = null) {
  const { container } = renderInApp(
    <RedeemSheet gift={gift} skuId={skuId} isOpen onClose={() => undefined} />,
  )
  const find = (id: string) => container.querySelector(`#${id}`)
  const tap = (id: string) => fireEvent.click(find(id) ?? document.createElement('div'))
  const isReady = () => find('confirm-redeem')?.getAttribute('aria-disabled') === 'false'
  const chosen = () => container.querySelector('[role=radio][aria-checked=true]')?.id
  const shown = () => [...container.querySelectorAll('[role=radio]')].map(({ id }) => id)
  return { find, tap, isReady, chosen, shown }
}

it('begins with the first store that has some, and says where few or none are left', async () => {
  const { find, chosen, shown, isReady, tap } = open(giftIn({ 静安: 0, 徐汇: 2, 武康: 30 }))
  expect(shown()).toEqual(['store-徐汇', 'store-武康', 'store-静安'])
  expect(chosen()).toBe('store-徐汇')
  expect(find('store-徐汇')?.textContent).toContain('剩 2 件')
  expect(find('store-武康')?.textContent).not.toContain('剩')
  expect(find('store-静安')?.textContent).toContain('已换完')
  expect(find('store-静安')?.getAttribute('aria-disabled')).toBe('true')
  tap('store-静安')
  expect(chosen()).toBe('store-徐汇')
  await waitFor(() => expect(isReady()).toBe(true))
})

it('orders in the chosen store, no more than it has', async () => {
  const { find, tap, isReady } = open(giftIn({ 静安: 2, 武康: 30 }))
  await waitFor(() => expect(isReady()).toBe(true))
  for (let press = 0; press < 4; press += 1) tap('quantity-more')
  expect(find('quantity-value')?.textContent).toBe('2')
  tap('store-武康')
  tap('quantity-more')
  tap('confirm-redeem')
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(sent()[0]).toMatchObject({ storeId: '武康', items: [{ quantity: 3 }] })
})

it('counts the chosen SKU', () => {
  const skus = [
    {
      id: 'white',
      name: '米白',
      stock: 4,
      pricePoints: 10,
      listPricePoints: 10,
      leftByStore: [
        { storeId: '静安', left: 0 },
        { storeId: '徐汇', left: 4 },
      ],
    },
  ]
  const { chosen, find } = open(giftIn({ 静安: 50, 徐汇: 4 }, { skus }), 'white')
  expect(chosen()).toBe('store-徐汇')
  expect(find('store-静安')?.textContent).toContain('已换完')
})

it('names no store where all share the stock', async () => {
  const { find, tap, isReady } = open(sampleGift())
  expect(find('store-chooser')).toBeNull()
  await waitFor(() => expect(isReady()).toBe(true))
  tap('confirm-redeem')
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(sent()[0]).not.toHaveProperty('storeId')
})

it('sends the same store again after a lost answer, whatever is tapped meanwhile', async () => {
  orderAnswer = () => Promise.reject({ errMsg: 'request:fail' })
  const { find, tap, isReady, chosen } = open(giftIn({ 静安: 2, 武康: 30 }))
  await waitFor(() => expect(isReady()).toBe(true))
  tap('confirm-redeem')
  await waitFor(() => expect(find('confirm-redeem')?.textContent).toContain('再试一次'), { timeout: 4_000 })
  tap('store-武康')
  expect(chosen()).toBe('store-静安')
  tap('confirm-redeem')
  await waitFor(() => expect(sent()).toHaveLength(6), { timeout: 8_000 })
  expect(new Set(sent().map(({ storeId }) => storeId))).toEqual(new Set(['静安']))
})

it('takes no other store unasked when the chosen one runs out meanwhile', async () => {
  const sheet = (lefts: Record<string, number>) => (
    <QueryClientProvider client={queryClient}>
      <RedeemSheet gift={giftIn(lefts)} skuId={null} isOpen onClose={() => undefined} />
    </QueryClientProvider>
  )
  const { container, rerender } = render(sheet({ 静安: 1, 武康: 30 }))
  const button = () => container.querySelector('#confirm-redeem')
  await waitFor(() => expect(button()?.getAttribute('aria-disabled')).toBe('false'))
  rerender(sheet({ 静安: 0, 武康: 30 }))
  expect(button()?.getAttribute('aria-disabled')).toBe('true')
  expect(container.querySelector('[aria-checked=true]')).toBeNull()
  fireEvent.click(container.querySelector('#store-武康') ?? document.createElement('div'))
  expect(button()?.getAttribute('aria-disabled')).toBe('false')
})

it('shows four of many stores, and all when asked', () => {
  const { find, tap, shown } = open(giftIn({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 0 }))
  expect(shown()).toHaveLength(4)
  expect(find('more-stores')?.textContent).toContain('全部 6 家门店')
  tap('more-stores')
  expect(shown()).toHaveLength(6)
})

it('offers the stores that have the whole basket', async () => {
  const { eligibility: _, ...card } = sampleGift()
  const { left: _left, ...plain } = store('静安', null)
  const basket: Basket = {
    items: [
      { giftId: 'gift-1', skuId: null, skuName: null, quantity: 1, gift: card, stock: 9, obstacles: [] },
    ],
    stores: [
      { ...plain, canServe: false },
      { ...plain, id: '徐汇', canServe: true },
    ],
    totalPoints: 3_600,
    obstacles: [],
    canOrder: true,
    revision: 1,
  }
  const { container } = renderInApp(<CheckoutSheet basket={basket} isOpen onClose={() => undefined} />)
  const find = (id: string) => container.querySelector(`#${id}`)
  expect(find('store-静安')?.textContent).toContain('换不齐')
  expect(find('store-徐汇')?.getAttribute('aria-checked')).toBe('true')
  fireEvent.click(find('confirm-checkout') ?? document.createElement('div'))
  await waitFor(() => expect(sent()).toHaveLength(1))
  expect(sent()[0]).toMatchObject({ storeId: '徐汇', fromBasket: true })
})
