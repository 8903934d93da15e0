import { act, fireEvent, waitFor } from '@testing-library/react'
import AfterSalePage from '../../miniapp/src/packages/order/after-sale/index'
import AfterSaleListPage from '../../miniapp/src/packages/order/after-sale-list/index'
import AfterSaleStatusPage from '../../miniapp/src/packages/order/after-sale-status/index'
import { type Answer, platform, type SentRequest } from './stubs/taro'
import { freshPhone, renderInApp } from './support/render'
import { sampleOrder } from './support/samples'

const order = sampleOrder({ state: 'completed', handOver: 'delivery' })
const afterSale = {
  id: 'after-sale-1',
  orderId: order.id,
  orderNumber: order.number,
  kind: 'damage',
  state: 'requested',
  items: order.items,
  requestedAt: '2026-01-05T04:00:00.000Z',
  reason: '杯口裂了',
  photoIds: ['photo-1'],
  resolution: null,
  refundedPoints: 0,
  decisionNote: null,
  returnParcel: null,
  replacementParcel: null,
  timeline: [
    { state: 'requested', title: '已提交申请', note: '坏了或用不了', at: '2026-01-05T04:00:00.000Z' },
  ],
  canWithdraw: true,
  canSendBack: false,
}
const kinds = ['cancel', 'return', 'exchange', 'damage', 'loss']
const options = kinds.map((kind) => ({
  kind,
  isAllowed: kind !== 'cancel',
  reason: kind === 'cancel' ? '订单现在的状态不能这样申请' : null,
  until: null,
}))

/** A server that answers the form; `onRequest` decides what comes of sending it. */
function serve(onRequest: (request: SentRequest) => Answer | Promise<Answer>) {
  platform.answer = (request) => {
    if (request.url.includes('after-sale-options'))
      return { statusCode: 200, data: { options, latest: null } }
    if (request.method === 'POST') return onRequest(request)
    if (request.url.includes('/after-sales/')) return { statusCode: 200, data: { afterSale } }
    return { statusCode: 200, data: { order } }
  }
}

async function openForm() {
  platform.params = { id: order.id }
  const { container } = renderInApp(<AfterSalePage />)
  const at = (id: string) => container.querySelector(`#${id}`)
  const tap = (id: string) => act(async () => void fireEvent.click(at(id) as Element))
  await waitFor(() => expect(at('kind-return')).not.toBeNull())
  const write = (value: string) => fireEvent.change(at('after-sale-reason') as Element, { target: { value } })
  return { at, tap, write, error: () => at('after-sale-error')?.textContent }
}

const sent = () => platform.requests.filter(({ method }) => method === 'POST')
const uploaded: Answer = { statusCode: 201, data: JSON.stringify({ upload: { id: 'photo-1' } }) }

beforeEach(() => freshPhone('member'))

it('says why a kind cannot be asked for, and does not choose it', async () => {
  serve(() => ({ statusCode: 500, data: null }))
  const form = await openForm()
  expect(form.at('kind-cancel')?.textContent).toContain('订单现在的状态不能这样申请')
  await form.tap('kind-cancel')
  await form.tap('after-sale-submit')
  expect(form.error()).toBe('先选一种情况')
  expect(sent()).toHaveLength(0)
})

it('sends damage with its photo, and what came of it takes the place of the form', async () => {
  serve(() => ({ statusCode: 201, data: { afterSale } }))
  platform.answerUpload = () => uploaded
  platform.chosenPhotos = ['temporary:1']
  const form = await openForm()
  await form.tap('kind-damage')
  form.write('杯口裂了')
  await form.tap('after-sale-submit')
  expect(form.error()).toBe('请至少传一张照片或截图')
  await form.tap('photo-add')
  await waitFor(() => expect(form.at('photo-state-0')).toBeNull())
  expect(platform.uploads).toMatchObject([
    { url: '/api/member/uploads', name: 'file', header: { authorization: 'Bearer member-token' } },
  ])
  await form.tap('after-sale-submit')
  await waitFor(() =>
    expect(platform.opened).toEqual(['/packages/order/after-sale-status/index?id=after-sale-1']),
  )
  expect(JSON.parse(String(sent()[0]?.data))).toEqual({
    orderId: order.id,
    kind: 'damage',
    reason: '杯口裂了',
    photoIds: ['photo-1'],
  })
  expect(sent()[0]?.header['idempotency-key']).toBeTruthy()
})

it('keeps a photo that failed, sends it again on a tap, and waits for it', async () => {
  serve(() => ({ statusCode: 201, data: { afterSale } }))
  platform.chosenPhotos = ['temporary:1']
  const form = await openForm()
  await form.tap('kind-damage')
  form.write('杯口裂了')
  await form.tap('photo-add')
  await waitFor(() => expect(form.at('photo-state-0')?.textContent).toBe('没传上，点这里再试'))
  await form.tap('after-sale-submit')
  expect(form.error()).toBe('照片还没传完，请稍等')
  platform.answerUpload = () => uploaded
  await form.tap('photo-state-0')
  await waitFor(() => expect(form.at('photo-state-0')).toBeNull())
  await form.tap('photo-remove-0')
  expect(form.at('photo-remove-0')).toBeNull()
})

it('keeps what was written when it is refused, and says why', async () => {
  const error = {
    code: 'after_sale.not_allowed',
    message: '已经超过 7 天的申请时间',
    details: {},
    requestId: 'r',
  }
  serve(() => ({ statusCode: 409, data: { error } }))
  const form = await openForm()
  await form.tap('kind-return')
  form.write('颜色和图片不一样')
  await form.tap('after-sale-submit')
  await waitFor(() => expect(form.error()).toBe('已经超过 7 天的申请时间'))
  expect((form.at('after-sale-reason') as HTMLTextAreaElement).value).toBe('颜色和图片不一样')
})

it('shows how far it is, and withdraws after asking once more', async () => {
  serve(() => ({
    statusCode: 200,
    data: { afterSale: { ...afterSale, state: 'withdrawn', canWithdraw: false } },
  }))
  platform.params = { id: afterSale.id }
  const { container } = renderInApp(<AfterSaleStatusPage />)
  await waitFor(() => expect(container.querySelector('#after-sale-state')?.textContent).toBe('审核中'))
  await waitFor(() =>
    expect(container.querySelector('.photo img')?.getAttribute('src')).toBe(
      'temporary:/api/member/uploads/photo-1',
    ),
  )
  fireEvent.click(container.querySelector('#after-sale-withdraw') as Element)
  expect(sent()).toHaveLength(0)
  await act(async () => void fireEvent.click(container.querySelector('#confirm-yes') as Element))
  await waitFor(() =>
    expect(sent().map(({ url }) => url)).toEqual(['/api/member/after-sales/after-sale-1/withdraw']),
  )
})

it('lists what was asked for with its state, and opens it', async () => {
  platform.answer = () => ({ statusCode: 200, data: { items: [afterSale], nextCursor: null } })
  const { container } = renderInApp(<AfterSaleListPage />)
  await waitFor(() => expect(container.querySelector('#after-sale-after-sale-1')).not.toBeNull())
  expect(container.textContent).toContain('审核中')
  fireEvent.click(container.querySelector('#after-sale-after-sale-1') as Element)
  expect(platform.opened).toEqual(['/packages/order/after-sale-status/index?id=after-sale-1'])
})

it('says where to ask when nothing was asked for', async () => {
  platform.answer = () => ({ statusCode: 200, data: { items: [], nextCursor: null } })
  const { container } = renderInApp(<AfterSaleListPage />)
  await waitFor(() => expect(container.textContent).toContain('在订单详情里就能申请'))
})
