import { QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, waitFor } from '@testing-library/react'
import { RedeemSheet } from '../../miniapp/src/packages/gift/detail/redeem-sheet'
import { queryClient } from '../../miniapp/src/platform/query-client'
import { type Answer, platform } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'
import { sampleGift, sampleOrder } from './support/samples'

const points = { available: 12_480, frozen: 0, debt: 0, expiringSoon: [] }
const code = {
  digits: '482109375564',
  qrText: 'q',
  refreshAt: '2099-01-01T00:00:00.000Z',
  expiresAt: '2099-01-01T00:00:00.000Z',
}

const orderRequests = () =>
  platform.requests.filter(({ method, url }) => method === 'POST' && url === '/api/member/orders')

/** Answers an order as given and everything else as usual. */
function answerOrders(answer: () => Answer | Promise<Answer>): void {
  platform.answer = (request) => {
    if (request.method === 'POST' && request.url === '/api/member/orders') return answer()
    if (request.url.endsWith('/code')) return { statusCode: 200, data: code }
    return { statusCode: 200, data: points }
  }
}

async function openSheet(gift = sampleGift()) {
  const { container } = renderInApp(<RedeemSheet gift={gift} skuId={null} isOpen onClose={() => undefined} />)
  const button = () => container.querySelector('#confirm-redeem')
  await waitFor(() => expect(button()?.getAttribute('aria-disabled')).toBe('false'))
  const tap = () => {
    const target = button()
    if (!target) throw new Error('There is no button')
    fireEvent.click(target)
  }
  return { container, button, tap }
}

beforeEach(() => freshPhone('member'))

it('shows what it costs and what is left', async () => {
  answerOrders(() => ({ statusCode: 201, data: { order: sampleOrder() } }))
  const { container } = await openSheet()
  expect(container.querySelector('#redeem-total')?.textContent).toBe('3,600 积分')
  expect(container.querySelector('#redeem-after')?.textContent).toBe('8,880 积分')
})

it('places one order however often the button is tapped', async () => {
  let release: (answer: Answer) => void = () => undefined
  answerOrders(() => new Promise((resolve) => (release = resolve)))
  const { container, tap } = await openSheet()
  tap()
  tap()
  await waitFor(() => expect(orderRequests()).toHaveLength(1))
  tap()
  await act(async () => release({ statusCode: 201, data: { order: sampleOrder() } }))
  await waitFor(() => expect(container.querySelector('#redeem-done')).not.toBeNull())
  expect(orderRequests()).toHaveLength(1)
})

it('tries again after a lost answer with the same key and the same order', async () => {
  let isLost = true
  answerOrders(() =>
    isLost ? Promise.reject({ errMsg: 'request:fail' }) : { statusCode: 201, data: { order: sampleOrder() } },
  )
  const { container, button, tap } = await openSheet()
  tap()
  await waitFor(() => expect(button()?.textContent).toContain('再试一次'), { timeout: 4_000 })
  isLost = false
  tap()
  await waitFor(() => expect(container.querySelector('#redeem-done')).not.toBeNull())
  const keys = orderRequests().map(({ header }) => header['idempotency-key'])
  expect(keys.length).toBeGreaterThan(1)
  expect(new Set(keys).size).toBe(1)
  expect(new Set(orderRequests().map(({ data }) => data)).size).toBe(1)
})

it('sends that very order again even when the sheet was closed and more is wanted meanwhile', async () => {
  answerOrders(() => Promise.reject({ errMsg: 'request:fail' }))
  const gift = sampleGift({ perMemberLimit: 3 })
  const sheet = (isOpen: boolean) => (
    <QueryClientProvider client={queryClient}>
      <RedeemSheet gift={gift} skuId={null} isOpen={isOpen} onClose={() => undefined} />
    </QueryClientProvider>
  )
  const { container, rerender } = render(sheet(true))
  const element = (id: string) => container.querySelector(`#${id}`) ?? document.createElement('div')
  await waitFor(() => expect(element('confirm-redeem').getAttribute('aria-disabled')).toBe('false'))
  fireEvent.click(element('quantity-more'))
  fireEvent.click(element('confirm-redeem'))
  await waitFor(() => expect(element('confirm-redeem').textContent).toContain('再试一次'), { timeout: 4_000 })
  rerender(sheet(false))
  rerender(sheet(true))
  expect(element('quantity-value').textContent).toBe('2')
  fireEvent.click(element('quantity-more'))
  fireEvent.click(element('confirm-redeem'))
  // Each press is sent three times; a retry left over would land in the next test.
  await waitFor(() => expect(orderRequests()).toHaveLength(6), { timeout: 8_000 })
  expect(new Set(orderRequests().map(({ data }) => data)).size).toBe(1)
  expect(new Set(orderRequests().map(({ header }) => header['idempotency-key'])).size).toBe(1)
})

it('says why an order was refused and takes a new key for the next attempt', async () => {
  answerOrders(() => ({ statusCode: 409, data: { error: { code: 'gift.sold_out', message: '已经换完了' } } }))
  const { container, tap, button } = await openSheet()
  tap()
  await waitFor(() => expect(container.querySelector('#redeem-error')?.textContent).toBe('已经换完了'))
  await waitFor(() => expect(button()?.getAttribute('aria-disabled')).toBe('false'))
  tap()
  await waitFor(() => expect(orderRequests()).toHaveLength(2))
  expect(new Set(orderRequests().map(({ header }) => header['idempotency-key'])).size).toBe(2)
})

it('sends the price it shows; when that changed it shows the new one and asks again', async () => {
  const details = {
    items: [{ giftId: 'gift-1', skuId: null, quantity: 1, pricePoints: 4_000 }],
    totalPoints: 4_000,
  }
  let isChanged = true
  answerOrders(() =>
    isChanged
      ? { statusCode: 409, data: { error: { code: 'order.price_changed', message: '价格变了', details } } }
      : { statusCode: 201, data: { order: sampleOrder() } },
  )
  const { container, tap, button } = await openSheet()
  tap()
  await waitFor(() => expect(container.querySelector('#redeem-total')?.textContent).toBe('4,000 积分'))
  expect(container.querySelector('#redeem-error')?.textContent).toBe('价格刚刚变成了 4,000 积分，看过再换')
  await waitFor(() => expect(button()?.getAttribute('aria-disabled')).toBe('false'))
  isChanged = false
  tap()
  await waitFor(() => expect(container.querySelector('#redeem-done')).not.toBeNull())
  const sent = orderRequests().map(({ data }) => JSON.parse(String(data)).items[0].expectedPricePoints)
  expect(sent).toEqual([3_600, 4_000])
})

it('shows the code of a gift that is collected in a store', async () => {
  answerOrders(() => ({ statusCode: 201, data: { order: sampleOrder() } }))
  const { container, tap } = await openSheet()
  tap()
  await waitFor(() => expect(container.querySelector('#redeem-digits')?.textContent).toBe('4821 0937 5564'))
})
