import { randomUUID } from 'node:crypto'
import { AddressModel } from '#bff/features/addresses/address.model'
import { eraseAgain } from '#bff/features/members/index'
import { ClosedIdentityModel, MemberKeyModel, MemberModel } from '#bff/features/members/member.model'
import type { Json } from '#test/support/client'
import { formOf, picture, upload } from '#test/support/upload'
import { refusal, startApi, success } from './setting'

const api = startApi()
const reason = '刷分嫌疑'
const close = (token: string, key?: string) =>
  api.send('POST', '/api/member/me/close', { token, body: { isUnderstood: true }, ...(key ? { key } : {}) })
const readClosing = async (token: string) =>
  success(await api.send('GET', '/api/member/me/closing', { token }))
const signIn = async (openid: string) =>
  success(await api.send('POST', '/api/member/session', { body: { code: `demo-${openid}` } }))

/** Everything stored, as text. */
async function everything(): Promise<string> {
  const { default: mongoose } = await import('mongoose')
  const collections = (await mongoose.connection.db?.collections()) ?? []
  const rows = await Promise.all(collections.map((collection) => collection.find().toArray()))
  return JSON.stringify(rows)
}

test('closing forfeits the points, ends every session, and the ledger still adds up', async () => {
  const { id, openid, token } = await api.make.member({ points: 480 })
  const second = (await signIn(openid)).token
  expect(await readClosing(token)).toEqual({ obstacles: [], availablePoints: 480 })
  expect(success(await close(token))).toEqual({ forfeitedPoints: 480 })
  for (const ended of [token, second])
    refusal(await api.send('GET', '/api/member/me', { token: ended }), 401, 'auth.unauthenticated')
  const { member } = await api.make.admin('GET', `/api/admin/members/${id}`)
  expect(member).toMatchObject({ nick: '已注销', points: { available: 0, frozen: 0, debt: 0 } })
  expect(member.closedAt).not.toBeNull()
  await api.make.expectCleanLedger()
})

test('nothing that names the person is left', async () => {
  const { id, openid, token } = await api.make.member()
  const [nick, street, wish] = ['独一无二的昵称', '独一无二路 7 号', '独一无二的理由']
  const send = async (path: string, body: object, status = 200) =>
    success(await api.send('POST', path, { token, body }), status)
  const { upload: photo } = (await upload(api.app.baseUrl, token, formOf(await picture()))).body
  await send('/api/member/me/profile', { nick, birthday: '1987-06-05', avatarUploadId: photo.id })
  const { address } = await send(
    '/api/member/addresses',
    { name: '独一无二', phone: '13700001111', region: ['上海市', '上海市', '静安区'], detail: street },
    201,
  )
  const gift = await api.make.gift({ handOver: 'delivery' })
  const { order } = success(
    await api.place(token, [{ giftId: gift.id, quantity: 1 }], { addressId: address.id }),
    201,
  )
  await api.make.admin('POST', `/api/admin/orders/${order.id}/ship`, {
    carrier: '顺丰',
    trackingNumber: 'SF1234',
  })
  await send(`/api/member/orders/${order.id}/confirm`, {})
  const { afterSale } = await send(
    '/api/member/after-sales',
    { orderId: order.id, kind: 'return', reason: wish },
    201,
  )
  await send(`/api/member/after-sales/${afterSale.id}/withdraw`, {})
  await api.app.deliverOutbox()
  success(await close(token))

  const { default: mongoose } = await import('mongoose')
  // Answers under idempotency keys live 7 days and then go by themselves.
  await mongoose.connection.db?.collection('idempotency_records').deleteMany({})
  const stored = await everything()
  for (const trace of [openid, nick, street, wish, '13700001111', '1987-06-05'])
    expect({ trace, isStored: stored.includes(trace) }).toEqual({ trace, isStored: false })
  expect(stored).toContain(id)
  refusal(await api.send('GET', `/api/avatars/${photo.id}`), 404, 'resource.not_found')
})

test.each([
  ['to_pick_up', {}],
  ['to_ship', { handOver: 'delivery' }],
  ['reviewing', { needsReview: true }],
])('an order in %s keeps the account open, and the reason says so', async (_, gift) => {
  const { member } = await api.make.order({ gift })
  const { obstacles } = await readClosing(member.token)
  expect(obstacles).toEqual([{ code: 'orders_under_way', message: expect.stringContaining('1 张订单') }])
  const error = refusal(await close(member.token), 409, 'member.cannot_close')
  expect(error.details.reasons).toEqual(obstacles)
  success(await api.send('GET', '/api/member/me', { token: member.token }))
})

