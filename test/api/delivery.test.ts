import { randomInt } from 'node:crypto'
import { ParcelModel } from '#bff/features/parcels/parcel.model'
import { TrackingEventModel } from '#bff/features/parcels/tracking-event.model'
import type { Json } from '#test/support/client'
import { inParallel, tally } from '#test/support/crowd'
import { createOpenClient, type OpenCall } from '#test/support/open-client'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
let push: OpenCall
beforeAll(async () => {
  const credentials = await api.make.openClient()
  push = createOpenClient(api.app.baseUrl, credentials, () => api.app.app.services.clock.now().getTime())
})

const newNumber = () => `SF${randomInt(1e12, 1e13)}`
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const event = (minute: number, overrides: object = {}) => ({
  eventId: `e${minute}`,
  status: 'in_transit',
  description: `到达第 ${minute} 站`,
  occurredAt: at(minute),
  ...overrides,
})
const track = (trackingNumber: string, events: object[], carrier = 'SF') =>
  push('POST', '/api/open/tracking-events', { body: { carrier, trackingNumber, events } })
const asOwner = async (method: string, orderId: string, verb: string, body: object) =>
  api.send(method, `/api/admin/orders/${orderId}/${verb}`, { token: await api.make.adminToken(), body })
const ship = (orderId: string, trackingNumber: string, carrier = '顺丰速运') =>
  asOwner('POST', orderId, 'ship', { carrier, trackingNumber })
const correct = (orderId: string, body: object) => asOwner('PATCH', orderId, 'shipment', body)
const makeDelivery = () => api.make.order({ gift: { handOver: 'delivery' }, points: 100 })
const read = async (token: string, orderId: string) =>
  success(await api.send('GET', `/api/member/orders/${orderId}`, { token })).order
const parcelSteps = (order: Json) =>
  order.timeline.filter(({ tracking }: Json) => tracking !== null).map(({ note }: Json) => note)
const messages = async (token: string) => {
  await api.app.deliverOutbox()
  const page = success(await api.send('GET', '/api/member/inbox', { token }))
  return page.items.map(({ title }: Json) => title)
}

async function makeShipped(trackingNumber = newNumber()) {
  const { order, member } = await makeDelivery()
  success(await ship(order.id, trackingNumber))
  return { orderId: order.id as string, token: member.token, trackingNumber }
}

describe('carriers', () => {
  test('are listed with patterns that are patterns', async () => {
    const { items } = await api.make.admin('GET', '/api/admin/carriers')
    expect(items.map(({ code }: Json) => code)).toEqual([
      'SF',
      'ZTO',
      'YTO',
      'YUNDA',
      'STO',
      'JD',
      'EMS',
      'JTEXPRESS',
      'OTHER',
    ])
    const numbers: Record<string, string> = {
      SF: 'SF1234567890123',
      ZTO: '73112345678901',
      YTO: 'YT1234567890123',
      YUNDA: '4312345678901',
      STO: '773123456789012',
      JD: 'JDVA12345678901',
      EMS: 'EA123456789CN',
      JTEXPRESS: 'JT1234567890123',
      OTHER: 'DPK-2026',
    }
    for (const { code, pattern } of items) expect(numbers[code]).toMatch(new RegExp(pattern))
  })

  test.each([
    ['SF', 'SF', '顺丰速运'],
    ['jtexpress', 'JTEXPRESS', '极兔速递'],
    ['顺丰', 'SF', '顺丰'],
    ['京东物流', 'JD', '京东物流'],
    ['圆通 快递', 'YTO', '圆通 快递'],
    ['德邦快递', 'OTHER', '德邦快递'],
    ['OTHER', 'OTHER', '其他'],
  ])('%s is taken as %s and shown as %s', async (written, carrierCode, carrier) => {
    const { order } = await makeDelivery()
    const shipped = success(await ship(order.id, newNumber(), written)).order
    expect(shipped.shipment).toMatchObject({ carrierCode, carrier })
  })
})

