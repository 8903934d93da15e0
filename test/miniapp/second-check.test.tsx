import { act, fireEvent, waitFor } from '@testing-library/react'
import { RedeemSheet } from '../../miniapp/src/packages/gift/detail/redeem-sheet'
import { type Answer, platform } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'
import { sampleGift, sampleOrder } from './support/samples'

const points = { available: 12_480, frozen: 0, debt: 0, expiringSoon: [] }
const refusal = (code: string, message: string, details: object = {}, statusCode = 409): Answer => ({
  statusCode,
  data: { error: { code, message, details } },
})
const required = (phoneMasked: string | null = '138****8000') =>
  refusal('order.second_check_required', '这一单需要短信验证码确认', { phoneMasked, points: 3_000 })
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString()

const sentTo = (path: string) =>
  platform.requests.filter(({ method, url }) => method === 'POST' && url === path)
const orders = () => sentTo('/api/member/orders')
const codes = () => sentTo('/api/member/orders/verification-codes')

/** What the BFF answers to an order with a code, and to the wish for one. */
let withCode: () => Answer | Promise<Answer>
let toSending: () => Answer | Promise<Answer>
let phoneMasked: string | null
beforeEach(() => {
  freshPhone('member')
  phoneMasked = '138****8000'
  withCode = () => ({ statusCode: 201, data: { order: sampleOrder() } })
  toSending = () => ({
    statusCode: 201,
    data: { phoneMasked, expiresAt: inSeconds(300), resendAt: inSeconds(60) },
  })
  platform.answer = (request) => {
    if (request.method === 'POST' && request.url === '/api/member/orders/verification-codes')
      return toSending()
    if (request.method === 'POST' && request.url === '/api/member/orders')
      return JSON.parse(String(request.data)).verificationCode ? withCode() : required(phoneMasked)
    if (request.url.endsWith('/code')) return { statusCode: 404, data: {} }
    return { statusCode: 200, data: points }
  }
})

async function open() {
  const gift = sampleGift({ perMemberLimit: 3 })
  const { container } = renderInApp(<RedeemSheet gift={gift} skuId={null} isOpen onClose={() => undefined} />)
  const find = (id: string) => container.querySelector(`#${id}`)
  const tap = (id: string) => {
    const target = find(id)
    if (!target) throw new Error(`There is no ${id}`)
    fireEvent.click(target)
  }
  const type = (value: string) => {
    const input = find('verification-code')
    if (!input) throw new Error('There is no field')
    fireEvent.change(input, { target: { value } })
  }
  const typed = () => (find('verification-code') as HTMLInputElement | null)?.value
  await waitFor(() => expect(find('confirm-redeem')?.getAttribute('aria-disabled')).toBe('false'))
  return { find, tap, type, typed }
}

/** The sheet with a code on its way to the phone. */
async function openStep() {
  const sheet = await open()
  sheet.tap('quantity-more')
  sheet.tap('confirm-redeem')
  await waitFor(() => expect(sheet.find('second-check-lead')?.textContent).toContain('138****8000'))
  await waitFor(() => expect(sheet.find('resend-code')?.textContent).toMatch(/秒后重发/))
  return sheet
}

it('the tap that needs a code has one sent, once, and says where to', async () => {
  const { find } = await openStep()
  expect(find('second-check-lead')?.textContent).toBe('为了你的积分安全，请输入发到 138****8000 的验证码')
  expect(find('resend-code')?.getAttribute('aria-disabled')).toBe('true')
  expect(find('confirm-code')?.getAttribute('aria-disabled')).toBe('true')
  expect(codes()).toHaveLength(1)
})

it('sends the same order with the code under the same key', async () => {
  const { find, tap, type } = await openStep()
  type('48 29a13')
  expect(find('confirm-code')?.textContent).toBe('确认，用 7,200 积分')
  await waitFor(() => expect(find('confirm-code')?.getAttribute('aria-disabled')).toBe('false'))
  tap('confirm-code')
  await waitFor(() => expect(find('redeem-done')).not.toBeNull())
  const [first, second] = orders().map(({ data }) => JSON.parse(String(data)))
  expect(second).toEqual({ ...first, verificationCode: '482913' })
  expect(first.items[0].quantity).toBe(2)
  expect(new Set(orders().map(({ header }) => header['idempotency-key'])).size).toBe(1)
})

