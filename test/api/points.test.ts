import { addDays } from '#shared/domain/business-date'
import type { Json } from '#test/support/client'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const entriesOf = async (token: string, query = '') =>
  success(await api.send('GET', `/api/member/points/entries${query}`, { token }))
const pointsOf = async (token: string) => success(await api.send('GET', '/api/member/points', { token }))
const adjust = (memberId: string, change: number) =>
  api.make.admin('POST', `/api/admin/members/${memberId}/points-adjustments`, { change, reason: '测试所需' })
const kinds = (page: Json) => page.items.map(({ kind, change }: Json) => [kind, change])

test('a new member has 100 points that expire in 30 days', async () => {
  const { token } = await api.make.member()
  const points = await pointsOf(token)
  const today = success(await api.send('GET', '/api/member/check-ins', { token })).today.businessDate
  expect(points).toMatchObject({ available: 100, frozen: 0, debt: 0 })
  expect(points.expiringSoon).toMatchObject([{ points: 100, expiresOn: addDays(today, 30) }])
  expect(points.expiringSoon[0].expiresAt).toMatch(/T15:59:59\.999Z$/)
})

test('the filters show what was earned, used, frozen and expired', async () => {
  const { id, token } = await api.make.member({ points: 300 })
  await adjust(id, -30)
  const gift = await api.make.gift({ pricePoints: 50 })
  const kept = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201).order
  const gone = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201).order
  success(await api.send('POST', `/api/member/orders/${gone.id}/cancel`, { token }))
  expect(kinds(await entriesOf(token))).toEqual([
    ['release', 50],
    ['hold', -50],
    ['hold', -50],
    ['adjust', -30],
    ['adjust', 200],
    ['earn', 100],
  ])
  expect(kinds(await entriesOf(token, '?kind=earned'))).toEqual([
    ['adjust', 200],
    ['earn', 100],
  ])
  expect(kinds(await entriesOf(token, '?kind=used'))).toEqual([
    ['hold', -50],
    ['hold', -50],
    ['adjust', -30],
  ])
  const frozen = (await entriesOf(token, '?kind=frozen')).items
  expect(frozen.map(({ orderId }: Json) => orderId)).toEqual([kept.id])
  expect(kinds(await entriesOf(token, '?kind=expired'))).toEqual([])
  // Points given back are taken off what was used.
  expect((await entriesOf(token)).months).toMatchObject([{ gained: 300, used: 80 }])
})

test('an unknown kind and a wrong month are refused', async () => {
  const { token } = await api.make.member()
  for (const query of ['kind=all', 'month=2026-00', 'limit=0', 'limit=101', 'limit=many'])
    refusal(await api.send('GET', `/api/member/points/entries?${query}`, { token }), 400, 'request.invalid')
})

test('pages stay complete and without repeats while entries arrive', async () => {
  const { id, token } = await api.make.member()
  for (let change = 1; change <= 6; change += 1) await adjust(id, change)
  const first = await entriesOf(token, '?limit=3')
  await adjust(id, 99)
  const second = await entriesOf(token, `?limit=3&cursor=${first.nextCursor}`)
  const third = await entriesOf(token, `?limit=3&cursor=${second.nextCursor}`)
  const changes = [first, second, third].flatMap(({ items }) => items.map(({ change }: Json) => change))
  expect(changes).toEqual([6, 5, 4, 3, 2, 1, 100])
  expect(third.nextCursor).toBeNull()
})

test('a capture leaves no row: the member sees the points go once', async () => {
  const { order, member } = await api.make.order()
  const { digits } = success(
    await api.send('GET', `/api/member/orders/${order.id}/code`, { token: member.token }),
  )
  const before = await entriesOf(member.token)
  const { token } = await api.make.staff()
  success(await api.send('POST', '/api/staff/redemptions', { token, body: { code: digits } }))
  const after = await entriesOf(member.token)
  expect(after.items.map(({ id }: Json) => id)).toEqual(before.items.map(({ id }: Json) => id))
  expect(before.items[0].detail).toBe('已冻结，领到后扣除')
  expect(after.items[0].detail).toBeNull()
  expect(await pointsOf(member.token)).toMatchObject({ available: 950, frozen: 0 })
})