describe('tracking', () => {
  test('is merged into the timeline, newest first, and only there', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    const shippedAt = Date.parse((await read(token, orderId)).shipment.shippedAt)
    const late = {
      occurredAt: new Date(shippedAt + 1_000).toISOString(),
      location: '上海市',
      status: 'out_for_delivery',
    }
    success(await track(trackingNumber, [event(1, { status: 'collected' }), event(2, late)]))
    const { timeline } = await read(token, orderId)
    expect(timeline.map(({ state, tracking, title, note }: Json) => [state, tracking, title, note])).toEqual([
      ['shipped', 'out_for_delivery', '派送中', '上海市 · 到达第 2 站'],
      ['shipped', null, '已发货', `顺丰速运 ${trackingNumber}`],
      ['to_ship', null, '兑换成功，准备发货', null],
      ['shipped', 'collected', '快递已揽收', '到达第 1 站'],
    ])
    const { items } = success(await api.send('GET', '/api/member/orders', { token }))
    expect(items[0].timeline).toBeUndefined()
  })

  test('out of order and repeated gives the same timeline', async () => {
    const events = [1, 2, 3, 4, 5, 6].map((minute) => event(minute))
    // Two of the same minute: their ids decide.
    events.push(event(6, { eventId: 'e6b', description: '到达第 6 站，又一次' }))
    const [inOrder, scrambled] = [await makeShipped(), await makeShipped()]
    success(await track(inOrder.trackingNumber, events))
    for (const index of [6, 2, 0, 5, 3, 2, 1, 4, 0, 6])
      success(await track(scrambled.trackingNumber, [events[index] as object]))
    const answer = await track(scrambled.trackingNumber, [...events, ...events])
    expect(success(answer)).toEqual({ added: 0, repeated: 14 })
    const steps = parcelSteps(await read(inOrder.token, inOrder.orderId))
    expect(steps).toEqual([
      '到达第 6 站，又一次',
      '到达第 6 站',
      '到达第 5 站',
      '到达第 4 站',
      '到达第 3 站',
      '到达第 2 站',
      '到达第 1 站',
    ])
    expect(parcelSteps(await read(scrambled.token, scrambled.orderId))).toEqual(steps)
  })

  test('20 pushes of the same events at once keep each once', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    const events = [1, 2, 3].map((minute) => event(minute))
    const answers = await inParallel(Array.from({ length: 20 }), 20, () => track(trackingNumber, events))
    expect(tally(answers)).toEqual({ '200': 20 })
    expect(answers.reduce((sum, { body }) => sum + body.added, 0)).toBe(3)
    expect(parcelSteps(await read(token, orderId))).toHaveLength(3)
    expect(await ParcelModel.findById(`SF:${trackingNumber}`).lean()).toMatchObject({ eventCount: 3 })
  })

  test('20 pushes of different events at once lose none', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    const minutes = Array.from({ length: 20 }, (_, index) => index + 1)
    const answers = await inParallel(minutes, 20, (minute) => track(trackingNumber, [event(minute)]))
    expect(tally(answers)).toEqual({ '200': 20 })
    expect(parcelSteps(await read(token, orderId))).toHaveLength(20)
    expect(await ParcelModel.findById(`SF:${trackingNumber}`).lean()).toMatchObject({ eventCount: 20 })
  })

  test('an event once told stays as it was', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    success(await track(trackingNumber, [event(1)]))
    success(await track(trackingNumber, [event(1, { description: '改了主意' })]))
    expect(parcelSteps(await read(token, orderId))).toEqual(['到达第 1 站'])
  })

  test('shows the newest 50 and takes 500', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    const batch = (first: number) => Array.from({ length: 50 }, (_, index) => event(first + index))
    for (let first = 0; first < 500; first += 50) success(await track(trackingNumber, batch(first)))
    refusal(await track(trackingNumber, [event(900)]), 409, 'parcel.event_limit_reached')
    expect(success(await track(trackingNumber, batch(0)))).toEqual({ added: 0, repeated: 50 })
    const steps = parcelSteps(await read(token, orderId))
    expect([steps.length, steps[0], steps[49]]).toEqual([50, '到达第 499 站', '到达第 450 站'])
  })

  test('of a parcel not yet known waits for its order, in whatever case its number is written', async () => {
    const number = newNumber()
    success(await track(number.toLowerCase(), [event(1), event(2)], '顺丰'))
    const waiting = await TrackingEventModel.find({ parcelId: `SF:${number}` }).lean()
    const [first] = waiting
    const keptMs = Number(first?.expiresAt) - Number(first?.receivedAt)
    expect([waiting.length, keptMs]).toEqual([2, 30 * dayMs])
    const { orderId, token } = await makeShipped(number)
    expect(parcelSteps(await read(token, orderId))).toEqual(['到达第 2 站', '到达第 1 站'])
    success(await track(number, [event(3)]))
    const kept = await TrackingEventModel.find({ parcelId: `SF:${number}` }).lean()
    expect(kept.map(({ expiresAt }) => expiresAt)).toEqual([null, null, null])
  })

  test('that comes while its order is shipped is kept for good', async () => {
    for (let round = 0; round < 5; round += 1) {
      const number = newNumber()
      const { order } = await makeDelivery()
      const [shipped, tracked] = await Promise.all([ship(order.id, number), track(number, [event(1)])])
      expect([shipped.status, tracked.status]).toEqual([200, 200])
      const parcel = await ParcelModel.findById(`SF:${number}`).lean()
      const events = await TrackingEventModel.find({ parcelId: `SF:${number}` }).lean()
      expect([parcel?.expiresAt, parcel?.isExpected, events.map(({ expiresAt }) => expiresAt)]).toEqual([
        null,
        true,
        [null],
      ])
    }
  })

  test('of another parcel is not mixed in', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    success(await track(trackingNumber, [event(1)], 'ZTO'))
    success(await track(`${trackingNumber}0`, [event(2)]))
    expect(parcelSteps(await read(token, orderId))).toEqual([])
  })

  test('is plain text in one line', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    const description = ' <b>派送</b>\r\n\u202e电话\u0000 138 '
    success(await track(trackingNumber, [event(1, { description, location: '\u0007' })]))
    expect(parcelSteps(await read(token, orderId))).toEqual(['<b>派送</b> 电话 138'])
  })

  test.each([
    [{ eventId: '' }],
    [{ eventId: 'x'.repeat(65) }],
    [{ eventId: '中' }],
    [{ status: 'lost' }],
    [{ description: '' }],
    [{ description: '\u0000' }],
    [{ description: 'x'.repeat(201) }],
    [{ location: 'x'.repeat(61) }],
    [{ occurredAt: '2026-01-01' }],
    [{ occurredAt: '2026-01-01T00:00:00' }],
    [{ occurredAt: '2026-02-30T00:00:00Z' }],
    [{ occurredAt: '2199-01-01T00:00:00Z' }],
    [{ occurredAt: 1_767_608_400_000 }],
  ])('%j is refused', async (wrong) => {
    refusal(await track(newNumber(), [event(1), event(2, wrong)]), 400, 'request.invalid')
  })

  test('has 1 to 50 events and a number that is one', async () => {
    refusal(await track(newNumber(), []), 400, 'request.invalid')
    const events = Array.from({ length: 51 }, (_, minute) => event(minute))
    refusal(await track(newNumber(), events), 400, 'request.invalid')
    refusal(await track('SF 1', [event(1)]), 400, 'request.invalid')
  })

  test('takes times of any zone', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    success(await track(trackingNumber, [event(1, { occurredAt: '2026-01-01T08:01:00+08:00' })]))
    const { timeline } = await read(token, orderId)
    expect(timeline.at(-1)).toMatchObject({ tracking: 'in_transit', at: '2026-01-01T00:01:00.000Z' })
  })
})

