import { fireEvent, waitFor } from '@testing-library/react'
import type { Basket } from '../../miniapp/src/features/basket/basket.queries'
import { useBasket } from '../../miniapp/src/features/basket/basket.queries'
import { BasketContent } from '../../miniapp/src/packages/gift/basket'
import { ToBasket } from '../../miniapp/src/packages/gift/detail/to-basket'
import { type Answer, platform } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'
import { sampleGift, sampleOrder } from './support/samples'

const { eligibility: _, ...card } = sampleGift({ pricePoints: 100, listPricePoints: 100 })
const line = (giftId: string, quantity: number): Basket['items'][number] => ({
  giftId,
  skuId: null,
  skuName: null,
  quantity,
  gift: { ...card, id: giftId },
  stock: 12,
  obstacles: [],
})
const basketOf = (override: Partial<Basket> = {}): Basket => ({
  items: [line('cup', 1), line('pot', 2)],
  stores: [],
  totalPoints: 300,
  obstacles: [],
  canOrder: true,
  revision: 4,
  ...override,
})

/** The BFF's basket, and what it answers to an order. */
let kept: Basket
let orderAnswer: () => Answer
beforeEach(() => {
  freshPhone('member')
  kept = basketOf()
  orderAnswer = () => ({ statusCode: 201, data: { order: sampleOrder() } })
  platform.answer = (request) => {
    if (request.method === 'POST' && request.url === '/api/member/orders') return orderAnswer()
    if (request.url === '/api/member/basket') return { statusCode: 200, data: { basket: kept } }
    if (request.url.endsWith('/code')) return { statusCode: 404, data: {} }
    return { statusCode: 200, data: { available: 1_000, frozen: 0, debt: 0, expiringSoon: [] } }
  }
})

const sent = (method: string, url: string) =>
  platform.requests
    .filter((request) => request.method === method && request.url === url)
    .map(({ data }) => JSON.parse(String(data)))

function Shown() {
  const { data } = useBasket()
  return data ? <BasketContent basket={data.basket} /> : null
}

async function open() {
  const { container } = renderInApp(<Shown />)
  const find = (id: string) => container.querySelector(`#${id}`)
  const tap = (id: string) => {
    const target = find(id)
    if (!target) throw new Error(`There is no ${id}`)
    fireEvent.click(target)
  }
  await waitFor(() => expect(container.textContent).not.toBe(''))
  return { find, tap, container }
}

it('changes the quantity of one line, takes another out, and names the revision it has seen', async () => {
  const { tap, find } = await open()
  expect(find('basket-total')?.textContent).toBe('300 积分')
  kept = basketOf({ items: [line('cup', 2), line('pot', 2)], totalPoints: 400, revision: 5 })
  tap('quantity-cup-more')
  await waitFor(() => expect(find('basket-total')?.textContent).toBe('400 积分'))
  tap('remove-pot')
  await waitFor(() => expect(sent('PUT', '/api/member/basket')).toHaveLength(2))
  expect(sent('PUT', '/api/member/basket')).toEqual([
    {
      items: [
        { giftId: 'cup', quantity: 2 },
        { giftId: 'pot', quantity: 2 },
      ],
      revision: 4,
    },
    { items: [{ giftId: 'cup', quantity: 2 }], revision: 5 },
  ])
})

it('orders everything at the prices shown, and says what is left', async () => {
  const { tap, find } = await open()
  tap('checkout-basket')
  await waitFor(() => expect(find('checkout-after')?.textContent).toBe('700 积分'))
  kept = basketOf({ items: [], totalPoints: 0, canOrder: false, revision: 5 })
  tap('confirm-checkout')
  await waitFor(() => expect(find('redeem-done')).not.toBeNull())
  expect(sent('POST', '/api/member/orders')).toEqual([
    {
      items: [
        { giftId: 'cup', quantity: 1, expectedPricePoints: 100 },
        { giftId: 'pot', quantity: 2, expectedPricePoints: 100 },
      ],
      fromBasket: true,
    },
  ])
})

it('a price that changed is said, and the new sum is asked for', async () => {
  const message = '价格刚刚变了，请看过新价格再换'
  orderAnswer = () => ({
    statusCode: 409,
    data: { error: { code: 'order.price_changed', message, details: { items: [], totalPoints: 360 } } },
  })
  const { tap, find } = await open()
  tap('checkout-basket')
  await waitFor(() => expect(find('checkout-total')?.textContent).toBe('300 积分'))
  kept = basketOf({ totalPoints: 360 })
  tap('confirm-checkout')
  await waitFor(() => expect(find('checkout-error')?.textContent).toBe(message))
  await waitFor(() => expect(find('checkout-total')?.textContent).toBe('360 积分'))
  expect(find('confirm-checkout')?.textContent).toBe('确认，用 360 积分')
})

it('an order of many points asks for the code from the phone, and is then placed', async () => {
  const details = { phoneMasked: '138****8000', points: 200 }
  orderAnswer = () => ({
    statusCode: 409,
    data: { error: { code: 'order.second_check_required', message: '要验证码', details } },
  })
  const { tap, find } = await open()
  tap('checkout-basket')
  await waitFor(() => expect(find('checkout-after')).not.toBeNull())
  tap('confirm-checkout')
  await waitFor(() => expect(find('second-check-lead')?.textContent).toContain('138****8000'))
  fireEvent.change(find('verification-code') ?? document.body, { target: { value: '482913' } })
  expect(find('confirm-code')?.textContent).toBe('确认，用 300 积分')
  orderAnswer = () => ({ statusCode: 201, data: { order: sampleOrder() } })
  tap('confirm-code')
  await waitFor(() => expect(find('redeem-done')).not.toBeNull())
  const [first, second] = sent('POST', '/api/member/orders')
  expect(second).toEqual({ ...first, verificationCode: '482913' })
})

it('says every reason, of a line and of the whole, and does not check out', async () => {
  const obstacle = (code: string, message: string) => ({ code, message, help: null, details: {} })
  kept = basketOf({
    items: [{ ...line('cup', 1), obstacles: [obstacle('tier', '金卡及以上可兑')] }],
    obstacles: [obstacle('points.insufficient', '还差 20 积分')],
    canOrder: false,
  })
  const { find, container } = await open()
  expect(container.textContent).toContain('金卡及以上可兑')
  expect(container.textContent).toContain('还差 20 积分')
  expect(find('checkout-basket')?.getAttribute('aria-disabled')).toBe('true')
})

it('an empty basket leads to the mall', async () => {
  kept = basketOf({ items: [], totalPoints: 0, canOrder: false })
  const { find } = await open()
  expect(find('to-mall')).not.toBeNull()
})

it('a gift is added on top of what the basket holds, then the button leads to it', async () => {
  const { container } = renderInApp(<ToBasket giftId="cup" skuId={null} isSoldOut={false} />)
  fireEvent.click(container.querySelector('#to-basket') ?? document.body)
  await waitFor(() => expect(container.querySelector('#open-basket')).not.toBeNull())
  expect(sent('PUT', '/api/member/basket')).toEqual([
    {
      items: [
        { giftId: 'cup', quantity: 2 },
        { giftId: 'pot', quantity: 2 },
      ],
      revision: 4,
    },
  ])
})
