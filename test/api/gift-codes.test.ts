import { randomUUID } from 'node:crypto'
import { AuditEntryModel } from '#bff/features/audit/audit-entry.model'
import { CodeImportModel } from '#bff/features/gift-codes/code-import.model'
import { importNextBatch } from '#bff/features/gift-codes/commands/import-batch'
import { GiftCodeModel } from '#bff/features/gift-codes/gift-code.model'
import { resealGiftCodes, retireExpiredCodes, runCodeImports } from '#bff/features/gift-codes/index'
import { resealRedemptionCodes } from '#bff/features/orders/index'
import { open } from '#bff/kernel/secrets'
import type { Services } from '#bff/platform/services'
import type { Json } from '#test/support/client'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const virtual = { handOver: 'virtual', stock: 0, onSale: false, name: '视频会员月卡' }
const path = (id: string, query = '') => `/api/admin/gifts/${id}/code-imports${query}`

async function upload(id: string, file: string | Buffer, options: { query?: string; key?: string } = {}) {
  const response = await fetch(api.app.baseUrl + path(id, options.query), {
    method: 'POST',
    headers: {
      'content-type': 'text/csv',
      authorization: `Bearer ${await api.make.adminToken()}`,
      ...(options.key ? { 'idempotency-key': options.key } : {}),
    },
    body: new Uint8Array(Buffer.from(file)),
  })
  return { status: response.status, body: (await response.json()) as Json, headers: response.headers }
}
const imported = async (id: string, file: string | Buffer, query?: string) =>
  success(await upload(id, file, { query }), 201).import
const view = (token: string, orderId: string) =>
  api.send('GET', `/api/member/orders/${orderId}/gift-codes`, { token })
const codesOf = async (token: string, orderId: string): Promise<Json[]> =>
  success(await view(token, orderId)).items
const redeem = async (giftId: string, quantity = 1, points = 1_000) => {
  const member = await api.make.member({ points })
  const answer = await api.place(member.token, [{ giftId, quantity }])
  return { member, answer, order: answer.body.order }
}
const manyCodes = (count: number) =>
  Array.from({ length: count }, (_, index) => `C${String(index).padStart(7, '0')}`)