describe('delivered', () => {
  const delivered = (minute = 9, overrides: object = {}) =>
    event(minute, { status: 'delivered', ...overrides })

  test('tells the member once, and completes nothing by itself', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    const before = await read(token, orderId)
    success(await track(trackingNumber, [delivered()]))
    success(await track(trackingNumber, [delivered(), delivered(10)]))
    success(await track(trackingNumber, [event(11)]))
    const order = await read(token, orderId)
    expect(order).toMatchObject({
      state: 'shipped',
      canConfirm: true,
      autoConfirmsAt: before.autoConfirmsAt,
      shipment: { deliveredAt: at(9) },
    })
    expect(await messages(token)).toEqual(['礼品已签收', '礼品已发出', '兑换成功', '欢迎加入'])
  })

  test('told 20 times at once is one message for each order of the parcel', async () => {
    const number = newNumber()
    const [one, other] = [await makeShipped(number), await makeShipped(number)]
    await inParallel(Array.from({ length: 20 }), 20, (_, index) => track(number, [delivered(index)]))
    for (const { token } of [one, other])
      expect((await messages(token)).filter((title: string) => title === '礼品已签收')).toHaveLength(1)
  })

  test('before the order is shipped is told with the shipping', async () => {
    const number = newNumber()
    success(await track(number, [delivered()]))
    const { orderId, token } = await makeShipped(number)
    success(await track(number, [delivered(), event(10)]))
    expect((await read(token, orderId)).shipment.deliveredAt).toBe(at(9))
    expect((await messages(token)).filter((title: string) => title === '礼品已签收')).toHaveLength(1)
  })

  test('while another order is shipped with the parcel is missed by neither', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { trackingNumber } = await makeShipped()
      const { order, member } = await makeDelivery()
      const [shipped, tracked] = await Promise.all([
        ship(order.id, trackingNumber),
        track(trackingNumber, [delivered()]),
      ])
      expect([shipped.status, tracked.status]).toEqual([200, 200])
      expect((await read(member.token, order.id)).shipment.deliveredAt).toBe(at(9))
    }
  })

  test('of an order that is confirmed already tells nobody', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    success(await api.send('POST', `/api/member/orders/${orderId}/confirm`, { token }))
    success(await track(trackingNumber, [delivered()]))
    expect(await messages(token)).not.toContain('礼品已签收')
    expect(parcelSteps(await read(token, orderId))).toHaveLength(1)
  })

  test('while the member confirms: both succeed, and the books are right', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    const [confirmed, tracked] = await Promise.all([
      api.send('POST', `/api/member/orders/${orderId}/confirm`, { token }),
      track(trackingNumber, [delivered()]),
    ])
    expect([confirmed.status, tracked.status]).toEqual([200, 200])
    expect((await read(token, orderId)).state).toBe('completed')
    await api.make.expectCleanLedger()
  })
})

