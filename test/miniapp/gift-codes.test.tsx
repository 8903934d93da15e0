import { fireEvent, waitFor } from '@testing-library/react'
import { RedeemSheet } from '../../miniapp/src/packages/gift/detail/redeem-sheet'
import OrderDetailPage from '../../miniapp/src/packages/order/detail/index'
import Taro, { platform } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'
import { sampleGift, sampleOrder } from './support/samples'

const virtualOrder = (state: 'issued' | 'completed' | 'reviewing' = 'issued') =>
  sampleOrder({ state, handOver: 'virtual', pickUpExpiresAt: null, stores: [], canCancel: false })
const card = {
  giftId: 'gift-1',
  skuId: null,
  giftName: '视频会员月卡',
  code: 'VIP-0001',
  password: '778899',
  expiresOn: '2030-06-30',
}
const looks = () => platform.requests.filter(({ url }) => url.endsWith('/gift-codes'))

/** A server whose order completes when its codes are looked at. */
function serve(state?: Parameters<typeof virtualOrder>[0]) {
  const server = { order: virtualOrder(state) }
  platform.params = { id: 'order-1' }
  platform.answer = ({ url }) => {
    if (url.endsWith('/after-sale-options')) return { statusCode: 200, data: { options: [], latest: null } }
    if (!url.endsWith('/gift-codes')) return { statusCode: 200, data: { order: server.order } }
    server.order = virtualOrder('completed')
    return { statusCode: 200, data: { items: [card] } }
  }
}

async function openOrder() {
  const { container } = renderInApp(<OrderDetailPage />)
  await waitFor(() => expect(container.querySelector('#order-state')).not.toBeNull())
  const tap = (id: string) => {
    const target = container.querySelector(`#${id}`)
    if (!target) throw new Error(`There is no ${id}`)
    fireEvent.click(target)
  }
  return { container, tap, shown: (id: string) => container.querySelector(`#${id}`)?.textContent ?? null }
}

beforeEach(() => freshPhone('member'))

it('keeps the codes covered, and does not even ask for them, until the member taps', async () => {
  serve()
  const { container, tap, shown } = await openOrder()
  expect(container.textContent).not.toContain('VIP-0001')
  expect(looks()).toHaveLength(0)
  tap('show-gift-codes')
  await waitFor(() => expect(shown('gift-code-0')).toBe('VIP-0001'))
  expect(shown('gift-password-0')).toBe('778899')
  expect(container.textContent).toContain('2030年6月30日前有效')
  // The order has completed meanwhile, and the codes stay on the screen.
  await waitFor(() => expect(shown('order-state')).toBe('已完成'))
  expect(shown('gift-code-0')).toBe('VIP-0001')
  expect(looks()).toHaveLength(1)
})

it('copies code and password by a tap each', async () => {
  serve('completed')
  const copied = jest.spyOn(Taro, 'setClipboardData')
  const { tap, shown } = await openOrder()
  tap('show-gift-codes')
  await waitFor(() => expect(shown('gift-code-0')).not.toBeNull())
  tap('gift-code-0')
  tap('gift-password-0')
  await waitFor(() => expect(copied.mock.calls).toEqual([[{ data: 'VIP-0001' }], [{ data: '778899' }]]))
})

it('forgets the codes when they are covered again', async () => {
  serve()
  const { container, tap, shown } = await openOrder()
  tap('show-gift-codes')
  await waitFor(() => expect(shown('gift-code-0')).not.toBeNull())
  tap('hide-gift-codes')
  await waitFor(() => expect(container.textContent).not.toContain('VIP-0001'))
  tap('show-gift-codes')
  await waitFor(() => expect(looks()).toHaveLength(2))
})

it('has no codes while the order is in review', async () => {
  serve('reviewing')
  const { container } = await openOrder()
  expect(container.querySelector('#gift-codes')).toBeNull()
})

it('redeems without an address and leads to the codes', async () => {
  platform.answer = ({ method }) =>
    method === 'POST'
      ? { statusCode: 201, data: { order: virtualOrder() } }
      : { statusCode: 200, data: { available: 12_480, frozen: 0, debt: 0, expiringSoon: [] } }
  const gift = sampleGift({ handOver: 'virtual', stores: [], pickUpValidDays: null })
  const { container } = renderInApp(<RedeemSheet gift={gift} skuId={null} isOpen onClose={() => undefined} />)
  const button = () => container.querySelector('#confirm-redeem')
  await waitFor(() => expect(button()?.getAttribute('aria-disabled')).toBe('false'))
  expect(container.querySelector('#redeem-hint')?.textContent).toBe('券码发放后积分即扣除，不能取消')
  expect(container.querySelector('#choose-address')).toBeNull()
  fireEvent.click(button() as Element)
  await waitFor(() => expect(container.querySelector('#see-order')?.textContent).toBe('查看券码'))
  expect(container.textContent).toContain('已使用 3,600')
  expect(platform.requests.filter(({ url }) => url.includes('addresses'))).toEqual([])
  expect(platform.requests.find(({ method }) => method === 'POST')?.data).not.toContain('addressId')
})
