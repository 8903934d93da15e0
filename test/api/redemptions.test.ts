import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { dayMs, refusal, secondMs, startApi, success } from './setting'

const api = startApi()
const codeOf = async (token: string, orderId: string): Promise<{ digits: string; qrText: string }> =>
  success(await api.send('GET', `/api/member/orders/${orderId}/code`, { token }))
const redeem = (token: string, code: string, key?: string) =>
  api.send('POST', '/api/staff/redemptions', { token, body: { code }, ...(key ? { key } : {}) })
const lookUp = (token: string, code: string) =>
  api.send('POST', '/api/staff/redemptions/lookup', { token, body: { code } })

async function orderToCollect(gift: object = {}) {
  const { order, member } = await api.make.order({ gift, points: 100 })
  return { order, member, ...(await codeOf(member.token, order.id)) }
}

describe('handing over', () => {
  test.each(['digits', 'qrText'] as const)(
    'by %s completes the order and spends the points',
    async (form) => {
      const collected = await orderToCollect()
      const { token, id } = await api.make.staff({ name: '小林' })
      const seen = success(await lookUp(token, collected[form]))
      expect(seen.order).toMatchObject({ id: collected.order.id, state: 'to_pick_up', redeemedAt: null })
      const handed = success(await redeem(token, collected[form]))
      expect(handed.order).toMatchObject({ id: collected.order.id, state: 'completed' })
      const { member } = collected
      const own = success(
        await api.send('GET', `/api/member/orders/${collected.order.id}`, { token: member.token }),
      ).order
      expect(own).toMatchObject({
        state: 'completed',
        handedOver: { staffName: '小林', storeName: '静安店' },
      })
      expect(own.timeline[0]).toMatchObject({ state: 'completed', title: '已领取', note: '静安店' })
      expect(success(await api.send('GET', '/api/member/points', { token: member.token }))).toMatchObject({
        available: 50,
        frozen: 0,
      })
      const list = success(await api.send('GET', '/api/staff/redemptions', { token }))
      expect(list).toMatchObject({
        total: 1,
        items: [{ order: { id: collected.order.id }, staffName: '小林' }],
      })
      expect(success(await api.send('GET', '/api/staff/me', { token }))).toMatchObject({
        staff: { id },
        handedOverToday: 1,
      })
      await api.make.expectCleanLedger()
    },
  )

  test('staff see the member only masked', async () => {
    const { member, digits } = await orderToCollect()
    const { token } = await api.make.staff()
    const answer = success(await lookUp(token, digits))
    expect(answer.member).toEqual({ masked: `积* · 尾号 ${member.id.slice(-4).toUpperCase()}` })
    expect(JSON.stringify(answer)).not.toContain(member.id)
    expect(JSON.stringify(answer)).not.toContain(member.openid)
  })

  test('looking up changes nothing, however often', async () => {
    const { order, member, digits } = await orderToCollect()
    const { token } = await api.make.staff()
    for (let count = 0; count < 3; count += 1) success(await lookUp(token, digits))
    const { state } = success(
      await api.send('GET', `/api/member/orders/${order.id}`, { token: member.token }),
    ).order
    expect(state).toBe('to_pick_up')
  })

  test('digits may be typed with spaces and dashes', async () => {
    const { digits } = await orderToCollect()
    const { token } = await api.make.staff()
    success(await lookUp(token, ` ${digits.slice(0, 4)} ${digits.slice(4, 8)}-${digits.slice(8)} `))
  })

  test('a retry under the same key gets the first answer; the code itself is used up', async () => {
    const { digits } = await orderToCollect()
    const { token } = await api.make.staff()
    const key = randomUUID()
    const first = success(await redeem(token, digits, key))
    expect(success(await redeem(token, digits, key))).toEqual(first)
    refusal(await redeem(token, digits), 409, 'redemption.already_used')
    const other = await orderToCollect()
    refusal(await redeem(token, other.digits, key), 422, 'idempotency.key_reused')
  })

  test('without a key nothing is handed over', async () => {
    const { digits } = await orderToCollect()
    const { token } = await api.make.staff()
    const answer = await api.send('POST', '/api/staff/redemptions', {
      token,
      body: { code: digits },
      key: null,
    })
    refusal(answer, 400, 'idempotency.key_required')
    success(await lookUp(token, digits))
  })
})

describe('a used code', () => {
  test('tells by whom, where and when, in both forms and to other stores too', async () => {
    const { digits, qrText } = await orderToCollect()
    const first = await api.make.staff({ name: '小林' })
    success(await redeem(first.token, qrText))
    const second = await api.make.staff({ name: '阿周' })
    for (const code of [digits, qrText]) {
      for (const send of [redeem, lookUp]) {
        const { details } = refusal(await send(second.token, code), 409, 'redemption.already_used')
        expect(details).toEqual({ staffName: '小林', storeName: '静安店', redeemedAt: expect.any(String) })
      }
    }
  })

  test('is shown to its member no more', async () => {
    const { order, member, digits } = await orderToCollect()
    const { token } = await api.make.staff()
    success(await redeem(token, digits))
    const answer = await api.send('GET', `/api/member/orders/${order.id}/code`, { token: member.token })
    refusal(answer, 409, 'order.invalid_state')
    refusal(
      await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: member.token }),
      409,
      'order.invalid_state',
    )
  })
})