it('a wrong code stays in the field with what is wrong beside it, and the next one goes under the same key', async () => {
  const message = '验证码不对，还可以试 4 次'
  withCode = () => refusal('order.second_check_wrong', message, { triesLeft: 4 })
  const { find, tap, type, typed } = await openStep()
  type('111111')
  tap('confirm-code')
  await waitFor(() => expect(find('second-check-error')?.textContent).toBe(message))
  expect(typed()).toBe('111111')
  withCode = () => ({ statusCode: 201, data: { order: sampleOrder() } })
  type('482913')
  await waitFor(() => expect(find('confirm-code')?.getAttribute('aria-disabled')).toBe('false'))
  tap('confirm-code')
  await waitFor(() => expect(find('redeem-done')).not.toBeNull())
  expect(new Set(orders().map(({ header }) => header['idempotency-key'])).size).toBe(1)
  expect(codes()).toHaveLength(1)
})

it('after a lost answer the very same order and code go out again', async () => {
  withCode = () => Promise.reject({ errMsg: 'request:fail' })
  const { find, tap, type } = await openStep()
  type('482913')
  tap('confirm-code')
  await waitFor(() => expect(find('confirm-code')?.textContent).toContain('再试一次'), { timeout: 4_000 })
  type('999999')
  tap('leave-check')
  withCode = () => ({ statusCode: 201, data: { order: sampleOrder() } })
  tap('confirm-code')
  await waitFor(() => expect(find('redeem-done')).not.toBeNull())
  const withCodes = orders().filter(({ data }) => String(data).includes('verificationCode'))
  expect(withCodes.length).toBeGreaterThan(1)
  expect(new Set(withCodes.map(({ data }) => data)).size).toBe(1)
  expect(new Set(orders().map(({ header }) => header['idempotency-key'])).size).toBe(1)
})

it('going back keeps the quantity and the code, and sends no second one within the minute', async () => {
  const { find, tap, type, typed } = await openStep()
  type('4829')
  tap('leave-check')
  await waitFor(() => expect(find('quantity-value')?.textContent).toBe('2'))
  expect(find('redeem-error')).toBeNull()
  tap('confirm-redeem')
  await waitFor(() => expect(find('second-check')).not.toBeNull())
  expect(typed()).toBe('4829')
  expect(codes()).toHaveLength(1)
})

it('a code that was not sent says so, and can be asked for again', async () => {
  toSending = () => refusal('sms.unavailable', '短信暂时发不出去，请稍后再试', {}, 503)
  const { find, tap } = await open()
  tap('confirm-redeem')
  await waitFor(() => expect(find('second-check-error')?.textContent).toBe('短信暂时发不出去，请稍后再试'))
  toSending = () =>
    refusal('sms.too_often', '验证码发得太频繁了，请稍后再试', { resendAt: inSeconds(600) }, 429)
  tap('resend-code')
  await waitFor(() => expect(find('resend-code')?.textContent).toBe('10 分钟后重发'))
  tap('resend-code')
  expect(codes()).toHaveLength(2)
})

it('the countdown ends with a button that sends a new code and empties the field', async () => {
  jest.useFakeTimers({ doNotFake: ['queueMicrotask'] })
  try {
    const { find, tap, type, typed } = await openStep()
    type('111111')
    await act(async () => jest.advanceTimersByTime(60_000))
    await waitFor(() => expect(find('resend-code')?.textContent).toBe('重新发送'))
    tap('resend-code')
    await waitFor(() => expect(codes()).toHaveLength(2))
    await waitFor(() => expect(typed()).toBe(''))
  } finally {
    jest.useRealTimers()
  }
})

it('without a bound phone it leads to where one is bound, and the order stays as it was', async () => {
  phoneMasked = null
  const { find, tap } = await open()
  tap('quantity-more')
  tap('confirm-redeem')
  await waitFor(() => expect(find('bind-phone')).not.toBeNull())
  expect(codes()).toHaveLength(0)
  tap('bind-phone')
  expect(platform.opened).toEqual(['/packages/member/profile/index'])
  await waitFor(() => expect(find('quantity-value')?.textContent).toBe('2'))
})

it('another refusal goes back to what is ordered', async () => {
  withCode = () => refusal('gift.sold_out', '已经换完了')
  const { find, tap, type } = await openStep()
  type('482913')
  tap('confirm-code')
  await waitFor(() => expect(find('redeem-error')?.textContent).toBe('已经换完了'))
  expect(find('second-check')).toBeNull()
})