describe('importing', () => {
  test('codes become stock, and the gift can go on sale', async () => {
    const gift = await api.make.gift(virtual)
    const done = await imported(gift.id, 'code,password,expiresOn\nA1,p1,2030-01-31\nA2,p2,\n')
    expect(done).toMatchObject({
      state: 'done',
      giftId: gift.id,
      skuId: null,
      totalRows: 2,
      importedRows: 2,
      duplicateRows: 0,
      badRowCount: 0,
      badRows: [],
    })
    expect(done.finishedAt).not.toBeNull()
    expect(await api.stockOf(gift.id)).toBe(2)
    await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, { onSale: true })
    await api.make.expectCleanLedger()
  })

  test('wrong rows are listed by line and reason, the others imported', async () => {
    const gift = await api.make.gift(virtual)
    const lines = [
      'code,password,expiresOn',
      'B1,p,2030-12-31',
      ',p,',
      '6.22848E+18,p,',
      `${'x'.repeat(101)},p,`,
      'B\u0001X,p,',
      'B2,,',
      'B3,p,2030-02-30',
      'B4,p,2020-01-01',
      'B1,p,',
      ',,',
      'B5,p,2030/3/1',
      '"=""0012""",p,',
    ]
    const done = await imported(gift.id, lines.join('\n'))
    expect(done).toMatchObject({ totalRows: 11, importedRows: 3, duplicateRows: 1, badRowCount: 7 })
    expect(done.badRows).toEqual([
      { line: 3, reason: 'code_missing' },
      { line: 4, reason: 'code_spoilt' },
      { line: 5, reason: 'code_invalid' },
      { line: 6, reason: 'code_invalid' },
      { line: 7, reason: 'password_missing' },
      { line: 8, reason: 'date_invalid' },
      { line: 9, reason: 'date_passed' },
      { line: 10, reason: 'duplicate' },
    ])
    expect(await api.stockOf(gift.id)).toBe(3)
  })

  test('at most 200 wrong rows are listed, all are counted', async () => {
    const gift = await api.make.gift(virtual)
    const done = await imported(gift.id, `code,password\n${'x,\n'.repeat(250)}ok,p\n`)
    expect(done).toMatchObject({ totalRows: 251, importedRows: 1, badRowCount: 250 })
    expect(done.badRows).toHaveLength(200)
  })

  const headed = (newline: string, delimiter: string) =>
    [
      ['卡号', '备注', '卡密'],
      ['K1', '好', '密1'],
      ['K2', '', '密2'],
    ]
      .map((cells) => cells.join(delimiter))
      .join(newline)
  test.each<[string, Buffer]>([
    ['with a byte order mark', Buffer.from(`\ufeff${headed('\n', ',')}`)],
    ['with CRLF', Buffer.from(`${headed('\r\n', ',')}\r\n`)],
    ['with semicolons', Buffer.from(headed('\r\n', ';'))],
    ['as Unicode text with tabs', Buffer.from(`\ufeff${headed('\r\n', '\t')}`, 'utf16le')],
    [
      'in GB 18030',
      Buffer.concat([
        Buffer.from([0xbf, 0xa8, 0xba, 0xc5, 0x2c, 0xbf, 0xa8, 0xc3, 0xdc]),
        Buffer.from('\r\nK1,x\r\nK2,y'),
      ]),
    ],
    ['in quotes', Buffer.from('"code","password"\n"K1","a,b"\n"K2","c""d"\n')],
  ])('a file %s is read', async (_what, file) => {
    const gift = await api.make.gift(virtual)
    expect(await imported(gift.id, file)).toMatchObject({ totalRows: 2, importedRows: 2, badRows: [] })
  })

  test.each([
    ['nothing', ''],
    ['no column of codes', 'name\nA1\n'],
    ['a head alone', 'code\n'],
    ['an open quote', 'code\n"A1\nA2\n'],
  ])('%s is refused', async (_what, file) => {
    const gift = await api.make.gift(virtual)
    const { message } = refusal(await upload(gift.id, file), 400, 'request.invalid')
    expect(message).not.toContain('A1')
    expect(await CodeImportModel.countDocuments({ giftId: gift.id })).toBe(0)
  })

  test('too large a file and too many rows are refused', async () => {
    const gift = await api.make.gift(virtual)
    refusal(await upload(gift.id, `code\n${'x'.repeat(5 * 1024 * 1024)}`), 413, 'request.too_large')
    refusal(await upload(gift.id, `code\n${'x\n'.repeat(100_001)}`), 413, 'request.too_large')
  })

  test('JSON is no file, however large, and is not read', async () => {
    const gift = await api.make.gift(virtual)
    const token = await api.make.adminToken()
    for (const body of [{ code: 'A1' }, { padding: 'x'.repeat(300_000) }])
      refusal(await api.send('POST', path(gift.id), { token, body }), 400, 'request.invalid')
  })

  test('only operators import, only into virtual gifts, only into a SKU there is', async () => {
    const gift = await api.make.gift(virtual)
    const support = { username: 'only-support', password: 'long-enough', name: '客服', role: 'support' }
    await api.make.admin('POST', '/api/admin/admins', support)
    const { token } = success(await api.send('POST', '/api/admin/session', { body: support }))
    const headers = { 'content-type': 'text/csv' }
    refusal(
      await api.send('POST', path(gift.id), { token, body: 'code\nA1', headers }),
      403,
      'auth.forbidden',
    )
    refusal(await upload((await api.make.gift()).id, 'code\nA1'), 409, 'gift.not_virtual')
    refusal(await upload('unknown', 'code\nA1'), 404, 'resource.not_found')
    refusal(await upload(gift.id, 'code\nA1', { query: '?skuId=none' }), 400, 'request.invalid')
    const skus = [{ name: '月卡', stock: 0 }]
    const withSkus = await api.make.gift({ ...virtual, skus })
    refusal(await upload(withSkus.id, 'code\nA1'), 400, 'request.invalid')
    const skuId = withSkus.skus[0]?.id
    expect(await imported(withSkus.id, 'code\nA1', `?skuId=${skuId}`)).toMatchObject({
      skuId,
      importedRows: 1,
    })
    await api.make.expectCleanLedger()
  })

  test('stock of a virtual gift is not changed by hand', async () => {
    const gift = await api.make.virtualGift(['M1'])
    const token = await api.make.adminToken()
    const body = { change: 5, reason: '补货五件' }
    refusal(
      await api.send('POST', `/api/admin/gifts/${gift.id}/stock-changes`, { token, body }),
      409,
      'gift.stock_is_codes',
    )
  })

  test('the same file again imports nothing twice; under the same key it is the same import', async () => {
    const gift = await api.make.gift(virtual)
    const key = randomUUID()
    const first = success(await upload(gift.id, 'code\nD1\nD2', { key }), 201).import
    expect(success(await upload(gift.id, 'code\nD1\nD2', { key }), 201).import).toEqual(first)
    refusal(await upload(gift.id, 'code\nD1\nD3', { key }), 422, 'idempotency.key_reused')
    expect(await imported(gift.id, 'code\nD1\nD2\nD3')).toMatchObject({ importedRows: 1, duplicateRows: 2 })
    expect(await api.stockOf(gift.id)).toBe(3)
    const { items } = success(await api.send('GET', path(gift.id), { token: await api.make.adminToken() }))
    expect(items.map(({ importedRows }: Json) => importedRows)).toEqual([1, 2])
    await api.make.expectCleanLedger()
  })

  test('two gifts may have the same code', async () => {
    for (const gift of [await api.make.gift(virtual), await api.make.gift(virtual)])
      expect((await imported(gift.id, 'code\nSAME')).importedRows).toBe(1)
  })

  test('the import is audited without a code', async () => {
    const gift = await api.make.gift(virtual)
    const { id } = await imported(gift.id, 'code\nAUDITED-CODE\n,\nAUDITED-CODE')
    const entries = await AuditEntryModel.find({
      targetId: gift.id,
      operation: 'admin.gift-codes.import',
    }).lean()
    expect(entries).toMatchObject([{ after: { importId: id, totalRows: 2, badRowCount: 0 } }])
    expect(JSON.stringify(entries)).not.toContain('AUDITED')
  })
})