describe('a wrong code', () => {
  test('of a cancelled order hands nothing over', async () => {
    const { order, member, digits, qrText } = await orderToCollect()
    success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: member.token }))
    const { token } = await api.make.staff()
    for (const code of [digits, qrText]) refusal(await redeem(token, code), 409, 'order.invalid_state')
  })

  test('in the wrong store is refused, in the right one it works', async () => {
    const right = await api.make.staff()
    const wrong = await api.make.staff()
    const { digits, qrText } = await orderToCollect({ storeIds: [right.storeId] })
    for (const code of [digits, qrText])
      refusal(await redeem(wrong.token, code), 409, 'redemption.wrong_store')
    success(await redeem(right.token, digits))
  })

  test('made of random digits, or of right ones with one changed, is invalid', async () => {
    const { digits } = await orderToCollect()
    const { token } = await api.make.staff()
    const changed = digits.slice(0, 11) + ((Number(digits[11]) + 1) % 10)
    for (const code of ['000000000000', '123456789012', changed, '12345678', 'abcdefghijkl'])
      refusal(await redeem(token, code), 409, 'redemption.code_invalid')
    for (const code of ['', '1234567', 'x'.repeat(301)])
      refusal(await redeem(token, code), 400, 'request.invalid')
  })

  test('with another mac, order or step in its QR text is invalid', async () => {
    const mine = await orderToCollect()
    const others = await orderToCollect()
    const { token } = await api.make.staff()
    const [prefix = '', orderId = '', step = '', mac = ''] = mine.qrText.split('.')
    const otherMac = others.qrText.split('.')[3] ?? ''
    const forged = [
      [prefix, orderId, step, `A${mac.slice(1)}B`],
      [prefix, orderId, step, otherMac],
      [prefix, others.order.id, step, mac],
      [prefix, orderId, String(Number(step) + 1), mac],
      [prefix, 'none', step, mac],
      [prefix, orderId, '-1', mac],
      [prefix, orderId, step, mac, 'more'],
      ['JILI2', orderId, step, mac],
    ]
    for (const parts of forged) refusal(await redeem(token, parts.join('.')), 409, 'redemption.code_invalid')
    success(await redeem(token, mine.qrText))
  })

  test('typed where only scanning is allowed is refused; the QR text works', async () => {
    const { order, member } = await api.make.order({ gift: { typedCodeAllowed: false } })
    const code: Json = await codeOf(member.token, order.id)
    expect(code.digits).toBeNull()
    const { token } = await api.make.staff()
    success(await redeem(token, code.qrText))
  })

  test('typed for an order with one scan-only gift is refused though the digits exist', async () => {
    const plain = await orderToCollect()
    const { OrderModel } = await import('#bff/features/orders/order.model')
    await OrderModel.updateOne({ _id: plain.order.id }, { $set: { 'code.typedCodeAllowed': false } })
    const { token } = await api.make.staff()
    refusal(await redeem(token, plain.digits), 409, 'redemption.digits_disabled')
  })
})

describe('staff', () => {
  test('who were switched off meanwhile hand nothing over', async () => {
    const { digits } = await orderToCollect()
    const { id, token } = await api.make.staff()
    await api.make.admin('PATCH', `/api/admin/staff/${id}`, { isActive: false })
    refusal(await redeem(token, digits), 401, 'auth.unauthenticated')
  })

  test("see their own store's hand-overs, page by page, none lost where two fall in one millisecond", async () => {
    const { token } = await api.make.staff()
    const { OrderModel } = await import('#bff/features/orders/order.model')
    const ids: string[] = []
    for (let count = 0; count < 3; count += 1) {
      const { order, digits } = await orderToCollect()
      success(await redeem(token, digits))
      ids.push(order.id)
    }
    const redeemedAt = api.app.app.services.clock.now()
    await OrderModel.updateMany({ _id: { $in: ids } }, { $set: { 'handedOver.redeemedAt': redeemedAt } })
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const path: string = `/api/staff/redemptions?limit=1${cursor && `&cursor=${cursor}`}`
      const page: Json = success(await api.send('GET', path, { token }))
      expect(page.total).toBe(3)
      seen.push(...page.items.map(({ order }: Json) => order.id))
      cursor = page.nextCursor
    }
    expect([...seen].sort()).toEqual([...ids].sort())
    const elsewhere = await api.make.staff()
    expect(
      success(await api.send('GET', '/api/staff/redemptions', { token: elsewhere.token })).items,
    ).toEqual([])
  })
})

describe('time', () => {
  test('a QR text is stale after 90 s, a fresh one works; a used stale one still tells by whom', async () => {
    const { order, member, qrText } = await orderToCollect()
    const { token } = await api.make.staff()
    await api.advance(90 * secondMs)
    refusal(await redeem(token, qrText), 409, 'redemption.code_expired')
    const fresh = await codeOf(member.token, order.id)
    expect(fresh.qrText).not.toBe(qrText)
    success(await redeem(token, fresh.qrText))
    refusal(await redeem(token, qrText), 409, 'redemption.already_used')
  })

  test('a QR text from 30 s ago still works, and tells when the next one comes', async () => {
    const { order, member } = await orderToCollect()
    const code: Json = await codeOf(member.token, order.id)
    const untilRefreshMs = Date.parse(code.refreshAt) - api.app.app.services.clock.now().getTime()
    expect(untilRefreshMs).toBeLessThanOrEqual(30 * secondMs)
    await api.advance(30 * secondMs)
    const { token } = await api.make.staff()
    success(await redeem(token, code.qrText))
  })

  test('after the pick-up date a code is expired, swept or not', async () => {
    const { order, member, digits } = await orderToCollect({ pickUpValidDays: 1 })
    await api.advance(2 * dayMs)
    const { token } = await api.make.staff()
    refusal(await redeem(token, digits), 409, 'redemption.code_expired')
    const answer = await api.send('GET', `/api/member/orders/${order.id}/code`, { token: member.token })
    refusal(answer, 409, 'redemption.code_expired')
  })
})
