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
