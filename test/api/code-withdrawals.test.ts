import { randomUUID } from 'node:crypto'
import { AuditEntryModel } from '#bff/features/audit/audit-entry.model'
import { CodeBatchModel } from '#bff/features/gift-codes/code-batch.model'
import { GiftCodeModel } from '#bff/features/gift-codes/gift-code.model'
import { runCodeImports } from '#bff/features/gift-codes/index'
import { IdempotencyRecordModel } from '#bff/platform/idempotency/idempotency-record.model'
import type { Json } from '#test/support/client'
import { many, tally, untilTyped } from '#test/support/crowd'
import { refusal, startApi, success } from './setting'

const reason = '导错了礼品'
const names = (count: number) => Array.from({ length: count }, () => `code-${randomUUID()}`)
const csv = (codes: readonly string[]) => ['code', ...codes].join('\n')

describe.each(['on', 'off'])('withdrawing codes, with Redis locks %s', (locks) => {
  const api = startApi({ REDIS_LOCKS: locks })
  afterEach(() => api.make.expectCleanLedger())

  const withdraw = async (giftId: string, body: object, key?: string) =>
    api.send('POST', `/api/admin/gifts/${giftId}/code-withdrawals`, {
      token: await api.make.adminToken(),
      body: { reason, ...body },
      ...(key ? { key } : {}),
    })
  const withdrawn = async (giftId: string, body: object, key?: string): Promise<Json> =>
    success(await withdraw(giftId, body, key))
  const readImport = async (giftId: string, importId: string): Promise<Json> =>
    (await api.make.admin('GET', `/api/admin/gifts/${giftId}/code-imports/${importId}`)).import
  const redeem = async (giftId: string) => {
    const member = await api.make.member()
    return { member, answer: await untilTyped(() => api.place(member.token, [{ giftId, quantity: 1 }])) }
  }

  test('an import goes back out with its stock; the other stays; the same codes can come again', async () => {
    const gift = await api.make.virtualGift(names(3))
    const wrong = names(4)
    const { id } = await api.make.importCodes(gift.id, csv(wrong))
    expect(await api.stockOf(gift.id)).toBe(7)
    expect(await withdrawn(gift.id, { importId: id })).toEqual({
      withdrawnCodes: 4,
      leftCodes: 0,
      issuedCodes: 0,
      droppedRows: 0,
    })
    expect(await api.stockOf(gift.id)).toBe(3)
    expect(await readImport(gift.id, id)).toMatchObject({ importedRows: 4, withdrawnRows: 4, state: 'done' })
    expect(await withdrawn(gift.id, { importId: id })).toMatchObject({ withdrawnCodes: 0 })
    expect(await api.make.importCodes(gift.id, csv(wrong))).toMatchObject({
      importedRows: 4,
      duplicateRows: 0,
    })
    expect(await api.stockOf(gift.id)).toBe(7)
  })

  test('codes by name, of several imports; what is unknown or given out stays out of it', async () => {
    const first = names(3)
    const gift = await api.make.virtualGift(first)
    const second = names(2)
    const { id } = await api.make.importCodes(gift.id, csv(second))
    const { member, answer } = await redeem(gift.id)
    const { order } = success(answer, 201)
    const path = `/api/member/orders/${order.id}/gift-codes`
    const [given] = success(await api.send('GET', path, { token: member.token })).items
    const codes = [...first, ` ${second[0]} `, 'unknown', ...first]
    const isNamed = [...first, second[0]].includes(given.code)
    const answered = await withdrawn(gift.id, { codes })
    expect(answered).toEqual({
      withdrawnCodes: isNamed ? 3 : 4,
      leftCodes: 0,
      issuedCodes: isNamed ? 1 : 0,
      droppedRows: 0,
    })
    expect(await api.stockOf(gift.id)).toBe(4 - answered.withdrawnCodes)
    expect((await readImport(gift.id, id)).withdrawnRows).toBe(second[0] === given.code ? 0 : 1)
    expect(success(await api.send('GET', path, { token: member.token })).items).toMatchObject([given])
  })

  test('the audit says how many and why, and neither it nor the record of the key tells a code', async () => {
    const codes = names(2)
    const gift = await api.make.virtualGift(codes)
    const key = randomUUID()
    const answer = await withdrawn(gift.id, { codes }, key)
    expect(await withdrawn(gift.id, { codes }, key)).toEqual(answer)
    const entries = await AuditEntryModel.find({
      targetId: gift.id,
      operation: 'admin.gift-codes.withdraw',
    }).lean()
    expect(entries).toMatchObject([{ after: { reason, namedCodes: 2, withdrawnCodes: 2, importId: null } }])
    const records = await IdempotencyRecordModel.find({ _id: { $regex: key } }).lean()
    expect(records).toHaveLength(1)
    for (const code of codes) expect(JSON.stringify([entries, records])).not.toContain(code)
    refusal(await withdraw(gift.id, { codes: ['another'] }, key), 422, 'idempotency.key_reused')
  })

  test('what an import has not taken in yet never comes, whoever of the worker and the admin is first', async () => {
    const gift = await api.make.virtualGift(names(1))
    const { id } = await api.make.importCodes(gift.id, csv(names(1_200)))
    const before = await readImport(gift.id, id)
    expect(before).toMatchObject({ state: 'importing', importedRows: 500 })
    const [answer] = await Promise.all([
      withdraw(gift.id, { importId: id }),
      runCodeImports(api.app.app.services, 2),
    ])
    const { withdrawnCodes, leftCodes, droppedRows } = success(answer)
    expect(withdrawnCodes + leftCodes + droppedRows).toBe(1_200)
    await runCodeImports(api.app.app.services)
    if (leftCodes > 0) await withdrawn(gift.id, { importId: id })
    expect(await readImport(gift.id, id)).toMatchObject({ state: 'done', droppedRows })
    expect(await CodeBatchModel.countDocuments({ importId: id })).toBe(0)
    expect(await GiftCodeModel.countDocuments({ importId: id })).toBe(0)
    expect(await api.stockOf(gift.id)).toBe(1)
  })

  test('at most 1,000 at once, and again for the rest', async () => {
    const gift = await api.make.virtualGift(names(1))
    const { id } = await api.make.importCodes(gift.id, csv(names(1_100)))
    while ((await runCodeImports(api.app.app.services)) > 0);
    expect(await withdrawn(gift.id, { importId: id })).toMatchObject({
      withdrawnCodes: 1_000,
      leftCodes: 100,
    })
    expect(await withdrawn(gift.id, { importId: id })).toMatchObject({ withdrawnCodes: 100, leftCodes: 0 })
    expect(await api.stockOf(gift.id)).toBe(1)
  })

  test('what orders in review hold stays until other codes can take its place', async () => {
    const gift = await api.make.virtualGift(names(3), { needsReview: true })
    const imports = await api.make.admin('GET', `/api/admin/gifts/${gift.id}/code-imports`)
    const importId = imports.items[0].id
    const { member, answer } = await redeem(gift.id)
    expect(await withdrawn(gift.id, { importId })).toMatchObject({ withdrawnCodes: 2, leftCodes: 1 })
    expect(await api.stockOf(gift.id)).toBe(0)
    const right = names(2)
    await api.make.importCodes(gift.id, csv(right))
    expect(await withdrawn(gift.id, { importId })).toMatchObject({ withdrawnCodes: 1, leftCodes: 0 })
    const { order } = success(answer, 201)
    await api.make.admin('POST', `/api/admin/orders/${order.id}/approve`)
    const path = `/api/member/orders/${order.id}/gift-codes`
    const { items } = success(await api.send('GET', path, { token: member.token }))
    expect(right).toContain(items[0].code)
  })

  test('while members redeem: each code is either given out or withdrawn', async () => {
    const codes = names(24)
    const gift = await api.make.virtualGift(codes)
    const members = await many(30, () => api.make.member())
    const redeemAs = ({ token }: { token: string }) =>
      untilTyped(() => api.place(token, [{ giftId: gift.id, quantity: 1 }]))
    const named = Array.from({ length: 8 }, (_, index) => codes.slice(index * 2, index * 2 + 2))
    // Six orders cannot take all 16 codes that are named; the rest of the crowd comes while codes are withdrawn.
    const first = members.slice(0, 6).map(redeemAs)
    const withdrawals = named.map((pair) => untilTyped(() => withdraw(gift.id, { codes: pair })))
    await Promise.race(withdrawals)
    const rest = members.slice(6).map(redeemAs)
    const placed = await Promise.all([...first, ...rest])
    const taken = await Promise.all(withdrawals)
    const orders = tally(placed)
    const withdrawnCodes = taken.reduce((sum, answer) => sum + success(answer).withdrawnCodes, 0)
    const given = orders['201'] ?? 0
    expect(given).toBeGreaterThanOrEqual(8)
    expect(withdrawnCodes).toBeGreaterThan(0)
    expect(orders).toEqual({ '201': given, 'gift.sold_out': 30 - given })
    expect(given + withdrawnCodes).toBe(24)
    expect(await GiftCodeModel.countDocuments({ giftId: gift.id, state: 'assigned' })).toBe(given)
    expect(await GiftCodeModel.countDocuments({ giftId: gift.id })).toBe(given)
    expect(await api.stockOf(gift.id)).toBe(0)
  })

  test('only operators, only virtual gifts, one of import and codes, with a reason', async () => {
    const gift = await api.make.virtualGift(names(1))
    const path = `/api/admin/gifts/${gift.id}/code-withdrawals`
    for (const role of ['finance', 'support', 'reviewer'] as const) {
      const { token } = await api.make.colleague(role)
      const answer = await api.send('POST', path, { token, body: { codes: ['x'], reason } })
      refusal(answer, 403, 'auth.forbidden')
    }
    for (const body of [{}, { codes: ['x'], importId: 'y' }, { codes: [] }, { codes: ['x'], reason: '错' }])
      refusal(await withdraw(gift.id, body), 400, 'request.invalid')
    refusal(await withdraw(gift.id, { codes: Array(1_001).fill('x') }), 400, 'request.invalid')
    refusal(await withdraw(gift.id, { importId: 'unknown' }), 404, 'resource.not_found')
    refusal(await withdraw('unknown', { codes: ['x'] }), 404, 'resource.not_found')
    const other = await api.make.virtualGift(names(1))
    const { items } = await api.make.admin('GET', `/api/admin/gifts/${other.id}/code-imports`)
    refusal(await withdraw(gift.id, { importId: items[0].id }), 404, 'resource.not_found')
    const plain = await api.make.gift()
    refusal(await withdraw(plain.id, { codes: ['x'] }), 409, 'gift.not_virtual')
  })
})
