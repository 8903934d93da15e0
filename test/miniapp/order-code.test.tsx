import { act, waitFor } from '@testing-library/react'
import { lifetimeMs } from '../../miniapp/src/features/orders/order-code'
import OrderCodePage from '../../miniapp/src/packages/order/code/index'
import { ringSvg } from '../../miniapp/src/packages/order/code/ring'
import { queryClient } from '../../miniapp/src/platform/query-client'
import { keep } from '../../miniapp/src/platform/storage'
import { platform } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'
import { sampleOrder } from './support/samples'

const codeAt = (number: number) => ({
  digits: '482109375564',
  qrText: `qr-${number}`,
  refreshAt: new Date(Date.now() + 30_000).toISOString(),
  qrValidUntil: new Date(Date.now() + 90_000).toISOString(),
  expiresAt: '2099-01-01T00:00:00.000Z',
})

/** A server whose code and order can be changed while the page is open. */
function serve() {
  const server = { order: sampleOrder(), codesGiven: 0, isOffline: false }
  platform.params = { id: 'order-1' }
  platform.answer = ({ url }) => {
    if (server.isOffline) return Promise.reject({ errMsg: 'request:fail' })
    if (url.endsWith('/code')) return { statusCode: 200, data: codeAt(++server.codesGiven) }
    return { statusCode: 200, data: { order: server.order } }
  }
  return server
}

const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms))

beforeEach(() => {
  jest.useFakeTimers()
  freshPhone('member')
})
afterEach(() => jest.useRealTimers())

it('shows the digits in fours and how long the code lasts', async () => {
  serve()
  const { container } = renderInApp(<OrderCodePage />)
  await pass(100)
  expect(container.querySelector('#code-digits')?.textContent).toBe('4821 0937 5564')
  expect(container.querySelector('#code-refresh')?.textContent).toBe('30 秒后自动刷新')
})

it('asks for a new code when the old one runs out', async () => {
  const server = serve()
  renderInApp(<OrderCodePage />)
  await pass(29_000)
  expect(server.codesGiven).toBe(1)
  await pass(2_000)
  expect(server.codesGiven).toBe(2)
})

it('keeps the last code and says so when it cannot refresh', async () => {
  const server = serve()
  const { container } = renderInApp(<OrderCodePage />)
  await pass(1_000)
  server.isOffline = true
  await pass(34_000)
  expect(container.querySelector('#code-stale')?.textContent).toMatch(/没能刷新，这个二维码还能用 5\d 秒/)
  expect(container.textContent).not.toContain('二维码已过期')
  expect(container.querySelector('#code-digits')?.textContent).toBe('4821 0937 5564')
  server.isOffline = false
  await pass(4_000)
  expect(container.querySelector('#code-stale')).toBeNull()
})

it('says when the QR code is no longer taken, and that the digits still are', async () => {
  const server = serve()
  const { container } = renderInApp(<OrderCodePage />)
  await pass(1_000)
  server.isOffline = true
  await pass(92_000)
  expect(container.textContent).toContain('二维码已过期')
  expect(container.querySelector('#code-stale')?.textContent).toContain('请店员输入上面的数字')
  expect(container.querySelector('#code-digits')?.textContent).toBe('4821 0937 5564')
})

it('opened without a connection it shows the code it kept, as old as it is', async () => {
  const server = serve()
  const first = renderInApp(<OrderCodePage />)
  await pass(1_000)
  first.unmount()
  queryClient.clear()
  server.isOffline = true
  await pass(40_000)
  const { container } = renderInApp(<OrderCodePage />)
  await pass(100)
  expect(container.querySelector('#code-stale')?.textContent).toMatch(/这个二维码还能用 [45]\d 秒/)
  await pass(60_000)
  expect(container.textContent).toContain('二维码已过期')
})

it('keeps no code longer than the order can be collected', async () => {
  const server = serve()
  const old = { ...codeAt(1), expiresAt: new Date(Date.now() + 10_000).toISOString() }
  keep('member', 'code.order-1', { code: old, receivedAt: Date.now() })
  server.isOffline = true
  const { container } = renderInApp(<OrderCodePage />)
  await pass(100)
  expect(container.querySelector('#code-digits')).not.toBeNull()
  await pass(11_000)
  expect(container.querySelector('#code-digits')).toBeNull()
})

it('turns into the tick by itself once the gift is handed over', async () => {
  const server = serve()
  const { container } = renderInApp(<OrderCodePage />)
  await pass(1_000)
  server.order = sampleOrder({
    state: 'completed',
    handedOver: { staffName: '周宁', storeName: '静安店', redeemedAt: '2026-01-03T04:00:00.000Z' },
  })
  await pass(1_600)
  await waitFor(() => expect(container.querySelector('#code-done')?.textContent).toContain('静安店 · 12:00'))
})

describe('a phone whose clock is wrong', () => {
  const code = {
    digits: null,
    qrText: 'q',
    refreshAt: '2026-01-01T00:00:30.000Z',
    qrValidUntil: '2026-01-01T00:01:30.000Z',
    expiresAt: '2026-01-02T00:00:00.000Z',
  }

  it.each([
    ['is right', '2026-01-01T00:00:00.000Z', 30_000],
    ['runs an hour ahead', '2026-01-01T01:00:00.000Z', 5_000],
    ['runs an hour behind', '2025-12-31T23:00:00.000Z', 60_000],
  ])('neither hammers the server nor lets a code grow old when it %s', (_, receivedAt, expected) => {
    expect(lifetimeMs(code, new Date(receivedAt).getTime())).toBe(expected)
  })
})

it('draws a ring that empties', () => {
  const dash = (share: number) => Number(/stroke-dasharray="([\d.]+)/.exec(ringSvg(share, '#000000'))?.[1])
  expect(dash(1)).toBeCloseTo(37.7, 1)
  expect(dash(0.5)).toBeCloseTo(18.85, 1)
  expect(dash(0)).toBe(0)
})
