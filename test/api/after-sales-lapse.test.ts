import { lapseReturns } from '#bff/features/after-sales/index'
import { sweepDueOrders } from '#bff/features/orders/index'
import type { Json } from '#test/support/client'
import { many } from '#test/support/crowd'
import { afterSaleSteps, type Ordered } from './after-sales.setting'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const steps = afterSaleSteps(api)
const { delivered, ask, asked, decide, readOrder, read, points, newParcel } = steps
afterEach(() => api.make.expectCleanLedger())

const lapse = () => lapseReturns(api.app.app.services)
const sendBack = ({ member }: Ordered, id: string) =>
  api.send('POST', `/api/member/after-sales/${id}/return-parcel`, { token: member.token, body: newParcel })
const messages = async ({ member }: Ordered): Promise<Json[]> => {
  await api.app.deliverOutbox()
  return success(await api.send('GET', '/api/member/inbox', { token: member.token })).items
}
const endings = async (ordered: Ordered) =>
  (await messages(ordered)).filter(({ title }) => title === '售后申请已结束')
/** An agreed return; `days` later its member signs in again. */
const agreed = async (until: 'shipped' | 'completed' = 'completed', kind = 'return') => {
  const ordered = await delivered(until, { points: 100 })
  const id = await asked(ordered, kind)
  const resolution = kind === 'return' ? 'refund' : 'replace'
  const { afterSale } = success(await decide(id, 'approve', { resolution }))
  return { ordered, id, dueAt: afterSale.returnDueAt as string }
}

test('what is not sent back in 14 days lapses: the member is told once, the order is as it was', async () => {
  const { ordered, id, dueAt } = await agreed()
  const orderBefore = await readOrder(ordered)
  const today = api.app.app.services.calendar.dateOf(new Date(dueAt))
  expect((await messages(ordered))[0].body).toContain(`请在 ${today} 前`)
  await api.advance(Date.parse(dueAt) - api.app.app.services.clock.now().getTime() - 60_000)
  expect(await lapse()).toBe(0)
  await api.advance(120_000)
  expect(await lapse()).toBe(1)
  expect(await lapse()).toBe(0)
  expect(await read(ordered, id)).toMatchObject({
    state: 'lapsed',
    refundedPoints: 0,
    canSendBack: false,
    canWithdraw: false,
    timeline: [{ state: 'lapsed' }, { state: 'waiting_return' }, { state: 'requested' }],
  })
  expect(await readOrder(ordered)).toEqual(orderBefore)
  expect(await points(ordered)).toMatchObject({ available: 50, frozen: 0 })
  expect(await endings(ordered)).toHaveLength(1)
  refusal(await sendBack(ordered, id), 409, 'after_sale.invalid_state')
  refusal(await decide(id, 'receive', {}), 409, 'after_sale.invalid_state')
})

test('the order is free again: it confirms itself, and can be asked about anew', async () => {
  const { ordered, id } = await agreed('shipped', 'exchange')
  await api.advance(16 * dayMs)
  expect(await sweepDueOrders(api.app.app.services)).toBe(0)
  expect(await lapse()).toBe(1)
  expect(await sweepDueOrders(api.app.app.services)).toBe(1)
  expect((await readOrder(ordered)).state).toBe('completed')
  const again = success(await ask(ordered, 'return'), 201).afterSale
  expect(again.id).not.toBe(id)
})

test('what is on its way back, received, withdrawn or only asked for does not lapse', async () => {
  const sent = await agreed()
  success(await sendBack(sent.ordered, sent.id))
  const requested = await delivered('completed')
  const requestedId = await asked(requested, 'return')
  const withdrawn = await agreed()
  success(
    await api.send('POST', `/api/member/after-sales/${withdrawn.id}/withdraw`, {
      token: withdrawn.ordered.member.token,
    }),
  )
  const received = await agreed()
  success(await decide(received.id, 'receive', {}))
  await api.advance(40 * dayMs)
  expect(await lapse()).toBe(0)
  for (const { ordered } of [sent, withdrawn, received])
    ordered.member.token = await api.signIn(ordered.member.openid)
  requested.member.token = await api.signIn(requested.member.openid)
  expect((await read(sent.ordered, sent.id)).state).toBe('waiting_return')
  expect((await read(requested, requestedId)).state).toBe('requested')
  success(await decide(sent.id, 'receive', {}))
})

test('sweeps at once end it once', async () => {
  const { ordered } = await agreed()
  await api.advance(16 * dayMs)
  const ended = await many(8, lapse)
  expect(ended.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect(await endings(ordered)).toHaveLength(1)
})

test('a parcel named at the last moment and the sweep: one of them counts', async () => {
  for (let turn = 0; turn < 6; turn += 1) {
    const { ordered, id } = await agreed()
    await api.advance(16 * dayMs)
    const [answer, ended] = await Promise.all([sendBack(ordered, id), lapse()])
    const isSent = answer.status === 200
    expect(ended).toBe(isSent ? 0 : 1)
    expect(await read(ordered, id)).toMatchObject(
      isSent ? { state: 'waiting_return', returnParcel: newParcel } : { state: 'lapsed', returnParcel: null },
    )
  }
})

test('a return agreed to keeps its date when the number changes; the next one has the new', async () => {
  const before = await agreed()
  await api.make.admin('PATCH', '/api/admin/settings', { returnLapseDays: 2 })
  const after = await agreed()
  expect((await read(before.ordered, before.id)).returnDueAt).toBe(before.dueAt)
  expect(Date.parse(before.dueAt) - Date.parse(after.dueAt)).toBe(12 * dayMs)
  await api.advance(3 * dayMs)
  expect(await lapse()).toBe(1)
  expect((await read(after.ordered, after.id)).state).toBe('lapsed')
  await api.make.admin('PATCH', '/api/admin/settings', { returnLapseDays: 14 })
})
