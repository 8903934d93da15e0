import { sweepDueOrders } from '#bff/features/orders/index'
import { LotModel } from '#bff/features/points/lot.model'
import type { Json } from '#test/support/client'
import { afterSaleSteps, type Ordered } from './after-sales.setting'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const steps = afterSaleSteps(api)
const { delivered, ask, asked, decide, readOrder, read, points, newParcel } = steps
afterEach(() => api.make.expectCleanLedger())

const withdraw = ({ member }: Ordered, id: string) =>
  api.send('POST', `/api/member/after-sales/${id}/withdraw`, { token: member.token })
const sendBack = ({ member }: Ordered, id: string) =>
  api.send('POST', `/api/member/after-sales/${id}/return-parcel`, { token: member.token, body: newParcel })
const optionsOf = async ({ order, member }: Ordered) =>
  success(await api.send('GET', `/api/member/orders/${order.id}/after-sale-options`, { token: member.token }))
const stock = ({ gift }: Ordered) => api.stockOf(gift.id)

describe('cancelling through after-sale', () => {
  test('before it was sent cancels the order: points, piece and place under the limit are back', async () => {
    const ordered = await delivered('to_ship', { gift: { stock: 1, perMemberLimit: 1 }, points: 100 })
    const id = await asked(ordered, 'cancel')
    // While it is asked for, nobody cancels past it.
    const past = await api.send('POST', `/api/member/orders/${ordered.order.id}/cancel`, {
      token: ordered.member.token,
    })
    expect(refusal(past, 409, 'order.invalid_state').message).toContain('撤销')
    expect((await readOrder(ordered)).canCancel).toBe(false)
    const { afterSale } = success(await decide(id, 'approve', { resolution: 'refund' }))
    expect(afterSale).toMatchObject({ state: 'refunded', refundedPoints: 50 })
    expect((await readOrder(ordered)).state).toBe('cancelled')
    expect([await points(ordered), await stock(ordered)]).toMatchObject([{ available: 100, frozen: 0 }, 1])
    const { token } = ordered.member
    const addressId = (await api.make.address(token)).id
    success(await api.place(token, [{ giftId: ordered.gift.id, quantity: 1 }], { addressId }), 201)
  })

  test.each([true, false])(
    'on its way returns the order; the piece goes back only when said so: %s',
    async (restock) => {
      const ordered = await delivered('shipped', { gift: { perMemberLimit: 1 }, points: 100 })
      const id = await asked(ordered, 'cancel')
      success(await decide(id, 'approve', { resolution: 'refund', restock }))
      expect((await readOrder(ordered)).state).toBe('returned')
      expect(await points(ordered)).toMatchObject({ available: 100, frozen: 0 })
      expect(await stock(ordered)).toBe(restock ? 10 : 9)
      // A return never frees the place under a limit.
      const { token } = ordered.member
      const addressId = (await api.make.address(token)).id
      refusal(
        await api.place(token, [{ giftId: ordered.gift.id, quantity: 1 }], { addressId }),
        409,
        'gift.limit_reached',
      )
    },
  )

  test('is about the whole order and gives everything back', async () => {
    const ordered = await delivered('shipped')
    const items = [{ giftId: ordered.gift.id, quantity: 1 }]
    refusal(await ask(ordered, 'cancel', { items }), 400, 'request.invalid')
    const id = await asked(ordered, 'cancel')
    for (const body of [{ resolution: 'replace' }, { resolution: 'refund_partial', points: 5 }])
      refusal(await decide(id, 'approve', body), 409, 'after_sale.not_allowed')
  })
})