describe('a large file', () => {
  test('10,000 rows: progress is told, an interruption and two workers at once change nothing', async () => {
    const { services } = api.app.app
    const gift = await api.make.gift(virtual)
    const file = `code\n${manyCodes(10_000).join('\n')}\nC0000000\n`
    const started = await imported(gift.id, file)
    expect(started).toMatchObject({
      state: 'importing',
      totalRows: 10_001,
      importedRows: 500,
      finishedAt: null,
    })
    const progress = async () => (await api.make.admin('GET', `${path(gift.id)}/${started.id}`)).import

    // A worker that dies after three batches leaves them done and the others whole.
    expect(await runCodeImports(services, 3)).toBe(3)
    expect(await progress()).toMatchObject({ state: 'importing', importedRows: 2_000 })
    expect(await api.stockOf(gift.id)).toBe(2_000)
    await api.make.expectCleanLedger()

    // One that dies inside a batch leaves nothing of it.
    const dying = {
      ...services,
      clock: {
        now: () => {
          throw new Error('the power is gone')
        },
      },
    }
    await expect(importNextBatch(dying, started.id)).rejects.toThrow('the power is gone')
    expect(await progress()).toMatchObject({ importedRows: 2_000 })
    expect(await GiftCodeModel.countDocuments({ giftId: gift.id })).toBe(2_000)

    await Promise.all([runCodeImports(services, 50), runCodeImports(services, 50)])
    const done = await progress()
    expect(done).toMatchObject({ state: 'done', importedRows: 10_000, duplicateRows: 1, badRowCount: 0 })
    expect(done.badRows).toEqual([{ line: 10_002, reason: 'duplicate' }])
    expect(await api.stockOf(gift.id)).toBe(10_000)
    expect(await GiftCodeModel.countDocuments({ giftId: gift.id })).toBe(10_000)
    await api.make.expectCleanLedger()
  })

  test('an import that cannot be opened does not hold up the others', async () => {
    const { services } = api.app.app
    const [broken, fine] = [await api.make.gift(virtual), await api.make.gift(virtual)]
    const stuck = await imported(broken.id, `code\n${manyCodes(600).join('\n')}`)
    await imported(fine.id, `code\n${manyCodes(600).join('\n')}`)
    const lost = { ...services.codeKeys, sealing: [{ name: 'other', key: Buffer.alloc(32) }] }
    await expect(runCodeImports({ ...services, codeKeys: lost })).rejects.toThrow('no key named')
    await CodeImportModel.updateOne({ _id: stuck.id }, { $set: { giftId: 'moved' } })
    await expect(runCodeImports(services)).rejects.toThrow()
    expect(await api.stockOf(fine.id)).toBe(600)
    await CodeImportModel.updateOne({ _id: stuck.id }, { $set: { giftId: broken.id } })
    expect(await runCodeImports(services)).toBe(1)
    expect(await api.stockOf(broken.id)).toBe(600)
  })
})