describe('a wrong tracking number', () => {
  test('is corrected: the member sees the new parcel, is told, and the day of confirmation stays', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    success(await track(trackingNumber, [event(1, { status: 'delivered' })]))
    const right = newNumber()
    success(await track(right, [event(2)]))
    const before = await read(token, orderId)
    success(await correct(orderId, { carrier: 'SF', trackingNumber: right }))
    const order = await read(token, orderId)
    expect(order).toMatchObject({
      state: 'shipped',
      autoConfirmsAt: before.autoConfirmsAt,
      shipment: { trackingNumber: right, shippedAt: before.shipment.shippedAt, deliveredAt: null },
    })
    expect(order.timeline[0]).toMatchObject({
      title: '运单号已更正',
      note: `顺丰速运 ${right}`,
      tracking: null,
    })
    expect(parcelSteps(order)).toEqual(['到达第 2 站'])
    expect((await messages(token))[0]).toBe('运单号已更正')
    const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${orderId}`)
    expect(items[0]).toMatchObject({
      operation: 'admin.orders.correct-shipment',
      before: { trackingNumber },
      after: { carrier: '顺丰速运', trackingNumber: right },
    })
  })

  test('that is the same leaves everything as it is', async () => {
    const { orderId, token, trackingNumber } = await makeShipped()
    const before = await read(token, orderId)
    success(await correct(orderId, { carrier: '顺丰速运', trackingNumber }))
    expect(await read(token, orderId)).toEqual(before)
  })

  test('is corrected 10 times at most', async () => {
    const { orderId } = await makeShipped()
    for (let count = 0; count < 10; count += 1)
      success(await correct(orderId, { carrier: 'SF', trackingNumber: newNumber() }))
    const answer = await correct(orderId, { carrier: 'SF', trackingNumber: newNumber() })
    refusal(answer, 409, 'order.invalid_state')
  })

  test('is corrected only under way, and only to a number', async () => {
    const { order } = await makeDelivery()
    const body = { carrier: 'SF', trackingNumber: newNumber() }
    refusal(await correct(order.id, body), 409, 'order.invalid_state')
    refusal(await correct(order.id, { ...body, trackingNumber: '中文' }), 400, 'request.invalid')
    refusal(await correct('none', body), 404, 'resource.not_found')
    const { orderId, token } = await makeShipped()
    success(await api.send('POST', `/api/member/orders/${orderId}/confirm`, { token }))
    refusal(await correct(orderId, body), 409, 'order.invalid_state')
  })

  test('corrected twice at once ends with one of the two, told by its rows', async () => {
    const { orderId, token } = await makeShipped()
    const numbers = [newNumber(), newNumber()]
    const answers = await Promise.all(
      numbers.map((trackingNumber) => correct(orderId, { carrier: 'SF', trackingNumber })),
    )
    expect(tally(answers)).toEqual({ '200': 2 })
    const order = await read(token, orderId)
    expect(order.timeline[0].note).toBe(`顺丰速运 ${order.shipment.trackingNumber}`)
    expect(order.timeline).toHaveLength(4)
  })
})
