import { randomInt } from 'node:crypto'
import { OrderModel } from '#bff/features/orders/order.model'
import { importShipments } from '#bff/features/shipments/commands/import-shipments'
import type { AdminPrincipal } from '#bff/platform/route'
import type { Answer, Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const path = '/api/admin/shipments/imports'
const header = '订单号,快递公司,运单号'
const newNumber = () => `SF${randomInt(1e12, 1e13)}`
const makeDelivery = () => api.make.order({ gift: { handOver: 'delivery' }, points: 100 })

interface UploadOptions {
  query?: string
  key?: string | null
  token?: string
  type?: string
}

const upload = async (
  body: string | Uint8Array,
  { query = '', key = null, token, type = 'text/csv; charset=utf-8' }: UploadOptions = {},
): Promise<Answer<Json>> =>
  api.send('POST', path + query, {
    token: token ?? (await api.make.adminToken()),
    body,
    key,
    headers: { 'content-type': type },
  })
const dryRun = (body: string) => upload(body, { query: '?dryRun=true' })
const table = (...rows: string[]) => [header, ...rows].join('\r\n')
const results = ({ rows }: Json) => rows.map(({ result, code }: Json) => code ?? result)
const stateOf = async (orderId: string) => (await OrderModel.findById(orderId).lean())?.state

/** Bytes as Excel in China writes them: this text in GBK. */
function toGbk(text: string): Uint8Array {
  const decoder = new TextDecoder('gbk')
  const bytesOf = new Map<string, number[]>()
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1)
      bytesOf.set(decoder.decode(Uint8Array.of(high, low)), [high, low])
  return Uint8Array.from(Array.from(text).flatMap((char) => bytesOf.get(char) ?? [char.charCodeAt(0)]))
}

test('a dry run says what would happen and writes nothing; the real run does it, by number or by id', async () => {
  const [byNumber, byId] = [(await makeDelivery()).order, (await makeDelivery()).order]
  const numbers = [newNumber(), newNumber()]
  const text = table(
    `${byNumber.number},顺丰速运,${numbers[0]}`,
    `${byId.id},SF,${numbers[1]}`,
    'none,中通,12345678',
  )
  const preview = success(await dryRun(text))
  expect(preview).toMatchObject({
    dryRun: true,
    counts: { shipped: 0, willShip: 2, alreadyShipped: 0, refused: 1 },
    rows: [
      {
        line: 2,
        orderNumber: byNumber.number,
        orderId: byNumber.id,
        result: 'will_ship',
        code: null,
        warning: null,
      },
      { line: 3, orderId: byId.id, result: 'will_ship' },
      { line: 4, orderNumber: 'none', orderId: null, result: 'refused', code: 'resource.not_found' },
    ],
  })
  expect(preview.rows[2].message).toBe('没有这张订单')
  expect([await stateOf(byNumber.id), await stateOf(byId.id)]).toEqual(['to_ship', 'to_ship'])
  const real = success(await upload(text))
  expect(real).toMatchObject({ dryRun: false, counts: { shipped: 2, willShip: 0, refused: 1 } })
  expect(results(real)).toEqual(['shipped', 'shipped', 'resource.not_found'])
  expect(await OrderModel.findById(byId.id).lean()).toMatchObject({
    state: 'shipped',
    shipment: { carrier: '顺丰速运', carrierCode: 'SF', trackingNumber: numbers[1] },
  })
  await api.make.expectCleanLedger()
})

test('the same table again ships nothing and says so; another number for a shipped order is refused', async () => {
  const { order, member } = await makeDelivery()
  const number = newNumber()
  const text = table(`${order.number},顺丰,${number}`)
  success(await upload(text))
  const again = success(await upload(text))
  expect([results(again), again.counts.alreadyShipped]).toEqual([['already_shipped'], 1])
  const other = success(await upload(table(`${order.number},顺丰,${newNumber()}`)))
  expect(results(other)).toEqual(['shipment.number_differs'])
  success(await api.send('POST', `/api/member/orders/${order.id}/confirm`, { token: member.token }))
  expect(results(success(await upload(text)))).toEqual(['already_shipped'])
})

