import { randomUUID } from 'node:crypto'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const owner = { username: 'owner', password: 'jili-test-owner' }

describe('member', () => {
  test('the first sign-in registers and gives 100 points, the next one neither', async () => {
    const body = { code: `demo-${randomUUID()}` }
    const first = success(await api.send('POST', '/api/member/session', { body }))
    const second = success(await api.send('POST', '/api/member/session', { body }))
    expect([first.isNew, first.giftedPoints]).toEqual([true, 100])
    expect([second.isNew, second.giftedPoints]).toEqual([false, 0])
    expect(second.member).toEqual(first.member)
    expect(second.token).not.toBe(first.token)
    expect(await api.available(second.token)).toBe(100)
  })

  test('a code that WeChat does not know is refused', async () => {
    const body = { code: 'never-issued' }
    refusal(await api.send('POST', '/api/member/session', { body }), 401, 'auth.wechat_code_invalid')
  })

  test.each([{}, { code: '' }, { code: 7 }, { code: 'x'.repeat(129) }])('%j is no sign-in', async (body) => {
    const { details } = refusal(
      await api.send('POST', '/api/member/session', { body }),
      400,
      'request.invalid',
    )
    expect(details.issues[0].path).toBe('body.code')
  })

  test('signing out ends this session at once and no other', async () => {
    const { openid, token } = await api.make.member()
    const other = await api.signIn(openid)
    success(await api.send('GET', '/api/member/me', { token }))
    success(await api.send('DELETE', '/api/member/session', { token }), 204)
    refusal(await api.send('GET', '/api/member/me', { token }), 401, 'auth.unauthenticated')
    success(await api.send('GET', '/api/member/me', { token: other }))
  })
})

describe('staff', () => {
  test('a WeChat that no admin bound is refused', async () => {
    const body = { code: `demo-${randomUUID()}` }
    refusal(await api.send('POST', '/api/staff/session', { body }), 403, 'auth.staff_not_bound')
  })

  test('a code that WeChat does not know is refused', async () => {
    const body = { code: 'never-issued' }
    refusal(await api.send('POST', '/api/staff/session', { body }), 401, 'auth.wechat_code_invalid')
  })

  test('bound staff see themselves and their store, and signing out ends it', async () => {
    const { id, token, storeId } = await api.make.staff({ name: '小林' })
    const me = success(await api.send('GET', '/api/staff/me', { token }))
    expect(me).toMatchObject({ staff: { id, name: '小林', store: { id: storeId } }, handedOverToday: 0 })
    success(await api.send('DELETE', '/api/staff/session', { token }), 204)
    refusal(await api.send('GET', '/api/staff/me', { token }), 401, 'auth.unauthenticated')
  })

  test('switched-off staff are out at once, cannot come back, and can once they are switched on', async () => {
    const { id, token, openid } = await api.make.staff()
    const signIn = () => api.send('POST', '/api/staff/session', { body: { code: `demo-${openid}` } })
    success(await api.send('GET', '/api/staff/me', { token }))
    await api.make.admin('PATCH', `/api/admin/staff/${id}`, { isActive: false })
    refusal(await api.send('GET', '/api/staff/me', { token }), 401, 'auth.unauthenticated')
    refusal(await signIn(), 403, 'auth.staff_not_bound')
    await api.make.admin('PATCH', `/api/admin/staff/${id}`, { isActive: true })
    success(await signIn())
  })
})

describe('admin', () => {
  const signIn = (body: object) => api.send('POST', '/api/admin/session', { body })

  test('the right password opens a session that signing out ends', async () => {
    const { token, admin } = success(await signIn(owner))
    expect(admin).toMatchObject({ username: 'owner', role: 'owner' })
    success(await api.send('GET', '/api/admin/stores', { token }))
    success(await api.send('DELETE', '/api/admin/session', { token }), 204)
    refusal(await api.send('GET', '/api/admin/stores', { token }), 401, 'auth.unauthenticated')
  })

  test('a wrong password and an unknown name are refused alike', async () => {
    const wrong = refusal(await signIn({ ...owner, password: 'wrong' }), 401, 'auth.wrong_password')
    const unknown = refusal(await signIn({ ...owner, username: 'nobody' }), 401, 'auth.wrong_password')
    expect(unknown.message).toBe(wrong.message)
  })

  test('an operator object in place of a name is refused before any look-up', async () => {
    refusal(await signIn({ username: { $gt: '' }, password: 'x' }), 400, 'request.invalid')
  })
})

test('a token of one kind opens no route of another', async () => {
  const member = await api.make.member()
  const staff = await api.make.staff()
  const admin = await api.make.adminToken()
  const read = (path: string, token: string) => api.send('GET', path, { token })
  for (const token of [staff.token, admin]) {
    refusal(await read('/api/member/me', token), 403, 'auth.forbidden')
    refusal(await read('/api/member/gifts', token), 403, 'auth.forbidden')
  }
  for (const token of [member.token, admin])
    refusal(await read('/api/staff/me', token), 403, 'auth.forbidden')
  for (const token of [member.token, staff.token])
    refusal(await read('/api/admin/stores', token), 403, 'auth.forbidden')
})

test.each([
  'Bearer',
  'Bearer short',
  'Basic b3duZXI6',
  `Bearer ${'x'.repeat(43)}`,
  `Bearer ${'x'.repeat(5_000)}`,
])('the header %s signs nobody in', async (authorization) => {
  const answer = await api.send('GET', '/api/member/me', { headers: { authorization } })
  refusal(answer, 401, 'auth.unauthenticated')
})

test('a session ends by itself: admins after 12 hours, staff after 14 days, members after 30', async () => {
  const member = await api.make.member()
  const staff = await api.make.staff()
  const admin = await api.make.adminToken()
  await api.advance(dayMs / 2)
  refusal(await api.send('GET', '/api/admin/stores', { token: admin }), 401, 'auth.unauthenticated')
  success(await api.send('GET', '/api/staff/me', { token: staff.token }))
  await api.advance(13.5 * dayMs)
  refusal(await api.send('GET', '/api/staff/me', { token: staff.token }), 401, 'auth.unauthenticated')
  success(await api.send('GET', '/api/member/me', { token: member.token }))
  await api.advance(16 * dayMs)
  refusal(await api.send('GET', '/api/member/me', { token: member.token }), 401, 'auth.unauthenticated')
})