describe('returning', () => {
  test('waits for the gift, and refunds when it has arrived', async () => {
    const ordered = await delivered('completed', { points: 100 })
    const id = await asked(ordered, 'return')
    const approved = success(
      await decide(id, 'approve', { resolution: 'refund', note: '寄到总仓' }),
    ).afterSale
    expect(approved).toMatchObject({ state: 'waiting_return', canSendBack: true, canWithdraw: true })
    expect(await points(ordered)).toMatchObject({ available: 50 })
    success(await sendBack(ordered, id))
    refusal(await withdraw(ordered, id), 409, 'after_sale.invalid_state')
    const done = success(await decide(id, 'receive', { restock: true })).afterSale
    expect(done).toMatchObject({ state: 'refunded', refundedPoints: 50, returnParcel: newParcel })
    expect(done.timeline.map(({ state }: Json) => state)).toEqual(['refunded', 'waiting_return', 'requested'])
    expect((await readOrder(ordered)).state).toBe('returned')
    expect([await points(ordered), await stock(ordered)]).toMatchObject([{ available: 100, frozen: 0 }, 10])
    refusal(await decide(id, 'receive', {}), 409, 'after_sale.invalid_state')
    expect(refusal(await ask(ordered, 'return'), 409, 'after_sale.not_allowed').details).toEqual({
      reason: 'nothing_left',
    })
  })

  test('before the receipt was confirmed gives the frozen points back', async () => {
    const ordered = await delivered('shipped', { points: 100 })
    const id = await asked(ordered, 'return')
    success(await decide(id, 'approve', { resolution: 'refund' }))
    expect(await points(ordered)).toMatchObject({ available: 50, frozen: 50 })
    success(await decide(id, 'receive', {}))
    expect([await points(ordered), await stock(ordered)]).toMatchObject([{ available: 100, frozen: 0 }, 9])
    expect((await readOrder(ordered)).state).toBe('returned')
  })

  test('is judged again when it arrives: refused, or settled another way', async () => {
    const refused = await delivered('completed', { points: 100 })
    const first = await asked(refused, 'return')
    success(await decide(first, 'approve', { resolution: 'refund' }))
    success(await decide(first, 'reject', { reason: '寄回的不是这件礼品' }))
    expect(await points(refused)).toMatchObject({ available: 50 })
    const swapped = await delivered('completed', { gift: { stock: 1 } })
    const second = await asked(swapped, 'exchange')
    success(await decide(second, 'approve', { resolution: 'replace' }))
    const left = refusal(await decide(second, 'receive', { parcel: newParcel }), 409, 'gift.sold_out')
    expect(left.details).toMatchObject({ left: 0 })
    expect(
      success(await decide(second, 'receive', { resolution: 'refund', restock: true })).afterSale,
    ).toMatchObject({ state: 'refunded', refundedPoints: 50 })
    expect(await stock(swapped)).toBe(1)
  })

  test('two of three pieces gives back two thirds, and the last one the rest', async () => {
    const ordered = await delivered('completed', { quantity: 3, points: 150 })
    const some = { items: [{ giftId: ordered.gift.id, quantity: 2 }] }
    const first = await asked(ordered, 'return', some)
    success(await decide(first, 'approve', { resolution: 'refund' }))
    success(await decide(first, 'receive', { restock: true }))
    expect([(await readOrder(ordered)).state, await api.available(ordered.member.token)]).toEqual([
      'completed',
      100,
    ])
    expect(await stock(ordered)).toBe(9)
    const over = await ask(ordered, 'return', some)
    expect(refusal(over, 400, 'request.invalid').message).toContain('1 件')
    const second = await asked(ordered, 'return')
    expect((await read(ordered, second)).items).toMatchObject([{ quantity: 1 }])
    success(await decide(second, 'approve', { resolution: 'refund' }))
    success(await decide(second, 'receive', {}))
    expect([(await readOrder(ordered)).state, await api.available(ordered.member.token)]).toEqual([
      'returned',
      150,
    ])
  })

  test('a part of an order on its way completes it first: what is kept is spent', async () => {
    const ordered = await delivered('shipped', { quantity: 2, points: 100 })
    const id = await asked(ordered, 'return', { items: [{ giftId: ordered.gift.id, quantity: 1 }] })
    success(await decide(id, 'approve', { resolution: 'refund' }))
    success(await decide(id, 'receive', {}))
    expect((await readOrder(ordered)).state).toBe('completed')
    expect(await points(ordered)).toMatchObject({ available: 50, frozen: 0 })
  })

  test('gives points back to their lots; a lot past its date lives 7 days more, what had stayed in it does not', async () => {
    const ordered = await delivered('completed', { points: 100, gift: { pricePoints: 30, returnDays: 60 } })
    // The 100 points of registration live 30 days.
    await api.advance(45 * dayMs)
    ordered.member.token = await api.signIn(ordered.member.openid)
    expect(await points(ordered)).toMatchObject({ available: 0 })
    const id = await asked(ordered, 'return')
    success(await decide(id, 'approve', { resolution: 'refund' }))
    success(await decide(id, 'receive', {}))
    const { available, expiringSoon } = await points(ordered)
    expect([available, expiringSoon]).toMatchObject([30, [{ points: 30 }]])
    expect(await LotModel.find({ memberId: ordered.member.id }).lean()).toMatchObject([
      { remaining: 30, isExtended: true },
    ])
    await api.advance(9 * dayMs)
    ordered.member.token = await api.signIn(ordered.member.openid)
    expect(await points(ordered)).toMatchObject({ available: 0 })
  })
})