test('each row is refused for its own reason and stops no other', async () => {
  const [good, cancelled, twice] = [await makeDelivery(), await makeDelivery(), (await makeDelivery()).order]
  const pickUp = (await api.make.order()).order
  success(
    await api.send('POST', `/api/member/orders/${cancelled.order.id}/cancel`, {
      token: cancelled.member.token,
    }),
  )
  const rows = [
    `${cancelled.order.number},顺丰,${newNumber()}`,
    `${pickUp.number},顺丰,${newNumber()}`,
    `${good.order.number},顺丰,单号有误`,
    `${good.order.number},,${newNumber()}`,
    `2.02601E+16,顺丰,${newNumber()}`,
    `${good.order.number}`,
    `${twice.number},顺丰,${newNumber()}`,
    `${twice.id},顺丰,${newNumber()}`,
    `${good.order.number},顺丰,${newNumber()}`,
  ]
  const expected = [
    'order.invalid_state',
    'order.invalid_state',
    'shipment.row_invalid',
    'shipment.row_invalid',
    'shipment.row_invalid',
    'shipment.row_invalid',
    'shipped',
    'shipment.duplicate_row',
    'shipped',
  ]
  const preview = success(await dryRun(table(...rows)))
  expect(results(preview)).toEqual(expected.map((result) => (result === 'shipped' ? 'will_ship' : result)))
  const real = success(await upload(table(...rows)))
  expect(results(real)).toEqual(expected)
  expect(real.rows[4].message).toContain('科学计数法')
  expect(real.rows[7].message).toBe('与第 8 行是同一张订单')
  for (const { result, message } of real.rows)
    if (result === 'refused') expect(message).toMatch(/[\u4e00-\u9fff]/)
})

test('two orders that share a number are told apart by id', async () => {
  const [one, other] = [(await makeDelivery()).order, (await makeDelivery()).order]
  await OrderModel.updateOne({ _id: other.id }, { $set: { number: one.number } })
  const answer = success(await upload(table(`${one.number},顺丰,${newNumber()}`)))
  expect(results(answer)).toEqual(['shipment.order_ambiguous'])
  expect(results(success(await upload(table(`${other.id},顺丰,${newNumber()}`))))).toEqual(['shipped'])
  expect([await stateOf(one.id), await stateOf(other.id)]).toEqual(['to_ship', 'shipped'])
})

test('one parcel may hold several orders; what looks wrong is remarked upon', async () => {
  const gift = await api.make.gift({ handOver: 'delivery', pricePoints: 1 })
  const member = await api.make.member()
  const addressId = (await api.make.address(member.token)).id
  const place = async () =>
    success(await api.place(member.token, [{ giftId: gift.id, quantity: 1 }], { addressId }), 201).order
  const [one, other, third] = [await place(), await place(), (await makeDelivery()).order]
  const number = newNumber()
  const own = success(await upload(table(`${one.number},顺丰,${number}`)))
  expect(own.rows[0]).toMatchObject({ result: 'shipped', warning: null })
  const both = success(
    await upload(table(`${other.number},顺丰,${number}`, `${third.number},顺丰,${number}`)),
  )
  expect(both.rows).toMatchObject([
    { result: 'shipped', warning: null },
    { result: 'shipped', warning: expect.stringContaining('另一位会员') },
  ])
  const odd = success(await dryRun(table(`${(await makeDelivery()).order.number},京东,1234`)))
  expect(odd.rows[0]).toMatchObject({ result: 'will_ship', warning: expect.stringContaining('不像京东快递') })
})

describe('a file', () => {
  test.each([
    ['with a byte order mark', (text: string) => `\ufeff${text}`],
    ['in GBK, as Excel in China saves it', toGbk],
    ['with plain line feeds and empty lines', (text: string) => `${text.replaceAll('\r\n', '\n\n')}\n\n,,\n`],
    ['with quoted cells', (text: string) => text.replaceAll(/[^,\r\n]+/g, '"$&"')],
    ['whose numbers Excel keeps as texts', (text: string) => text.replaceAll(/\b(\d{17})\b/g, '="$1"')],
    [
      'with columns of its own, in another order',
      (text: string) =>
        text
          .split('\r\n')
          .map((line) => ['备注', ...line.split(',').reverse()].join(','))
          .join('\r\n'),
    ],
  ])('%s is read', async (_what, change) => {
    const { order } = await makeDelivery()
    const number = newNumber()
    const answer = success(await upload(change(table(`${order.number},德邦快递,${number}`))))
    expect(results(answer)).toEqual(['shipped'])
    expect((await OrderModel.findById(order.id).lean())?.shipment).toMatchObject({
      carrier: '德邦快递',
      carrierCode: 'OTHER',
      trackingNumber: number,
    })
  })

  test.each([
    ['nothing', ''],
    ['only a header', header],
    ['no header', 'a,b,c\r\n1,2,3'],
    ['a column missing', '订单号,运单号\r\n1,2'],
    ['bytes in no encoding', Uint8Array.of(0xff, 0xfe, 0x00, 0xff)],
    ['more than 5,000 rows', table(...Array.from({ length: 5_001 }, (_, index) => `${index},顺丰,SF123456`))],
  ])('with %s is refused', async (_what, body) => {
    refusal(await upload(body), 400, 'request.invalid')
    refusal(await upload(body, { query: '?dryRun=true' }), 400, 'request.invalid')
  })

  test('over 1 MiB, or of another type, is refused', async () => {
    refusal(await upload(`${header}\r\n${'x'.repeat(1_048_577)}`), 413, 'request.too_large')
    refusal(await upload(table('1,顺丰,SF123456'), { type: 'text/plain' }), 400, 'request.invalid')
    refusal(await upload('{}', { type: 'application/json' }), 400, 'request.invalid')
    refusal(await upload(table('1,顺丰,SF123456'), { query: '?dryRun=maybe' }), 400, 'request.invalid')
  })

  test('of 5,000 rows that name nothing is answered row by row', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => `missing-${index},顺丰,SF1234567890`)
    const { counts, rows: answers } = success(await dryRun(table(...rows)))
    expect([counts.refused, answers.length, answers.at(-1).line]).toEqual([5_000, 5_000, 5_001])
  })
})

