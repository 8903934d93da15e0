import type { Json } from '#test/support/client'
import { afterSaleSteps, type Ordered } from './after-sales.setting'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const steps = afterSaleSteps(api)
const { delivered, ask, asked, decide } = steps
afterEach(() => api.make.expectCleanLedger())

const send = ({ member }: Ordered, id: string, verb: string, body?: object) =>
  api.send('POST', `/api/member/after-sales/${id}/${verb}`, { token: member.token, body })
const withdraw = (ordered: Ordered, id: string) => send(ordered, id, 'withdraw')
const sendBack = (ordered: Ordered, id: string) => send(ordered, id, 'return-parcel', steps.newParcel)
const optionsOf = async ({ order, member }: Ordered) =>
  success(await api.send('GET', `/api/member/orders/${order.id}/after-sale-options`, { token: member.token }))
const stock = ({ gift }: Ordered) => api.stockOf(gift.id)

describe('what can be asked for', () => {
  const allowed = ({ options }: Json) =>
    options.filter(({ isAllowed }: Json) => isAllowed).map(({ kind }: Json) => kind)

  test('depends on the order and on the days since it came', async () => {
    const ordered = await delivered('to_ship')
    expect(allowed(await optionsOf(ordered))).toEqual(['cancel'])
    refusal(await ask(ordered, 'return'), 409, 'after_sale.not_allowed')
    await steps.ship(ordered.order.id)
    expect(allowed(await optionsOf(ordered))).toEqual(['cancel', 'return', 'exchange', 'damage', 'loss'])
    await steps.confirm(ordered.member.token, ordered.order.id)
    const { options, latest } = await optionsOf(ordered)
    expect([allowed({ options }), latest]).toEqual([['return', 'exchange', 'damage', 'loss'], null])
    expect(options[1].until).toMatch(/T15:59:59\.999Z$/)
    await api.advance(7 * dayMs)
    expect(allowed(await optionsOf(ordered))).toEqual(['return', 'exchange', 'damage', 'loss'])
    await api.advance(dayMs)
    expect(allowed(await optionsOf(ordered))).toEqual(['loss'])
    expect(refusal(await ask(ordered, 'return'), 409, 'after_sale.not_allowed').details).toEqual({
      reason: 'too_late',
    })
    await api.advance(21 * dayMs)
    ordered.member.token = await api.signIn(ordered.member.openid)
    expect(allowed(await optionsOf(ordered))).toEqual(['loss'])
    await api.advance(2 * dayMs)
    expect(allowed(await optionsOf(ordered))).toEqual([])
  })

  test('a gift says how long it can be returned, or that it cannot; the order keeps what it was placed with', async () => {
    const never = await delivered('completed', { gift: { returnDays: 0 } })
    expect(refusal(await ask(never, 'return'), 409, 'after_sale.not_allowed').details).toEqual({
      reason: 'not_returnable',
    })
    expect(allowed(await optionsOf(never))).toEqual(['damage', 'loss'])
    const short = await delivered('completed', { gift: { returnDays: 1 } })
    await api.make.admin('PATCH', `/api/admin/gifts/${short.gift.id}`, { returnDays: 30 })
    await api.advance(2 * dayMs)
    expect(allowed(await optionsOf(short))).toEqual(['damage', 'loss'])
  })

  test('what was collected in a store can be returned, but not lost; what was not is simply cancelled', async () => {
    const ordered = await api.make.order()
    expect(allowed(await optionsOf(ordered))).toEqual([])
    const code = success(
      await api.send('GET', `/api/member/orders/${ordered.order.id}/code`, { token: ordered.member.token }),
    )
    const staff = await api.make.staff()
    success(
      await api.send('POST', '/api/staff/redemptions', { token: staff.token, body: { code: code.digits } }),
    )
    expect(allowed(await optionsOf(ordered))).toEqual(['return', 'exchange', 'damage'])
    const id = await asked(ordered, 'damage')
    success(await decide(id, 'approve', { resolution: 'replace', note: '到店换取' }))
    expect(await stock(ordered)).toBe(8)
  })

  test('one request at a time; another member sees none of it', async () => {
    const ordered = await delivered('completed')
    const id = await asked(ordered, 'return')
    expect(refusal(await ask(ordered, 'exchange'), 409, 'after_sale.not_allowed').details).toEqual({
      reason: 'open_request',
    })
    const stranger = { ...ordered, member: await api.make.member() }
    refusal(await ask(stranger, 'return'), 404, 'resource.not_found')
    refusal(await withdraw(stranger, id), 404, 'resource.not_found')
    refusal(await sendBack(stranger, id), 404, 'resource.not_found')
    const { token } = stranger.member
    refusal(await api.send('GET', `/api/member/after-sales/${id}`, { token }), 404, 'resource.not_found')
    expect(success(await api.send('GET', '/api/member/after-sales', { token })).items).toEqual([])
  })

  test('the same key asks once, and its retry gets the first answer', async () => {
    const ordered = await delivered('completed')
    const first = success(await ask(ordered, 'return', { key: 'one-attempt' }), 201)
    expect(success(await ask(ordered, 'return', { key: 'one-attempt' }), 201)).toEqual(first)
    refusal(await ask(ordered, 'exchange', { key: 'one-attempt' }), 422, 'idempotency.key_reused')
  })

  test.each([
    { reason: '一' },
    { reason: '长'.repeat(501) },
    { kind: 'gift' },
    { items: [] },
    { items: [{ giftId: 'unknown', quantity: 1 }] },
  ])('%j is refused', async (wrong) => {
    const ordered = await delivered('completed')
    refusal(await ask(ordered, 'return', wrong), 400, 'request.invalid')
  })
})

