import { type BffProcess, startBffProcess } from '#test/support/app'
import type { Json } from '#test/support/client'
import { testSettings } from '#test/support/environment'
import { createFactories, type Factories } from '#test/support/factories'
import { refusal, success } from './setting'

const lastMillisecondOfLeapDay = '2028-02-29T15:59:59.999Z'
const registrationPointsEnd = '2028-03-30T15:59:59.999Z'

/** Business days are Shanghai's, to the millisecond, wherever the server stands. */
describe.each(['UTC', 'America/New_York', 'Pacific/Auckland'])('a server in %s', (zone) => {
  let bff: BffProcess
  let make: Factories
  let member: Awaited<ReturnType<Factories['member']>>
  let token: string

  const advance = async (advanceMs: number) => {
    await make.admin('POST', '/api/admin/clock', { advanceMs })
  }
  const checkIn = async () => success(await bff.send('POST', '/api/member/check-ins', { token }))
  const entries = async () => success(await bff.send('GET', '/api/member/points/entries', { token }))
  const points = async () => success(await bff.send('GET', '/api/member/points', { token }))

  beforeAll(async () => {
    bff = await startBffProcess(
      { ...testSettings(), TZ: zone, FROZEN_AT: lastMillisecondOfLeapDay },
      'test/support/frozen-bff.main.ts',
    )
    make = createFactories(bff.send)
    member = await make.member()
    token = member.token
  })
  afterAll(() => bff.stop())

  test('the day and its points turn between 23:59:59.999 and 00:00', async () => {
    expect(await checkIn()).toMatchObject({
      businessDate: '2028-02-29',
      streakDays: 1,
      alreadyCheckedIn: false,
    })
    await advance(1)
    expect(await checkIn()).toMatchObject({
      businessDate: '2028-03-01',
      streakDays: 2,
      alreadyCheckedIn: false,
    })
    const { items, months } = await entries()
    expect(items.map(({ businessDate, expiresOn }: Json) => [businessDate, expiresOn])).toEqual([
      ['2028-03-01', '2029-03-01'],
      // 29 February and a year is 28 February.
      ['2028-02-29', '2029-02-28'],
      ['2028-02-29', '2028-03-30'],
    ])
    expect(months).toEqual([
      { month: '2028-03', gained: 5, used: 0 },
      { month: '2028-02', gained: 105, used: 0 },
    ])
    const february = success(await bff.send('GET', '/api/member/points/entries?month=2028-02', { token }))
    expect(february.items).toHaveLength(2)
  })

  test('points can be spent in the last millisecond of their day and not after it', async () => {
    const gift = await make.gift({ pricePoints: 110 })
    const place = () =>
      bff.send('POST', '/api/member/orders', { token, body: { items: [{ giftId: gift.id, quantity: 1 }] } })
    // Sessions of the first day have ended by then.
    await advance(Date.parse(registrationPointsEnd) - Date.parse(lastMillisecondOfLeapDay) - 1)
    const body = { code: `demo-${member.openid}` }
    token = success(await bff.send('POST', '/api/member/session', { body })).token
    expect((await points()).expiringSoon).toMatchObject([{ points: 100, expiresAt: registrationPointsEnd }])
    make = createFactories(bff.send)
    const { order } = success(await place(), 201)
    success(await bff.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))
    await advance(1)
    expect(await points()).toMatchObject({ available: 10, expiringSoon: [] })
    expect(refusal(await place(), 409, 'points.insufficient').details).toEqual({
      required: 110,
      available: 10,
    })
    await make.expectCleanLedger()
  })
})
