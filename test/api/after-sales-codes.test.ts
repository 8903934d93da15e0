import { randomUUID } from 'node:crypto'
import { GiftCodeModel } from '#bff/features/gift-codes/gift-code.model'
import type { Json } from '#test/support/client'
import { many, tally } from '#test/support/crowd'
import { afterSaleSteps, type Ordered } from './after-sales.setting'
import { dayMs, refusal, startApi, success } from './setting'

describe.each(['on', 'off'])('a code that does not work, with Redis locks %s', (locks) => {
  const api = startApi({ REDIS_LOCKS: locks })
  const steps = afterSaleSteps(api)
  const { ask, asked, decide, photo, readOrder, read, points } = steps
  afterEach(() => api.make.expectCleanLedger())

  const codesOf = async ({ order, member }: Ordered): Promise<Json[]> =>
    success(await api.send('GET', `/api/member/orders/${order.id}/gift-codes`, { token: member.token })).items
  /** An order of some of these codes, looked at or not. */
  const issued = async (codes: string[], { quantity = 1, isSeen = true } = {}): Promise<Ordered> => {
    const gift = await api.make.virtualGift(codes)
    const ordered = await redeemed(gift, quantity)
    if (isSeen) await codesOf(ordered)
    return ordered
  }
  const redeemed = async (gift: { id: string }, quantity = 1): Promise<Ordered> => {
    const member = await api.make.member({ points: 200 })
    const placed = await api.place(member.token, [{ giftId: gift.id, quantity }])
    return { order: success(placed, 201).order, member, gift }
  }
  const replace = { resolution: 'replace' }
  const names = (count: number) => Array.from({ length: count }, () => `code-${randomUUID()}`)

  test('the points come back to the member, and the code to nobody', async () => {
    const ordered = await issued(names(1))
    const id = await asked(ordered, 'damage')
    const { afterSale } = success(await decide(id, 'approve', { resolution: 'refund' }))
    expect(afterSale).toMatchObject({ state: 'refunded', refundedPoints: 50 })
    expect((await readOrder(ordered)).state).toBe('returned')
    expect(await points(ordered)).toMatchObject({ available: 200, frozen: 0 })
    expect(await api.stockOf(ordered.gift.id)).toBe(0)
    const other = await api.make.member()
    const again = await api.place(other.token, [{ giftId: ordered.gift.id, quantity: 1 }])
    refusal(again, 409, 'gift.sold_out')
  })

  test('one of several: its points only, never more than were spent', async () => {
    const ordered = await issued(names(2), { quantity: 2 })
    const items = [{ giftId: ordered.gift.id, quantity: 1 }]
    const first = await asked(ordered, 'damage', { items })
    const more = { resolution: 'refund_partial', points: 51 }
    refusal(await decide(first, 'approve', more), 409, 'points.limit_reached')
    success(await decide(first, 'approve', { resolution: 'refund' }))
    expect(await points(ordered)).toMatchObject({ available: 150 })
    const second = await asked(ordered, 'damage')
    success(await decide(second, 'approve', { resolution: 'refund' }))
    expect(await points(ordered)).toMatchObject({ available: 200 })
    const past = await ask(ordered, 'damage', { photoIds: [await photo(ordered.member.token)] })
    expect(refusal(past, 409, 'after_sale.not_allowed').details.reason).toBe('nothing_left')
  })

  test('a replacement is exactly one further code out of the pool, sealed, beside the first', async () => {
    const ordered = await issued(names(3))
    const [bad] = await codesOf(ordered)
    const id = await asked(ordered, 'damage')
    const answers = await many(6, () => decide(id, 'approve', replace, randomUUID()))
    expect(tally(answers)).toEqual({ '200': 1, 'after_sale.invalid_state': 5 })
    const codes = await codesOf(ordered)
    expect(codes).toHaveLength(2)
    expect(codes.filter(({ isReplacement }) => !isReplacement)).toEqual([bad])
    expect(await api.stockOf(ordered.gift.id)).toBe(1)
    expect(await points(ordered)).toMatchObject({ available: 150 })
    const stored = await GiftCodeModel.find({ orderId: ordered.order.id, afterSaleId: id }).lean()
    expect(stored).toHaveLength(1)
    const [code] = codes.filter(({ isReplacement }) => isReplacement)
    expect(stored[0]?.sealed).not.toContain(code?.code)
    expect((await read(ordered, id)).state).toBe('replaced')
    // The new one does not work either.
    const again = await asked(ordered, 'damage')
    success(await decide(again, 'approve', { resolution: 'refund' }))
    expect(await points(ordered)).toMatchObject({ available: 200 })
  })

  test('the last code goes to one of two claims and an order; who got none can be decided on again', async () => {
    const gift = await api.make.virtualGift(names(3))
    const claims = [await redeemed(gift), await redeemed(gift)]
    for (const claim of claims) await codesOf(claim)
    const ids = [await asked(claims[0] as Ordered, 'damage'), await asked(claims[1] as Ordered, 'damage')]
    const buyer = await api.make.member()
    const answers = await Promise.all([
      ...ids.map((id) => decide(id, 'approve', replace)),
      api.place(buyer.token, [{ giftId: gift.id, quantity: 1 }]),
    ])
    const done = answers.filter(({ status }) => status < 300)
    expect(done).toHaveLength(1)
    for (const answer of answers) if (answer.status >= 300) refusal(answer, 409, 'gift.sold_out')
    expect(await api.stockOf(gift.id)).toBe(0)
    await api.make.importCodes(gift.id, ['code', ...names(2)].join('\n'))
    for (const [index, id] of ids.entries()) {
      if ((answers[index]?.status ?? 0) >= 300) success(await decide(id, 'approve', replace))
      expect(await codesOf(claims[index] as Ordered)).toHaveLength(2)
    }
  })

  test('nothing of it goes back into stock or into a parcel', async () => {
    const ordered = await issued(names(2))
    const id = await asked(ordered, 'damage')
    const parcel = { carrier: '顺丰速运', trackingNumber: 'SF1234567890' }
    for (const body of [
      { resolution: 'refund', restock: true },
      { ...replace, restock: true },
      { ...replace, parcel },
    ])
      refusal(await decide(id, 'approve', body), 400, 'request.invalid')
    expect(await api.stockOf(ordered.gift.id)).toBe(1)
    success(await decide(id, 'reject', { reason: '这个券码已经用过了' }))
    expect((await readOrder(ordered)).state).toBe('completed')
  })

  test('only damage, only once seen, with a picture, within 7 days, and only the owner', async () => {
    const ordered = await issued(names(2), { isSeen: false })
    const photoIds = [await photo(ordered.member.token)]
    const unseen = await ask(ordered, 'damage', { photoIds })
    expect(refusal(unseen, 409, 'after_sale.not_allowed').details.reason).toBe('state')
    await codesOf(ordered)
    for (const kind of ['cancel', 'return', 'exchange', 'loss'])
      expect(refusal(await ask(ordered, kind), 409, 'after_sale.not_allowed').details.reason).toBe('virtual')
    refusal(await ask(ordered, 'damage'), 400, 'request.invalid')
    const stranger = await api.make.member()
    const theirs = { photoIds: [await photo(stranger.token)] }
    refusal(await ask({ ...ordered, member: stranger }, 'damage', theirs), 404, 'resource.not_found')
    await api.advance(8 * dayMs)
    const late = await ask(ordered, 'damage', { photoIds })
    expect(refusal(late, 409, 'after_sale.not_allowed').details.reason).toBe('too_late')
  })
})