test('a debt keeps it open until it is paid', async () => {
  const { id, token } = await api.make.member()
  const adjust = (body: object) => api.make.admin('POST', `/api/admin/members/${id}/points-adjustments`, body)
  await adjust({ change: 200, reason: '补给积分' })
  const gift = await api.make.gift({ pricePoints: 250, handOver: 'pickup' })
  const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  const { items } = success(await api.send('GET', '/api/member/points/entries', { token }))
  const earned = items.find(({ change }: Json) => change === 200)
  await adjust({ change: -200, reason: '收回积分', reversesEntryId: earned.id })
  const staff = await api.make.staff()
  const code = success(await api.send('GET', `/api/member/orders/${order.id}/code`, { token }))
  success(
    await api.send('POST', '/api/staff/redemptions', { token: staff.token, body: { code: code.digits } }),
  )
  expect((await readClosing(token)).obstacles).toEqual([
    { code: 'debt', message: expect.stringMatching(/还欠 \d+ 积分/) },
  ])
  refusal(await close(token), 409, 'member.cannot_close')
  await adjust({ change: 500, reason: '补上欠款' })
  success(await close(token))
  await api.make.expectCleanLedger()
})

test('who is blocked cannot leave and come back unblocked', async () => {
  const { id, token } = await api.make.member()
  await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason })
  refusal(await close(token), 409, 'member.cannot_close')
})

test('closing wants to be understood, and a key', async () => {
  const { token } = await api.make.member()
  for (const body of [{}, { isUnderstood: false }])
    refusal(await api.send('POST', '/api/member/me/close', { token, body }), 400, 'request.invalid')
  const withoutKey = await api.send('POST', '/api/member/me/close', {
    token,
    body: { isUnderstood: true },
    key: null,
  })
  refusal(withoutKey, 400, 'idempotency.key_required')
})

test('coming back is a new membership without a second gift of points', async () => {
  const { id, openid, token } = await api.make.member({ points: 300 })
  success(await close(token))
  const back = await signIn(openid)
  expect(back).toMatchObject({ isNew: true, giftedPoints: 0 })
  expect(back.member.id).not.toBe(id)
  expect(await api.available(back.token)).toBe(0)
  const entries = success(await api.send('GET', '/api/member/points/entries', { token: back.token }))
  expect(entries.items).toEqual([])
  success(await close(back.token))
  expect((await signIn(openid)).giftedPoints).toBe(0)
})

test('a gift of which there is one per person is not had twice by coming back', async () => {
  const gift = await api.make.gift({ perMemberLimit: 1, pricePoints: 10 })
  const { openid, token } = await api.make.member()
  const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  const staff = await api.make.staff()
  const code = success(await api.send('GET', `/api/member/orders/${order.id}/code`, { token }))
  success(
    await api.send('POST', '/api/staff/redemptions', { token: staff.token, body: { code: code.digits } }),
  )
  success(await close(token))
  const back = await signIn(openid)
  await api.make.admin('POST', `/api/admin/members/${back.member.id}/points-adjustments`, {
    change: 100,
    reason: '补给积分',
  })
  refusal(await api.place(back.token, [{ giftId: gift.id, quantity: 1 }]), 409, 'gift.limit_reached')
})

test('who comes back is not new to gifts for new members', async () => {
  const gift = await api.make.gift({ newMemberDays: 7, pricePoints: 0, minimumBalance: 0 })
  const { openid, token } = await api.make.member()
  await api.advance(30 * 86_400_000)
  const closedAfter = await api.signIn(openid)
  expect(closedAfter).not.toBe(token)
  success(await close(closedAfter))
  const back = await signIn(openid)
  refusal(await api.place(back.token, [{ giftId: gift.id, quantity: 1 }]), 409, 'gift.not_eligible')
})

test('nothing is posted to a closed account, by whomever', async () => {
  const { id, token } = await api.make.member()
  success(await close(token))
  const answer = await api.send('POST', `/api/admin/members/${id}/points-adjustments`, {
    token: await api.make.adminToken(),
    body: { change: 5, reason: '补给积分' },
  })
  refusal(answer, 409, 'member.closed')
})

test('what arrives while an account is being closed is erased by the sweep', async () => {
  const { id, token } = await api.make.member()
  success(await close(token))
  const late = {
    _id: randomUUID(),
    memberId: id,
    name: '迟到',
    phone: '13800138000',
    detail: '路',
    isDefault: true,
  }
  await AddressModel.insertMany([{ ...late, region: ['上海市', '上海市', '静安区'] }])
  const { services } = api.app.app
  const erasers = [async (memberId: string) => void (await AddressModel.deleteMany({ memberId }))]
  expect(await eraseAgain(services, { erasers })).toBeGreaterThan(0)
  expect(await AddressModel.countDocuments({ memberId: id })).toBe(0)
})

test('openid and unionid are kept as keyed hashes only', async () => {
  const { id, openid, token } = await api.make.member()
  success(await close(token))
  const kept = await ClosedIdentityModel.find({ memberId: id }).lean()
  expect(kept).toHaveLength(2)
  expect(JSON.stringify(kept)).not.toContain(openid)
  expect(await MemberKeyModel.countDocuments({ memberId: id, _id: /^openid:/ })).toBe(0)
  expect(await MemberModel.countDocuments({ openid })).toBe(0)
})