describe('damage and loss', () => {
  test('are settled at once: points back, the broken piece stays out of stock', async () => {
    const ordered = await delivered('completed', { points: 100 })
    const id = await asked(ordered, 'damage')
    success(await decide(id, 'approve', { resolution: 'refund' }))
    expect([await points(ordered), await stock(ordered)]).toMatchObject([{ available: 100 }, 9])
  })

  test('a part of the points, another part, then all: never more than was taken', async () => {
    const ordered = await delivered('shipped', { points: 100 })
    for (const [asking, given] of [
      [20, 20],
      [25, 45],
    ]) {
      const id = await asked(ordered, 'damage')
      const over = await decide(id, 'approve', { resolution: 'refund_partial', points: 51 })
      refusal(over, 409, 'points.limit_reached')
      success(await decide(id, 'approve', { resolution: 'refund_partial', points: asking }))
      expect(await points(ordered)).toMatchObject({ available: 50 + (given ?? 0), frozen: 0 })
      expect((await readOrder(ordered)).state).toBe('completed')
    }
    const id = await asked(ordered, 'damage')
    const over = await decide(id, 'approve', { resolution: 'refund_partial', points: 6 })
    expect(refusal(over, 409, 'points.limit_reached').details).toEqual({ limit: 5 })
    const { afterSale } = success(await decide(id, 'approve', { resolution: 'refund', restock: true }))
    expect(afterSale.refundedPoints).toBe(5)
    expect([await points(ordered), await stock(ordered)]).toMatchObject([{ available: 100 }, 10])
    expect((await readOrder(ordered)).state).toBe('returned')
  })

  test('a replacement takes one more piece, moves no points and is on its way anew', async () => {
    const ordered = await delivered('shipped', { gift: { stock: 2 }, points: 100 })
    const before = await readOrder(ordered)
    const id = await asked(ordered, 'loss')
    refusal(await decide(id, 'approve', { resolution: 'replace' }), 400, 'request.invalid')
    await api.advance(3 * dayMs)
    const replaced = success(
      await decide(id, 'approve', { resolution: 'replace', parcel: newParcel }),
    ).afterSale
    expect(replaced).toMatchObject({ state: 'replaced', refundedPoints: 0, replacementParcel: newParcel })
    const after = await readOrder(ordered)
    expect(after).toMatchObject({ state: 'shipped', shipment: newParcel })
    expect(Date.parse(after.autoConfirmsAt) - Date.parse(before.autoConfirmsAt)).toBe(3 * dayMs)
    expect([await points(ordered), await stock(ordered)]).toMatchObject([{ available: 50, frozen: 50 }, 0])
    await steps.confirm(ordered.member.token, ordered.order.id)
    // The one sent instead may be broken as well, and then there is none left to send.
    const second = await asked(ordered, 'damage')
    refusal(
      await decide(second, 'approve', { resolution: 'replace', parcel: newParcel }),
      409,
      'gift.sold_out',
    )
    success(await decide(second, 'approve', { resolution: 'refund' }))
    expect(await points(ordered)).toMatchObject({ available: 100, frozen: 0 })
  })

  test('an exchanged piece that came back is not the one that is sent', async () => {
    const ordered = await delivered('completed', { gift: { stock: 2 } })
    const id = await asked(ordered, 'exchange')
    success(await decide(id, 'approve', { resolution: 'replace' }))
    success(await decide(id, 'receive', { restock: true, parcel: newParcel }))
    expect(await stock(ordered)).toBe(1)
  })

  test('damage needs a photo of the member, used once; support sees it then', async () => {
    const ordered = await delivered('completed')
    refusal(await ask(ordered, 'damage'), 400, 'request.invalid')
    const stranger = await api.make.member()
    for (const photoId of ['unknown', await steps.photo(stranger.token)])
      refusal(await ask(ordered, 'damage', { photoIds: [photoId] }), 404, 'resource.not_found')
    const photoIds = [await steps.photo(ordered.member.token)]
    const { afterSale } = success(await ask(ordered, 'damage', { photoIds }), 201)
    expect(afterSale.photoIds).toEqual(photoIds)
    const token = await api.make.adminToken()
    expect((await api.send('GET', `/api/admin/uploads/${photoIds[0]}`, { token })).status).toBe(200)
    success(await withdraw(ordered, afterSale.id))
    refusal(await ask(ordered, 'damage', { photoIds }), 404, 'resource.not_found')
    refusal(await ask(ordered, 'damage', { photoIds: Array(7).fill('x') }), 400, 'request.invalid')
  })
})

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