describe('redeeming', () => {
  test('an order is issued at once: one code a piece, points spent, nothing frozen', async () => {
    const gift = await api.make.virtualGift(['R1', 'R2', 'R3'])
    const { member, answer } = await redeem(gift.id, 2)
    const { order } = success(answer, 201)
    expect(order).toMatchObject({
      state: 'issued',
      handOver: 'virtual',
      address: null,
      canCancel: false,
      pointsAfter: { available: 900, frozen: 0 },
    })
    const points = success(await api.send('GET', '/api/member/points', { token: member.token }))
    expect(points).toMatchObject({ available: 900, frozen: 0 })
    expect(await api.stockOf(gift.id)).toBe(1)
    const items = await codesOf(member.token, order.id)
    expect(items).toHaveLength(2)
    expect(['R1', 'R2', 'R3']).toEqual(expect.arrayContaining(items.map(({ code }) => code)))
    expect(new Set(items.map(({ code }) => code)).size).toBe(2)
    expect(items[0]).toMatchObject({ giftId: gift.id, skuId: null, giftName: '视频会员月卡', password: null })
    await api.make.expectCleanLedger()
  })

  test('the last code makes it sold out, and new codes bring it back', async () => {
    const gift = await api.make.virtualGift(['L1'])
    success((await redeem(gift.id)).answer, 201)
    refusal((await redeem(gift.id)).answer, 409, 'gift.sold_out')
    const card = success(await api.send('GET', `/api/member/gifts/${gift.id}`)).gift
    expect(card).toMatchObject({ isSoldOut: true, stock: 0 })
    await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, { onSale: true })
    await api.make.importCodes(gift.id, 'code\nL2')
    success((await redeem(gift.id)).answer, 201)
  })

  test('a card number comes with its password and date, soonest to expire first', async () => {
    const gift = await api.make.virtualGift(['never'])
    await api.make.importCodes(gift.id, 'code,password,expiresOn\nlate,p1,2031-06-30\nsoon,p2,2030-06-30')
    const { member, order } = await redeem(gift.id, 3)
    const items = await codesOf(member.token, order.id)
    expect(items).toContainEqual(
      expect.objectContaining({ code: 'soon', password: 'p2', expiresOn: '2030-06-30' }),
    )
    expect(items).toContainEqual(expect.objectContaining({ code: 'never', password: null, expiresOn: null }))
    // With a hundred of each no chance among neighbours reaches those that last.
    const stock = (name: string, date: string) => manyCodes(100).map((code) => `${name}${code},${date}`)
    const rows = [...stock('late', '2031-06-30'), ...stock('soon', '2030-06-30')].join('\n')
    await api.make.importCodes(gift.id, `code,expiresOn\n${rows}`)
    const next = await redeem(gift.id, 5)
    for (const { expiresOn } of await codesOf(next.member.token, next.order.id))
      expect(expiresOn).toBe('2030-06-30')
  })

  test('SKUs have codes of their own', async () => {
    const skus = [
      { name: '月卡', stock: 0 },
      { name: '年卡', stock: 0 },
    ]
    const gift = await api.make.gift({ ...virtual, skus })
    const [month, year] = gift.skus.map(({ id }) => id)
    await api.make.importCodes(gift.id, 'code\nMONTH', `?skuId=${month}`)
    await api.make.importCodes(gift.id, 'code\nYEAR', `?skuId=${year}`)
    await api.make.admin('PATCH', `/api/admin/gifts/${gift.id}`, { onSale: true })
    const member = await api.make.member({ points: 500 })
    const { order } = success(
      await api.place(member.token, [{ giftId: gift.id, skuId: year, quantity: 1 }]),
      201,
    )
    expect(await codesOf(member.token, order.id)).toMatchObject([{ code: 'YEAR', skuId: year }])
    refusal(
      await api.place(member.token, [{ giftId: gift.id, skuId: year, quantity: 1 }]),
      409,
      'gift.sold_out',
    )
  })

  test('one key gives one order and one code', async () => {
    const gift = await api.make.virtualGift(['K1', 'K2'])
    const member = await api.make.member({ points: 500 })
    const key = randomUUID()
    const items = [{ giftId: gift.id, quantity: 1 }]
    const first = success(await api.place(member.token, items, { key }), 201)
    expect(success(await api.place(member.token, items, { key }), 201)).toEqual(first)
    expect(await api.stockOf(gift.id)).toBe(1)
  })
})