test('a month shows its own entries only', async () => {
  const { token } = await api.make.member()
  const { businessDate } = (await entriesOf(token)).items[0]
  expect((await entriesOf(token, `?month=${businessDate.slice(0, 7)}`)).items).toHaveLength(1)
  expect(await entriesOf(token, '?month=2020-02')).toEqual({ items: [], months: [], nextCursor: null })
})

describe('expiry', () => {
  test('registration points count on their last day and are gone the day after, though no job ran', async () => {
    const { openid, token: first } = await api.make.member()
    const gift = await api.make.gift({ pricePoints: 100 })
    const [{ expiresAt }] = (await pointsOf(first)).expiringSoon
    const { today } = success(await api.send('GET', '/api/member/check-ins', { token: first }))
    await api.advance(30 * dayMs)
    const token = await api.signIn(openid)
    const lastDay = success(await api.send('GET', '/api/member/check-ins', { token })).today.businessDate
    // A test that starts just before midnight in Shanghai looks at the day after.
    if (lastDay === addDays(today.businessDate, 30)) expect(await api.available(token)).toBe(100)
    await api.advance(dayMs)
    expect(Date.parse(expiresAt)).toBeLessThan(api.app.app.services.clock.now().getTime())
    expect(await pointsOf(token)).toMatchObject({ available: 0, expiringSoon: [] })
    const refused = refusal(
      await api.place(token, [{ giftId: gift.id, quantity: 1 }]),
      409,
      'points.insufficient',
    )
    expect(refused.details).toEqual({ required: 100, available: 0 })
    await api.make.expectCleanLedger()
  })

  test('spending after an expiry posts it, and nothing expired is spent', async () => {
    const { id, openid } = await api.make.member({ points: 150 })
    await api.advance(31 * dayMs)
    const token = await api.signIn(openid)
    const gift = await api.make.gift({ pricePoints: 60 })
    expect(await api.available(token)).toBe(50)
    await adjust(id, 20)
    success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
    expect(kinds(await entriesOf(token))).toEqual([
      ['hold', -60],
      ['expire', -100],
      ['adjust', 20],
      ['adjust', 50],
      ['earn', 100],
    ])
    expect(kinds(await entriesOf(token, '?kind=expired'))).toEqual([['expire', -100]])
    expect(await api.available(token)).toBe(10)
    await api.make.expectCleanLedger()
  })

  test('the soonest-expiring points are spent first', async () => {
    const { openid, token } = await api.make.member({ points: 200 })
    const gift = await api.make.gift({ pricePoints: 80 })
    success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
    // 80 of the 100 that live 30 days are frozen, so only 20 are left to expire.
    expect((await pointsOf(token)).expiringSoon).toMatchObject([{ points: 20 }])
    await api.advance(31 * dayMs)
    expect(await api.available(await api.signIn(openid))).toBe(100)
  })

  test('points given back after their date live 7 days more, once', async () => {
    const { openid, token: early } = await api.make.member()
    const gift = await api.make.gift({ pricePoints: 100, pickUpValidDays: 365 })
    const redeem = async (token: string) =>
      success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
    const cancel = (token: string, id: string) =>
      api.send('POST', `/api/member/orders/${id}/cancel`, { token })
    const { order } = await redeem(early)
    await api.advance(31 * dayMs)
    const token = await api.signIn(openid)
    expect(await pointsOf(token)).toMatchObject({ available: 0, frozen: 100 })
    success(await cancel(token, order.id))
    expect(await pointsOf(token)).toMatchObject({
      available: 100,
      frozen: 0,
      expiringSoon: [{ points: 100 }],
    })
    const again = await redeem(token)
    await api.advance(8 * dayMs)
    success(await cancel(token, again.order.id))
    expect(await pointsOf(token)).toMatchObject({ available: 0, frozen: 0 })
    await api.make.expectCleanLedger()
  })
})