describe('while a request is open', () => {
  const sweep = () => sweepDueOrders(api.app.app.services)

  test('the order does not confirm itself, and does once it was refused', async () => {
    const ordered = await delivered('shipped', { points: 100 })
    const id = await asked(ordered, 'return')
    await api.advance(9 * dayMs)
    await sweep()
    expect((await readOrder(ordered)).state).toBe('shipped')
    success(await decide(id, 'reject', { reason: '超出范围' }))
    await sweep()
    expect((await readOrder(ordered)).state).toBe('completed')
    expect(await points(ordered)).toMatchObject({ available: 50, frozen: 0 })
  })

  test('the member may confirm, and is refunded from what was spent', async () => {
    const ordered = await delivered('shipped', { points: 100 })
    const id = await asked(ordered, 'damage')
    await steps.confirm(ordered.member.token, ordered.order.id)
    expect(await points(ordered)).toMatchObject({ available: 50, frozen: 0 })
    success(await decide(id, 'approve', { resolution: 'refund' }))
    expect(await points(ordered)).toMatchObject({ available: 100, frozen: 0 })
  })

  test('what is sent after all is refunded as a return', async () => {
    const ordered = await delivered('to_ship', { points: 100 })
    const id = await asked(ordered, 'cancel')
    await steps.ship(ordered.order.id)
    success(await decide(id, 'approve', { resolution: 'refund', restock: true }))
    expect((await readOrder(ordered)).state).toBe('returned')
    expect([await points(ordered), await stock(ordered)]).toMatchObject([{ available: 100, frozen: 0 }, 10])
  })

  test('withdrawing frees the order for another request', async () => {
    const ordered = await delivered('completed')
    const id = await asked(ordered, 'return')
    expect(success(await withdraw(ordered, id)).afterSale.state).toBe('withdrawn')
    refusal(await withdraw(ordered, id), 409, 'after_sale.invalid_state')
    refusal(await decide(id, 'approve', { resolution: 'refund' }), 409, 'after_sale.invalid_state')
    refusal(await sendBack(ordered, id), 409, 'after_sale.invalid_state')
    await asked(ordered, 'exchange')
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
  success(await decide(id, 'approve', { resolution: 'refund', note: '寄到总仓' }))
  success(await decide(id, 'receive', {}))
  expect((await titles(returned)).slice(0, 3)).toEqual([
    '售后已完成｜手作陶杯的 50 积分已退回：寄到总仓',
    '售后申请已同意｜请把手作陶杯寄回，再填上运单号：寄到总仓',
    '售后申请已收到｜手作陶杯的申请正在处理，有结果马上告诉你',
  ])
  const cancelled = await delivered('to_ship')
  success(await decide(await asked(cancelled, 'cancel'), 'approve', { resolution: 'refund' }))
  expect((await titles(cancelled))[0]).toBe('订单已取消｜手作陶杯的 50 积分已退回')
  const refused = await delivered('completed')
  success(await decide(await asked(refused, 'damage'), 'reject', { reason: '照片看不清' }))
  expect((await titles(refused))[0]).toBe('售后申请未通过｜手作陶杯：照片看不清')
})