describe('with review', () => {
  const review = (orderId: string, verb: 'approve' | 'reject') =>
    api.make.admin(
      'POST',
      `/api/admin/orders/${orderId}/${verb}`,
      verb === 'reject' ? { reason: '不符合' } : {},
    )

  test('codes are given at the approval; a rejection gives the piece back', async () => {
    const gift = await api.make.virtualGift(['V1', 'V2'], { needsReview: true })
    const [approved, rejected] = [await redeem(gift.id), await redeem(gift.id)]
    expect(approved.order).toMatchObject({ state: 'reviewing', pointsAfter: { available: 950, frozen: 50 } })
    refusal(await view(approved.member.token, approved.order.id), 409, 'order.invalid_state')
    await api.make.expectCleanLedger()
    expect((await review(approved.order.id, 'approve')).order.state).toBe('issued')
    await review(rejected.order.id, 'reject')
    expect(await codesOf(approved.member.token, approved.order.id)).toHaveLength(1)
    refusal(await view(rejected.member.token, rejected.order.id), 409, 'order.invalid_state')
    expect(await api.stockOf(gift.id)).toBe(1)
    await api.make.expectCleanLedger()
  })

  test('approvals side by side give different codes', async () => {
    const gift = await api.make.virtualGift(manyCodes(12), { needsReview: true })
    const placed = []
    for (let index = 0; index < 12; index += 1) placed.push(await redeem(gift.id))
    await Promise.all(placed.map(({ order }) => review(order.id, 'approve')))
    const codes = []
    for (const { member, order } of placed) codes.push(...(await codesOf(member.token, order.id)))
    expect(codes.map(({ code }) => code).sort()).toEqual(manyCodes(12))
    await api.make.expectCleanLedger()
  })
})

describe('looking at codes', () => {
  test('the owner sees them, nobody else; they are not kept on the way; each look is logged', async () => {
    const gift = await api.make.virtualGift(['OWN-1'])
    const { member, order } = await redeem(gift.id)
    const stranger = await api.make.member()
    refusal(await view(stranger.token, order.id), 404, 'resource.not_found')
    refusal(await api.send('GET', `/api/member/orders/${order.id}/gift-codes`), 401, 'auth.unauthenticated')
    const first = await view(member.token, order.id)
    expect(first.headers.get('cache-control')).toBe('no-store')
    expect(success(first).items).toMatchObject([{ code: 'OWN-1' }])
    success(await view(member.token, order.id))
    const views = await api.make.admin('GET', `/api/admin/orders/${order.id}/code-views`)
    expect(views).toEqual({
      nextCursor: null,
      items: [
        { id: expect.any(String), memberId: member.id, viewedAt: expect.any(String) },
        { id: expect.any(String), memberId: member.id, viewedAt: expect.any(String) },
      ],
    })
  })

  test('the first look completes the order', async () => {
    const gift = await api.make.virtualGift(['DONE-1'])
    const { member, order } = await redeem(gift.id)
    await Promise.all([codesOf(member.token, order.id), codesOf(member.token, order.id)])
    const read = success(
      await api.send('GET', `/api/member/orders/${order.id}`, { token: member.token }),
    ).order
    expect(read.state).toBe('completed')
    expect(read.timeline.map(({ title }: Json) => title)).toEqual(['已查看券码', '卡券已发放'])
    await api.make.expectCleanLedger()
  })

  test('an order of another kind has none', async () => {
    const { order, member } = await api.make.order()
    refusal(await view(member.token, order.id), 404, 'resource.not_found')
  })

  test('the admin sees no code anywhere', async () => {
    const gift = await api.make.virtualGift(['ADMIN-MUST-NOT-SEE'])
    const { order } = await redeem(gift.id)
    const lists = [
      `/api/admin/gifts/${gift.id}`,
      path(gift.id),
      `/api/admin/orders?giftId=${gift.id}`,
      `/api/admin/orders/${order.id}/code-views`,
    ]
    for (const list of lists)
      expect(JSON.stringify(await api.make.admin('GET', list))).not.toContain('ADMIN-MUST-NOT-SEE')
  })
})

