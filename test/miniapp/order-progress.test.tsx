import { fireEvent, waitFor } from '@testing-library/react'
import type { OrderDetail } from '../../miniapp/src/features/orders/order.queries'
import OrderDetailPage from '../../miniapp/src/packages/order/detail/index'
import { platform } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'
import { sampleOrder } from './support/samples'

const trackingAt = (minute: number, overrides: object = {}): OrderDetail['timeline'][number] => ({
  state: 'shipped',
  tracking: 'in_transit',
  title: '运输中',
  note: `第 ${minute} 站`,
  at: new Date(Date.UTC(2026, 0, 3, 0, minute)).toISOString(),
  ...overrides,
})

const shippedOrder = (timeline: OrderDetail['timeline'], deliveredAt: string | null = null): OrderDetail =>
  sampleOrder({
    state: 'shipped',
    handOver: 'delivery',
    shipment: {
      carrier: '顺丰速运',
      carrierCode: 'SF',
      trackingNumber: 'SF1234567890123',
      shippedAt: '2026-01-02T08:00:00.000Z',
      deliveredAt,
    },
    autoConfirmsAt: '2026-01-09T15:59:59.999Z',
    timeline,
    canCancel: false,
    canConfirm: true,
  })

async function open(order: OrderDetail) {
  platform.params = { id: order.id }
  platform.answer = ({ url }) => ({
    statusCode: 200,
    data: url.endsWith('/after-sale-options') ? { options: [], latest: null } : { order },
  })
  const { container } = renderInApp(<OrderDetailPage />)
  await waitFor(() => expect(container.querySelector('#order-state')).not.toBeNull())
  return container
}
const notes = (container: HTMLElement) =>
  [...container.querySelectorAll('.timeline__note')].map(({ textContent }) => textContent)

beforeEach(() => freshPhone('member'))

it('shows the parcel’s steps newest first, two of one instant included, as plain text', async () => {
  const container = await open(
    shippedOrder([
      trackingAt(1),
      trackingAt(2, { note: '<b>派送</b>' }),
      trackingAt(2, { note: '又一条' }),
      trackingAt(3),
    ]),
  )
  expect(notes(container)).toEqual(['第 3 站', '<b>派送</b>', '又一条', '第 1 站'])
  expect(container.querySelector('.timeline b')).toBeNull()
})

it('folds a long way to its newest steps until one asks for all', async () => {
  const container = await open(shippedOrder(Array.from({ length: 20 }, (_, minute) => trackingAt(minute))))
  expect(notes(container)).toEqual(['第 19 站', '第 18 站', '第 17 站', '第 16 站', '第 15 站'])
  const more = container.querySelector('#whole-progress')
  expect(more?.textContent).toBe('展开全部 20 条')
  if (more) fireEvent.click(more)
  expect(notes(container)).toHaveLength(20)
})

it('offers the tracking number to copy, and says when the parcel has come', async () => {
  const container = await open(shippedOrder([trackingAt(1)], '2026-01-05T02:00:00.000Z'))
  expect(container.querySelector('#tracking-number')?.textContent).toContain('SF1234567890123')
  expect(container.querySelector('.order-head__hint')?.textContent).toContain('包裹已签收')
})
