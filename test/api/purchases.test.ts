import { randomUUID } from 'node:crypto'
import type { Json } from '#test/support/client'
import { inParallel, tally } from '#test/support/crowd'
import { createOpenClient } from '#test/support/open-client'
import { endRules, openTill, runRule, type Till } from './purchases.setting'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
let till: Till
beforeAll(async () => {
  till = await openTill(api)
})
afterEach(() => endRules(api))

const now = () => api.app.app.services.clock.now()
const balance = async (token: string): Promise<Json> =>
  success(await api.send('GET', '/api/member/points', { token }))
const newest = async (token: string): Promise<Json> =>
  success(await api.send('GET', '/api/member/points/entries', { token })).items[0]
const refunded = async (answer: Promise<Json>): Promise<Json> => success(await answer)
/** The body of a purchase, as a till would send it. */
const told = (memberId: string, more: object = {}) => ({
  purchaseNumber: randomUUID(),
  member: { id: memberId },
  occurredAt: now().toISOString(),
  lines: [{ lineId: '1', paidFen: 5_000 }],
  ...more,
})
async function phoneCode(phone: string): Promise<string> {
  const response = await fetch(`${process.env.WECHAT_BASE_URL}/stand-in/phone-codes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone }),
  })
  return ((await response.json()) as Json).code
}
const report = (body: object) => till.call('POST', '/api/open/purchases', { body })

describe('a purchase', () => {
  test('earns, and says in the history where, how much and by which rules', async () => {
    const store = await api.make.store({ name: '静安店' })
    const { id, token } = await api.make.member()
    await api.make.admin('PATCH', `/api/admin/members/${id}`, { tier: 'gold' })
    const body = told(id, { storeId: store.id, lines: [{ lineId: '1', paidFen: 5_050 }] })
    expect(success(await report(body))).toMatchObject({
      repeated: false,
      purchase: {
        purchaseNumber: body.purchaseNumber,
        ...{ memberId: id, storeId: store.id, paidFen: 5_050, refundedFen: 0, points: 75, cuts: [] },
        shares: [
          { ruleId: 'basic', name: '消费积分', points: 50 },
          { ruleId: 'tier', name: '金卡加成', points: 25 },
        ],
      },
    })
    expect(await newest(token)).toMatchObject({
      kind: 'earn',
      change: 75,
      title: '消费得积分',
      detail: '静安店消费 50.50 元',
      rules: [
        { id: 'basic', title: '消费积分 50' },
        { id: 'tier', title: '金卡加成 25' },
      ],
    })
  })

  test('counts once however often and however many at once it is told', async () => {
    const { id, token } = await api.make.member()
    const body = told(id)
    const answers = await inParallel(Array.from({ length: 12 }), 12, () => report(body))
    expect(tally(answers)).toEqual({ 200: 12 })
    expect(answers.filter(({ body: { repeated } }) => !repeated)).toHaveLength(1)
    expect(new Set(answers.map(({ body: { purchase } }) => JSON.stringify(purchase))).size).toBe(1)
    expect((await balance(token)).available).toBe(150)
  })

  test('under a number that was told with other contents is refused', async () => {
    const { id } = await api.make.member()
    const body = told(id)
    success(await report(body))
    refusal(await report({ ...body, lines: [{ lineId: '1', paidFen: 1 }] }), 409, 'purchase.differs')
  })

  test('of two systems may have the same number', async () => {
    const { id, token } = await api.make.member()
    const body = told(id)
    success(await report(body))
    const other = await openTill(api)
    success(await other.call('POST', '/api/open/purchases', { body }))
    expect((await balance(token)).available).toBe(200)
  })

  test('finds the member by the phone he bound', async () => {
    const { token } = await api.make.member()
    const phone = `138${String(Date.now()).slice(-8)}`
    const code = await phoneCode(phone)
    success(await api.send('POST', '/api/member/me/phone', { token, body: { code } }))
    const body = { ...told(''), member: { phone } }
    expect(success(await report(body)).purchase.points).toBe(50)
    refusal(
      await report({ ...body, purchaseNumber: randomUUID(), member: { phone: '13900000000' } }),
      404,
      'resource.not_found',
    )
  })

  test('by an unknown member or in an unknown shop is not found', async () => {
    const { id } = await api.make.member()
    refusal(await report(told(randomUUID())), 404, 'resource.not_found')
    refusal(await report(told(id, { storeId: randomUUID() })), 404, 'resource.not_found')
  })

  test('of a blocked member is recorded and earns nothing, for good', async () => {
    const { id, token } = await api.make.member()
    await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '疑似刷单' })
    const body = told(id)
    expect(success(await report(body)).purchase).toMatchObject({
      points: 0,
      cuts: [{ ruleId: null, reason: '账号冻结期间不得积分', points: 0 }],
    })
    await api.make.admin('POST', `/api/admin/members/${id}/unblock`, { reason: '查清了' })
    expect(success(await report(body))).toMatchObject({ repeated: true, purchase: { points: 0 } })
    expect((await balance(token)).available).toBe(100)
    expect(success(await till.refund(body.purchaseNumber)).refund).toMatchObject({ pointsTakenBack: 0 })
  })

  test('may be told up to 90 days late, and counts on its own day', async () => {
    const { id } = await api.make.member()
    const daysAgo = (days: number) => new Date(now().getTime() - days * dayMs).toISOString()
    const rule = { name: '昨天以前', effect: { kind: 'bonus', points: 7, minimumPaidFen: 0 } }
    await runRule(api, { ...rule, conditions: { endsAt: daysAgo(10) } })
    const late = success(await report(told(id, { occurredAt: daysAgo(89) })))
    expect(late.purchase.points).toBe(57)
    expect(success(await report(told(id))).purchase.points).toBe(50)
    refusal(await report(told(id, { occurredAt: daysAgo(91) })), 400, 'request.invalid')
    refusal(await report(told(id, { occurredAt: daysAgo(-1) })), 400, 'request.invalid')
  })

  test('counts towards what a gift asks to be spent, and a refund takes that back', async () => {
    const { id, token } = await api.make.member()
    const gift = await api.make.gift({ spendThreshold: { fen: 8_000, windowDays: 30 } })
    const canRedeem = async () =>
      success(await api.send('GET', `/api/member/gifts/${gift.id}`, { token })).gift.eligibility.canRedeem
    await till.buy(id, 5_000)
    expect(await canRedeem()).toBe(false)
    const { purchaseNumber } = await till.buy(id, 3_000)
    expect(await canRedeem()).toBe(true)
    success(await till.refund(purchaseNumber, [{ lineId: '1', fen: 1 }]))
    expect(await canRedeem()).toBe(false)
  })

  test('gives the points of a rule the date that the rule says', async () => {
    const { id, token } = await api.make.member()
    const expiresOn = new Date(now().getTime() + 20 * dayMs).toISOString().slice(0, 10)
    await runRule(api, {
      ...{ name: '活动', effect: { kind: 'bonus', points: 9, minimumPaidFen: 0 } },
      expiry: { kind: 'date', date: expiresOn },
    })
    const { purchaseNumber } = await till.buy(id, 5_000)
    expect((await balance(token)).expiringSoon).toContainEqual(
      expect.objectContaining({ points: 9, expiresOn }),
    )
    expect(success(await till.refund(purchaseNumber)).refund.pointsTakenBack).toBe(59)
    expect(await balance(token)).toMatchObject({ available: 100, debt: 0 })
  })

  const wrong: [string, object][] = [
    ['no lines', { lines: [] }],
    ['half a fen', { lines: [{ lineId: '1', paidFen: 0.5 }] }],
    ['a negative amount', { lines: [{ lineId: '1', paidFen: -1 }] }],
    ['one line twice', { lines: [1, 2].map(() => ({ lineId: '1', paidFen: 1 })) }],
    ['201 lines', { lines: Array.from({ length: 201 }, (_, i) => ({ lineId: `${i}`, paidFen: 1 })) }],
    ['a number with a space', { purchaseNumber: 'a b' }],
    ['nobody', { member: {} }],
    ['no time', { occurredAt: 'yesterday' }],
    [
      'more money than there is',
      { lines: [1, 2].map((i) => ({ lineId: `${i}`, paidFen: 100_000_000_000 })) },
    ],
  ]
  test.each(wrong)('with %s is refused', async (_, more) => {
    const { id } = await api.make.member()
    refusal(await report(told(id, more)), 400, 'request.invalid')
  })

  test('needs the scope', async () => {
    const { id } = await api.make.member()
    const courier = createOpenClient(api.app.baseUrl, await api.make.openClient(), () => now().getTime())
    refusal(await courier('POST', '/api/open/purchases', { body: told(id) }), 403, 'auth.forbidden')
  })
})

describe('a refund', () => {
  test('judges the purchase anew by what remains paid', async () => {
    const { id, token } = await api.make.member()
    await api.make.admin('PATCH', `/api/admin/members/${id}`, { tier: 'silver' })
    const { purchaseNumber } = await till.buy(id, [
      { lineId: 'cup', paidFen: 8_000 },
      { lineId: 'tea', paidFen: 2_099 },
    ])
    expect((await balance(token)).available).toBe(100 + 121)
    const { refund, purchase } = await refunded(till.refund(purchaseNumber, [{ lineId: 'tea', fen: 1_000 }]))
    // 80 + 10.99 yuan, times 1.2, is 109.188.
    expect(refund).toMatchObject({ state: 'applied', pointsTakenBack: 12 })
    expect(purchase).toMatchObject({ points: 109, refundedFen: 1_000 })
    expect((await balance(token)).available).toBe(100 + 109)
    expect(await newest(token)).toMatchObject({ change: -12, title: '消费退款收回积分' })
    expect((await refunded(till.refund(purchaseNumber))).purchase).toMatchObject({ points: 0 })
    expect((await balance(token)).available).toBe(100)
  })

  test('below the cap of a purchase takes back only what the rest would not have earned', async () => {
    const { id } = await api.make.member()
    const { purchaseNumber, points } = await till.buy(id, 80_000)
    expect(points).toBe(500)
    const back = async (fen: number) =>
      (await refunded(till.refund(purchaseNumber, [{ lineId: '1', fen }]))).refund.pointsTakenBack
    expect(await back(20_000)).toBe(0)
    expect(await back(20_000)).toBe(100)
  })

  test('of points that are spent already leaves a debt', async () => {
    const { id, token } = await api.make.member()
    const { purchaseNumber } = await till.buy(id, 30_000)
    const gift = await api.make.gift({ pricePoints: 400 })
    success(await api.place(token, [{ giftId: gift.id, quantity: 1 }], { key: randomUUID() }), 201)
    expect((await refunded(till.refund(purchaseNumber))).refund.pointsTakenBack).toBe(300)
    expect(await balance(token)).toMatchObject({ available: 0, debt: 300 })
    await till.buy(id, 10_000)
    expect(await balance(token)).toMatchObject({ available: 0, debt: 200 })
  })

  test('counts once however often it is told, and two at once both count', async () => {
    const { id, token } = await api.make.member()
    const { purchaseNumber } = await till.buy(id, 10_000)
    const one = { refundNumber: randomUUID() }
    const other = { refundNumber: randomUUID() }
    const answers = await inParallel([one, other, one, other, one, other], 6, (number) =>
      till.refund(purchaseNumber, [{ lineId: '1', fen: 3_000 }], number),
    )
    expect(tally(answers)).toEqual({ 200: 6 })
    expect(answers.filter(({ body }) => !body.repeated)).toHaveLength(2)
    expect((await balance(token)).available).toBe(140)
  })

  test('of everything counts once when it is told many times at once', async () => {
    const { id, token } = await api.make.member()
    const { purchaseNumber } = await till.buy(id, 10_000)
    const number = { refundNumber: randomUUID() }
    const answers = await inParallel(Array.from({ length: 8 }), 8, () =>
      till.refund(purchaseNumber, null, number),
    )
    expect(tally(answers)).toEqual({ 200: 8 })
    expect(new Set(answers.map(({ body }) => JSON.stringify(body.refund))).size).toBe(1)
    expect((await balance(token)).available).toBe(100)
  })

  test('under a number that was told with other contents is refused', async () => {
    const { id } = await api.make.member()
    const { purchaseNumber } = await till.buy(id, 10_000)
    const number = { refundNumber: randomUUID() }
    success(await till.refund(purchaseNumber, [{ lineId: '1', fen: 1 }], number))
    refusal(
      await till.refund(purchaseNumber, [{ lineId: '1', fen: 2 }], number),
      409,
      'purchase.refund_differs',
    )
  })

  test('of more than is left is refused, and nothing changes', async () => {
    const { id, token } = await api.make.member()
    const { purchaseNumber } = await till.buy(id, 10_000)
    success(await till.refund(purchaseNumber, [{ lineId: '1', fen: 6_000 }]))
    const over = await till.refund(purchaseNumber, [{ lineId: '1', fen: 4_001 }])
    expect(refusal(over, 409, 'purchase.refund_exceeds').details).toEqual({ lineId: '1', leftFen: 4_000 })
    refusal(await till.refund(purchaseNumber, [{ lineId: '2', fen: 1 }]), 409, 'purchase.refund_exceeds')
    expect((await balance(token)).available).toBe(140)
    success(await till.refund(purchaseNumber))
    refusal(await till.refund(purchaseNumber), 409, 'purchase.refund_exceeds')
  })

  test('of two at once that ask for more than there is one is refused', async () => {
    const { id } = await api.make.member()
    const { purchaseNumber } = await till.buy(id, 10_000)
    const answers = await inParallel([1, 2, 3, 4], 4, () =>
      till.refund(purchaseNumber, [{ lineId: '1', fen: 6_000 }]),
    )
    expect(tally(answers)).toEqual({ 200: 1, 'purchase.refund_exceeds': 3 })
  })

  test('that comes first waits for its purchase', async () => {
    const { id, token } = await api.make.member()
    const purchaseNumber = randomUUID()
    const early = success(await till.refund(purchaseNumber, [{ lineId: '1', fen: 2_000 }]))
    expect(early).toMatchObject({ refund: { state: 'waiting', pointsTakenBack: 0 }, purchase: null })
    const bought = await till.buy(id, 10_000, { purchaseNumber })
    expect(bought.points).toBe(80)
    expect((await balance(token)).available).toBe(180)
    const page = await api.make.admin('GET', `/api/admin/purchases?memberId=${id}`)
    expect(page.items).toEqual([
      expect.objectContaining({
        points: 80,
        refunds: [expect.objectContaining({ state: 'applied', pointsTakenBack: 20 })],
      }),
    ])
  })

  test('that waited and turns out too large is kept as refused; the purchase counts', async () => {
    const { id } = await api.make.member()
    const purchaseNumber = randomUUID()
    success(await till.refund(purchaseNumber, [{ lineId: '1', fen: 20_000 }]))
    expect((await till.buy(id, 10_000, { purchaseNumber })).points).toBe(100)
    const { items } = await api.make.admin('GET', '/api/admin/refunds?state=refused')
    expect(items).toContainEqual(
      expect.objectContaining({ purchaseNumber, state: 'refused', reason: '退款超过了还没退的金额' }),
    )
  })

  test('races its purchase and counts once, whichever comes first', async () => {
    const members = await Promise.all(Array.from({ length: 6 }, () => api.make.member()))
    for (const { id, token } of members) {
      const purchaseNumber = randomUUID()
      await Promise.all([
        till.buy(id, 10_000, { purchaseNumber }),
        till.refund(purchaseNumber, [{ lineId: '1', fen: 4_000 }]),
      ])
      expect((await balance(token)).available).toBe(160)
    }
  })

  test('gives back what it took of a budget', async () => {
    const { id } = await api.make.member()
    const rule = await runRule(api, {
      ...{ name: '满百送', effect: { kind: 'bonus', points: 30, minimumPaidFen: 10_000 } },
      caps: { budget: 30 },
    })
    const given = async () =>
      (await api.make.admin('GET', `/api/admin/earning-rules/${rule.id}`)).rule.givenPoints
    const { purchaseNumber } = await till.buy(id, 10_000)
    expect(await given()).toBe(30)
    success(await till.refund(purchaseNumber, [{ lineId: '1', fen: 1 }]))
    expect(await given()).toBe(0)
    expect((await till.buy(id, 10_000)).points).toBe(130)
  })

  test('uses the rules of its purchase, whatever became of them', async () => {
    const { id } = await api.make.member()
    await runRule(api, { name: '双倍', effect: { kind: 'multiply', percent: 200, stacks: true } })
    const { purchaseNumber } = await till.buy(id, 10_000)
    await endRules(api)
    await api.make.admin('PATCH', `/api/admin/members/${id}`, { tier: 'diamond' })
    const { purchase } = await refunded(till.refund(purchaseNumber, [{ lineId: '1', fen: 5_000 }]))
    expect(purchase.points).toBe(100)
  })

  test('waits in a bounded number', async () => {
    const purchaseNumber = randomUUID()
    const answers = await inParallel(Array.from({ length: 101 }), 4, () => till.refund(purchaseNumber))
    expect(tally(answers)).toMatchObject({ 'purchase.refund_limit_reached': expect.any(Number) })
    refusal(await till.refund(purchaseNumber), 409, 'purchase.refund_limit_reached')
  })
})

test('after all of this the ledger adds up', async () => {
  await api.make.expectCleanLedger()
})