describe('codes past their date', () => {
  const dated = async (needsReview = false) => {
    const gift = await api.make.virtualGift(['KEEP'], { needsReview })
    const { services } = api.app.app
    const today = services.calendar.dateOf(services.clock.now())
    await api.make.importCodes(gift.id, `code,expiresOn\nGONE,${today}`)
    return gift
  }

  test('are given to nobody, and leave the stock', async () => {
    const gift = await dated()
    await api.advance(dayMs)
    const both = await redeem(gift.id, 2)
    refusal(both.answer, 409, 'gift.sold_out')
    expect(await api.available(both.member.token)).toBe(1_000)
    expect(await retireExpiredCodes(api.app.app.services)).toBe(1)
    expect(await retireExpiredCodes(api.app.app.services)).toBe(0)
    expect(await api.stockOf(gift.id)).toBe(1)
    const { member, order } = await redeem(gift.id)
    expect(await codesOf(member.token, order.id)).toMatchObject([{ code: 'KEEP' }])
    await api.make.expectCleanLedger()
  })

  test('an order in review whose code expired waits for a new one', async () => {
    const gift = await dated(true)
    const { member, order } = await redeem(gift.id, 2)
    await api.advance(dayMs)
    expect(await retireExpiredCodes(api.app.app.services)).toBe(0)
    const token = await api.make.adminToken()
    const approve = () => api.send('POST', `/api/admin/orders/${order.id}/approve`, { token, body: {} })
    refusal(await approve(), 409, 'gift.sold_out')
    await api.make.importCodes(gift.id, 'code\nNEW')
    expect(success(await approve()).order.state).toBe('issued')
    expect(await retireExpiredCodes(api.app.app.services)).toBe(1)
    const codes = await codesOf(await api.signIn(member.openid), order.id)
    expect(codes.map(({ code }) => code).sort()).toEqual(['KEEP', 'NEW'])
    await api.make.expectCleanLedger()
  })
})

describe('rotating the key', () => {
  test('old codes still open, and once sealed anew the old key can go', async () => {
    const { services } = api.app.app
    const gift = await api.make.virtualGift(manyCodes(5))
    const waiting = await imported(gift.id, `code\n${manyCodes(700).join('\n')}`)
    const pickUp = await api.make.order()
    const held = await redeem(gift.id)
    const [old] = services.codeKeys.sealing
    const fresh = { name: 'fresh', key: Buffer.alloc(32, 7) }
    const rotate = (sealing: Services['codeKeys']['sealing']) => {
      services.codeKeys.sealing = sealing
    }
    if (!old) throw new Error('there is no key')
    try {
      rotate([fresh, old])
      const [before] = await codesOf(held.member.token, held.order.id)
      while ((await resealGiftCodes(services)) > 0);
      while ((await resealRedemptionCodes(services)) > 0);
      rotate([fresh])
      expect(await codesOf(held.member.token, held.order.id)).toEqual([before])
      success(
        await api.send('GET', `/api/member/orders/${pickUp.order.id}/code`, { token: pickUp.member.token }),
      )
      await runCodeImports(services)
      const done = (await api.make.admin('GET', `${path(gift.id)}/${waiting.id}`)).import
      expect(done).toMatchObject({ state: 'done', importedRows: 695, duplicateRows: 5 })
      const codes = await GiftCodeModel.find().lean()
      for (const { _id, sealed } of codes) expect(open([fresh], sealed, _id)).toContain('"')
    } finally {
      rotate([fresh, old])
    }
  })
})