describe('admins', () => {
  test('find requests by state, kind, member and order, page by page', async () => {
    const ordered = await delivered('completed')
    const first = await asked(ordered, 'return')
    success(await withdraw(ordered, first))
    const second = await asked(ordered, 'exchange')
    const list = async (query: string) => {
      const path = `/api/admin/after-sales?memberId=${ordered.member.id}&${query}`
      const page = await api.make.admin('GET', path)
      return { ids: page.items.map(({ id }: Json) => id), nextCursor: page.nextCursor }
    }
    expect((await list('')).ids).toEqual([second, first])
    expect((await list('state=requested')).ids).toEqual([second])
    expect((await list('kind=return')).ids).toEqual([first])
    expect((await list(`orderId=${ordered.order.id}&state=rejected`)).ids).toEqual([])
    const page = await list('limit=1')
    expect((await list(`limit=1&cursor=${page.nextCursor}`)).ids).toEqual([first])
    const { afterSale } = await api.make.admin('GET', `/api/admin/after-sales/${second}`)
    expect(afterSale).toMatchObject({ id: second, memberId: ordered.member.id, reason: '和想的不一样' })
  })

  test('only reviewers decide; each decision is in the audit log', async () => {
    const ordered = await delivered('completed')
    const id = await asked(ordered, 'damage')
    const signIn = async (role: string) => {
      const username = `${role}-of-after-sales`
      await api.make.admin('POST', '/api/admin/admins', {
        username,
        password: 'long-enough',
        name: role,
        role,
      })
      const body = { username, password: 'long-enough' }
      return success(await api.send('POST', '/api/admin/session', { body })).token as string
    }
    const path = `/api/admin/after-sales/${id}`
    const support = await signIn('support')
    success(await api.send('GET', path, { token: support }))
    const body = { resolution: 'refund' }
    refusal(await api.send('POST', `${path}/approve`, { token: support, body }), 403, 'auth.forbidden')
    refusal(await api.send('GET', path, { token: await signIn('finance') }), 403, 'auth.forbidden')
    success(await api.send('POST', `${path}/approve`, { token: await signIn('reviewer'), body }))
    const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${id}`)
    expect(items).toMatchObject([
      {
        operation: 'admin.after-sales.approve',
        before: { state: 'requested' },
        after: { state: 'refunded', refundedPoints: 50, resolution: 'refund' },
      },
    ])
  })

  test('say the points of a partial refund, and of no other', async () => {
    const id = await asked(await delivered('completed'), 'damage')
    for (const body of [
      { resolution: 'refund_partial' },
      { resolution: 'refund', points: 5 },
      { resolution: 'refund_partial', points: 0 },
      { resolution: 'half' },
    ])
      refusal(await decide(id, 'approve', body), 400, 'request.invalid')
  })
})

test('the member is told in the inbox what came of it, once each', async () => {
  const titles = async ({ member }: Ordered) => {
    await api.app.deliverOutbox()
    const { items } = success(await api.send('GET', '/api/member/inbox', { token: member.token }))
    return items.map(({ title, body }: Json) => `${title}｜${body}`)
  }
  const returned = await delivered('completed')
  const id = await asked(returned, 'return')
  const approved = success(await decide(id, 'approve', { resolution: 'refund', note: '寄到总仓' })).afterSale
  const returnBy = api.app.app.services.calendar.dateOf(new Date(approved.returnDueAt))
  success(await decide(id, 'receive', {}))
  expect((await titles(returned)).slice(0, 3)).toEqual([
    '售后已完成｜手作陶杯的 50 积分已退回：寄到总仓',
    `售后申请已同意｜请在 ${returnBy} 前把手作陶杯寄回，再填上运单号：寄到总仓`,
    '售后申请已收到｜手作陶杯的申请正在处理，有结果马上告诉你',
  ])
  const cancelled = await delivered('to_ship')
  success(await decide(await asked(cancelled, 'cancel'), 'approve', { resolution: 'refund' }))
  expect((await titles(cancelled))[0]).toBe('订单已取消｜手作陶杯的 50 积分已退回')
  const refused = await delivered('completed')
  success(await decide(await asked(refused, 'damage'), 'reject', { reason: '照片看不清' }))
  expect((await titles(refused))[0]).toBe('售后申请未通过｜手作陶杯：照片看不清')
})
