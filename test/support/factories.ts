import assert from 'node:assert'
import { randomUUID } from 'node:crypto'
import type { AdminRole } from '#shared/domain/enums'
import type { Answer, Json, Send } from './client'
import type { OpenCredentials } from './open-client'

/** Builds what a test needs over the API, with parents that are missing; a test names only what matters to it. */
export function createFactories(send: Send) {
  let owner: Promise<string> | undefined

  const adminToken = (): Promise<string> => {
    owner ??= expectStatus(
      200,
      send('POST', '/api/admin/session', { body: { username: 'owner', password: 'jili-test-owner' } }),
    ).then(({ body }) => body.token)
    return owner
  }

  const admin = async (method: string, path: string, body?: unknown): Promise<Json> =>
    (await expectSuccess(send(method, path, { token: await adminToken(), body }))).body

  /** Another admin beside the owner, signed in. */
  const colleague = async (role: AdminRole = 'finance', name = '小顾') => {
    const credentials = { username: `a${randomUUID().slice(0, 12)}`, password: 'long-enough-password' }
    const created = await admin('POST', '/api/admin/admins', { ...credentials, name, role })
    const { body } = await expectStatus(200, send('POST', '/api/admin/session', { body: credentials }))
    return { id: created.admin.id as string, name, token: body.token as string }
  }

  let approver: ReturnType<typeof colleague> | undefined

  /** Adjusts a member's points; what one admin may not do alone another one approves. */
  const adjust = async (memberId: string, change: number): Promise<void> => {
    const path = `/api/admin/members/${memberId}/points-adjustments`
    const { adjustment } = await admin('POST', path, { change, reason: '测试所需' })
    if (adjustment.state === 'posted') return
    approver ??= colleague('finance', '阿岑')
    const approval = `/api/admin/points-adjustments/${adjustment.id}/approve`
    await expectStatus(200, send('POST', approval, { token: (await approver).token }))
  }

  const member = async (options: { points?: number } = {}) => {
    const openid = randomUUID()
    const { body } = await expectStatus(
      200,
      send('POST', '/api/member/session', { body: { code: `demo-${openid}` } }),
    )
    const change = (options.points ?? 100) - 100
    if (change !== 0) await adjust(body.member.id, change)
    return { id: body.member.id as string, token: body.token as string, openid }
  }

  const store = async (overrides: object = {}): Promise<{ id: string; name: string }> => {
    const input = { name: '静安店', address: '上海市静安区愚园路 1 号', hours: '10:00–22:00', ...overrides }
    return (await admin('POST', '/api/admin/stores', input)).store
  }

  const staff = async (options: { storeId?: string; name?: string } = {}) => {
    const openid = `staff-${randomUUID()}`
    const storeId = options.storeId ?? (await store()).id
    const created = await admin('POST', '/api/admin/staff', { name: options.name ?? '小林', openid, storeId })
    const { body } = await expectStatus(
      200,
      send('POST', '/api/staff/session', { body: { code: `demo-${openid}` } }),
    )
    return { id: created.staff.id as string, token: body.token as string, storeId, openid }
  }

  const gift = async (
    overrides: object = {},
  ): Promise<{ id: string; name: string; skus: { id: string }[] }> => {
    const input = {
      name: '手作陶杯',
      categoryId: 'home',
      handOver: 'pickup',
      pricePoints: 50,
      stock: 10,
      onSale: true,
      // The programme asks for 100 by default; a test that is about it says so.
      minimumBalance: 0,
    }
    return (await admin('POST', '/api/admin/gifts', { ...input, ...overrides })).gift
  }

  /** Imports codes into a virtual gift; small files are done at once. */
  const importCodes = async (giftId: string, csv: string, query = ''): Promise<Json> => {
    const answer = await expectStatus(
      201,
      send('POST', `/api/admin/gifts/${giftId}/code-imports${query}`, {
        token: await adminToken(),
        body: csv,
        headers: { 'content-type': 'text/csv' },
      }),
    )
    return answer.body.import
  }

  /** A virtual gift on sale with these codes. */
  const virtualGift = async (codes: readonly string[], overrides: object = {}) => {
    const input = { name: '视频会员月卡', handOver: 'virtual', stock: 0, onSale: false }
    const created = await gift({ ...input, ...overrides })
    await importCodes(created.id, ['code', ...codes].join('\n'))
    await admin('PATCH', `/api/admin/gifts/${created.id}`, { onSale: true })
    return created
  }

  const address = async (token: string) => {
    const input = {
      name: '小满',
      phone: '13800138000',
      region: ['上海市', '上海市', '静安区'],
      detail: '愚园路 1 号',
    }
    return (await expectStatus(201, send('POST', '/api/member/addresses', { token, body: input }))).body
      .address
  }

  /** Redeems, with the member's own or a new member. */
  const order = async (options: { gift?: object; quantity?: number; points?: number } = {}) => {
    const redeemed = await gift(options.gift)
    const by = await member({ points: options.points ?? 1_000 })
    const isDelivery = (options.gift as { handOver?: string } | undefined)?.handOver === 'delivery'
    const addressId = isDelivery ? (await address(by.token)).id : undefined
    const items = [{ giftId: redeemed.id, quantity: options.quantity ?? 1 }]
    const placed = await expectStatus(
      201,
      send('POST', '/api/member/orders', { token: by.token, body: { items, addressId } }),
    )
    return { order: placed.body.order, member: by, gift: redeemed }
  }

  /** A shop's or courier's system, by its credentials. */
  const openClient = async (overrides: object = {}): Promise<OpenCredentials> => {
    const input = { name: `快递 ${randomUUID()}`, kind: 'courier', scopes: ['tracking'], ...overrides }
    const { client, secret } = await admin('POST', '/api/admin/open-clients', input)
    return { clientId: client.id, secret }
  }

  const expectCleanLedger = async () => {
    const report = await admin('GET', '/api/admin/ledger/verification')
    assert.deepStrictEqual(report.differences, [])
    assert.strictEqual(report.ok, true)
    return report
  }

  return {
    adminToken,
    admin,
    colleague,
    member,
    store,
    staff,
    gift,
    virtualGift,
    importCodes,
    address,
    order,
    openClient,
    expectCleanLedger,
  }
}

export type Factories = ReturnType<typeof createFactories>

async function expectStatus(status: number, answer: Promise<Answer<Json>>): Promise<Answer<Json>> {
  const settled = await answer
  assert.strictEqual(settled.status, status, JSON.stringify(settled.body))
  return settled
}

async function expectSuccess(answer: Promise<Answer<Json>>): Promise<Answer<Json>> {
  const settled = await answer
  assert.ok(settled.status < 300, JSON.stringify(settled.body))
  return settled
}
