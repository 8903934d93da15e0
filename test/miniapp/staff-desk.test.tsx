import { act, fireEvent } from '@testing-library/react'
import StaffDeskPage from '../../miniapp/src/packages/staff/desk/index'
import { type Answer, platform } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'
import { sampleOrder } from './support/samples'

const { id, number, items } = sampleOrder()
const found = {
  order: { id, number, state: 'to_pick_up', items, redeemedAt: null },
  member: { masked: '小* · 尾号 3307' },
}
const store = { id: 'store-1', name: '静安店', address: '', hours: '', phone: null, pictureUrl: null }
const refused = (code: string, message: string, details?: unknown): Answer => ({
  statusCode: 409,
  data: { error: { code, message, details } },
})

interface Server {
  lookUp: () => Answer | Promise<Answer>
  redeem: () => Answer | Promise<Answer>
}

function serve(server: Partial<Server>): void {
  platform.answer = ({ method, url }) => {
    if (method === 'POST' && url.endsWith('/lookup'))
      return server.lookUp?.() ?? { statusCode: 200, data: found }
    if (method === 'POST') return server.redeem?.() ?? { statusCode: 200, data: found }
    if (url.endsWith('/me')) {
      return { statusCode: 200, data: { staff: { id: 's', name: '周宁', store }, handedOverToday: 18 } }
    }
    return { statusCode: 200, data: { items: [], nextCursor: null, total: 0 } }
  }
}

const pass = (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms))

async function openDesk() {
  const { container, unmount } = renderInApp(<StaffDeskPage />)
  await pass(50)
  const shown = (elementId: string) => container.querySelector(`#${elementId}`)
  const tap = async (elementId: string) => {
    const target = shown(elementId)
    if (!target) throw new Error(`There is no ${elementId}`)
    fireEvent.click(target)
    await pass(50)
  }
  const type = async (digits: string) => {
    for (const digit of digits) await tap(`pad-${digit}`)
  }
  return { shown, tap, type, unmount }
}

const redeemRequests = () =>
  platform.requests.filter(({ method, url }) => method === 'POST' && url.endsWith('/redemptions'))

beforeEach(() => {
  jest.useFakeTimers()
  freshPhone('staff')
})
afterEach(() => jest.useRealTimers())

it('looks a code up with its last digit, and changes nothing yet', async () => {
  serve({})
  const { shown, type } = await openDesk()
  await type('48210937556')
  expect(platform.requests.filter(({ method }) => method === 'POST')).toHaveLength(0)
  await type('4')
  expect(shown('desk-ok')?.textContent).toContain('核对礼品')
  expect(shown('desk-ok')?.textContent).toContain('小* · 尾号 3307')
  expect(redeemRequests()).toHaveLength(0)
})

it('is done only on the word of the server', async () => {
  let release: (answer: Answer) => void = () => undefined
  serve({ redeem: () => new Promise((resolve) => (release = resolve)) })
  const { shown, tap, type } = await openDesk()
  await type('482109375564')
  await tap('desk-confirm')
  expect(shown('desk-done')).toBeNull()
  await act(async () => release({ statusCode: 200, data: found }))
  await pass(50)
  expect(shown('desk-done')?.textContent).toContain('已交付')
})

it('confirms once for a double tap', async () => {
  serve({ redeem: () => new Promise(() => undefined) })
  const { shown, tap, type } = await openDesk()
  await type('482109375564')
  const button = shown('desk-confirm') as Element
  fireEvent.click(button)
  await tap('desk-confirm')
  expect(redeemRequests()).toHaveLength(1)
})

it('says who used the code before, where and when', async () => {
  const details = { staffName: '许可', storeName: '徐汇店', redeemedAt: '2025-01-03T04:00:00.000Z' }
  serve({ lookUp: () => refused('redemption.already_used', '这个兑换码已经用过了', details) })
  const { shown, type } = await openDesk()
  await type('482109375564')
  expect(shown('desk-refused')?.textContent).toContain('不能交付')
  expect(shown('desk-used-by')?.textContent).toBe('2025年1月3日 12:00，徐汇店 许可 已交付')
})

it('holds the gift back without a connection, and retries by itself with the same key', async () => {
  let isOffline = true
  serve({
    redeem: () => (isOffline ? Promise.reject({ errMsg: 'request:fail' }) : { statusCode: 200, data: found }),
  })
  const { shown, tap, type } = await openDesk()
  await type('482109375564')
  await tap('desk-confirm')
  expect(shown('desk-pending')?.textContent).toContain('先不要交付')
  expect(shown('desk-ok')).toBeNull()
  await pass(3_100)
  expect(redeemRequests()).toHaveLength(2)
  isOffline = false
  await pass(3_100)
  expect(shown('desk-done')).not.toBeNull()
  expect(new Set(redeemRequests().map(({ header }) => header['idempotency-key'])).size).toBe(1)
})

it('waits for the answer without green, and lets nothing be taken back meanwhile', async () => {
  serve({ redeem: () => new Promise(() => undefined) })
  const { shown, tap, type } = await openDesk()
  await type('482109375564')
  await tap('desk-confirm')
  expect(shown('desk-confirming')?.textContent).toContain('先不要交付')
  expect(shown('desk-confirming')?.className).not.toContain('green')
  expect(shown('desk-cancel')).toBeNull()
})

it('goes on asking under the same key after the app was closed', async () => {
  serve({ redeem: () => Promise.reject({ errMsg: 'request:fail' }) })
  const first = await openDesk()
  await first.type('482109375564')
  await first.tap('desk-confirm')
  first.unmount()
  serve({ redeem: () => ({ statusCode: 200, data: found }) })
  const { shown } = await openDesk()
  await pass(200)
  expect(shown('desk-done')).not.toBeNull()
  expect(redeemRequests()).toHaveLength(2)
  expect(new Set(redeemRequests().map(({ header }) => header['idempotency-key'])).size).toBe(1)
  const again = await openDesk()
  await pass(200)
  expect(again.shown('desk-done')).toBeNull()
  expect(redeemRequests()).toHaveLength(2)
})

it('does not call a failed look-up a refusal, and looks up again by itself', async () => {
  let isOffline = true
  serve({
    lookUp: () => (isOffline ? Promise.reject({ errMsg: 'request:fail' }) : { statusCode: 200, data: found }),
  })
  const { shown, type } = await openDesk()
  await type('482109375564')
  expect(shown('desk-refused')).toBeNull()
  expect(shown('desk-unknown')?.textContent).toContain('待确认 · 先不要交付')
  isOffline = false
  await pass(3_100)
  expect(shown('desk-ok')).not.toBeNull()
})