describe('an idempotency key', () => {
  test('gives the first answer again, and refuses another table', async () => {
    const { order } = await makeDelivery()
    const text = table(`${order.number},顺丰,${newNumber()}`)
    const key = crypto.randomUUID()
    const first = success(await upload(text, { key }))
    expect(results(first)).toEqual(['shipped'])
    expect(success(await upload(text, { key }))).toEqual(first)
    refusal(await upload(`${text}\r\nx,y,z`, { key }), 422, 'idempotency.key_reused')
  })

  test('sent five times at once ships each row once and answers alike', async () => {
    const orders = [(await makeDelivery()).order, (await makeDelivery()).order]
    const text = table(...orders.map(({ number }) => `${number},顺丰,${newNumber()}`))
    const key = crypto.randomUUID()
    const answers = await Promise.all(Array.from({ length: 5 }, () => upload(text, { key })))
    const [first, ...others] = answers.map((answer) => success(answer))
    for (const other of others) expect(other).toEqual(first)
    for (const { id } of orders) {
      const order = await OrderModel.findById(id).lean()
      expect(order?.timeline.filter(({ state }) => state === 'shipped')).toHaveLength(1)
    }
  })
})

describe('races', () => {
  test('two tables at once ship each order once', async () => {
    const orders = []
    for (let count = 0; count < 6; count += 1) orders.push((await makeDelivery()).order)
    const text = table(...orders.map(({ number }) => `${number},顺丰,${newNumber()}`))
    const answers = (await Promise.all([upload(text), upload(text)])).map((answer) => success(answer))
    expect(answers.reduce((sum, { counts }) => sum + counts.shipped, 0)).toBe(6)
    expect(answers.reduce((sum, { counts }) => sum + counts.alreadyShipped, 0)).toBe(6)
  })

  test('of a table and a member who cancels one wins, and the books are right', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { order, member } = await makeDelivery()
      const [imported, cancelled] = await Promise.all([
        upload(table(`${order.number},顺丰,${newNumber()}`)),
        api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: member.token }),
      ])
      const [row] = results(success(imported))
      const state = await stateOf(order.id)
      expect([
        ['shipped', 'shipped', 409],
        ['cancelled', 'order.invalid_state', 200],
      ]).toContainEqual([state, row, cancelled.status])
      expect(await api.available(member.token)).toBe(state === 'cancelled' ? 100 : 50)
    }
    await api.make.expectCleanLedger()
  })
})

test('rows for which there is no time are named and can be sent again', async () => {
  const { order } = await makeDelivery()
  const admin = {
    kind: 'admin',
    id: 'someone',
    name: '某',
    role: 'operator',
    tokenHash: '',
  } satisfies AdminPrincipal
  const text = table(`${order.number},顺丰,${newNumber()}`)
  const late = await importShipments(api.app.app.services, { admin, text, key: null }, 0)
  expect(results(late)).toEqual(['shipment.not_tried'])
  expect(results(success(await upload(text)))).toEqual(['shipped'])
})

test('the log has the table as a whole and each order that was shipped', async () => {
  const { order } = await makeDelivery()
  success(await upload(table(`${order.number},顺丰,${newNumber()}`, `none,顺丰,${newNumber()}`)))
  const entries = async (targetId: string) =>
    (await api.make.admin('GET', `/api/admin/audit-entries?targetId=${targetId}`)).items
  expect(await entries(order.id)).toMatchObject([
    { operation: 'admin.shipments.import', before: { state: 'to_ship' }, after: { state: 'shipped' } },
  ])
  expect((await entries('shipments'))[0]).toMatchObject({ after: { rows: 2, shipped: 1, refused: 1 } })
})
