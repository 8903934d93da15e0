import { randomUUID } from 'node:crypto'
import type { AdminRole } from '#shared/domain/enums'
import type { Json } from '#test/support/client'
import { tally, untilTyped } from '#test/support/crowd'
import { refusal, startApi, success } from './setting'

// No Redis at all: nothing of this may rest on it.
const api = startApi({ REDIS_URL: 'redis://127.0.0.1:1', REDIS_LOCKS: 'on' })
const password = 'long-enough-password'

const newAdmin = async (role: AdminRole = 'support') => {
  const username = `a${randomUUID().slice(0, 12)}`
  const body = { username, password, name: '小顾', role }
  const { admin } = await api.make.admin('POST', '/api/admin/admins', body)
  return { id: admin.id as string, username }
}
const signIn = (username: string, typed = password, headers: Record<string, string> = {}) =>
  api.send('POST', '/api/admin/session', { body: { username, password: typed }, headers })
const signedIn = async (username: string): Promise<string> => success(await signIn(username)).token
const change = async (id: string, body: object, token?: string) =>
  api.send('PATCH', `/api/admin/admins/${id}`, { token: token ?? (await api.make.adminToken()), body })
const mySessions = (token: string) => api.send('GET', '/api/admin/me/sessions', { token })
const audited = async (id: string): Promise<Json[]> =>
  (await api.make.admin('GET', `/api/admin/audit-entries?targetId=${id}`)).items

test('the owner lists every admin, page by page, with when they last signed in', async () => {
  const { id, username } = await newAdmin()
  await newAdmin()
  await signedIn(username)
  const all: Json[] = []
  let cursor = ''
  while (cursor !== null) {
    const page: Json = await api.make.admin(
      'GET',
      `/api/admin/admins?limit=1${cursor && `&cursor=${cursor}`}`,
    )
    all.push(...page.items)
    cursor = page.nextCursor
  }
  expect(new Set(all.map((admin) => admin.id)).size).toBe(all.length)
  expect(all.find((admin) => admin.id === id)).toEqual({
    id,
    username,
    name: '小顾',
    role: 'support',
    isActive: true,
    lastSignedInAt: expect.any(String),
  })
  expect(all.filter(({ lastSignedInAt }) => lastSignedInAt === null)).toHaveLength(1)
  expect(JSON.stringify(all)).not.toContain('argon2')
})

test('who is stopped is out at once, is told so with the right password only, and comes back with a new session', async () => {
  const { id, username } = await newAdmin()
  const token = await signedIn(username)
  success(await mySessions(token))
  expect(success(await change(id, { isActive: false })).admin.isActive).toBe(false)
  refusal(await mySessions(token), 401, 'auth.unauthenticated')
  refusal(await signIn(username), 403, 'auth.admin_stopped')
  refusal(await signIn(username, 'wrong'), 401, 'auth.wrong_password')
  expect(success(await change(id, { isActive: true })).admin.isActive).toBe(true)
  refusal(await mySessions(token), 401, 'auth.unauthenticated')
  success(await mySessions(await signedIn(username)))
})

test('another role holds with the next request of a session that is open', async () => {
  const { id, username } = await newAdmin('support')
  const token = await signedIn(username)
  const readSettings = () => api.send('GET', '/api/admin/settings', { token })
  refusal(await readSettings(), 403, 'auth.forbidden')
  success(await change(id, { role: 'finance', name: '小顾（财务）' }))
  success(await readSettings())
  success(await change(id, { role: 'support' }))
  refusal(await readSettings(), 403, 'auth.forbidden')
})

test('what the owner changes is in the audit trail, and no password is', async () => {
  const { id, username } = await newAdmin()
  const token = await signedIn(username)
  await change(id, { role: 'finance' })
  await change(id, { isActive: false })
  await change(id, { isActive: true })
  const secret = 'a-password-to-look-for'
  await api.make.admin('POST', `/api/admin/admins/${id}/password`, { password: secret })
  const reborn = success(await signIn(username, secret)).token
  const own = await api.send('POST', '/api/admin/me/password', {
    token: reborn,
    body: { oldPassword: secret, password: `${secret}-again` },
  })
  success(own, 204)
  const entries = await audited(id)
  expect(entries).toMatchObject([
    { operation: 'admin.me.change-password', adminName: '小顾', after: { isPasswordChanged: true } },
    { operation: 'admin.admins.reset-password', adminName: '所有者', after: { isPasswordChanged: true } },
    { operation: 'admin.admins.update', before: { isActive: false }, after: { isActive: true } },
    { operation: 'admin.admins.update', before: { isActive: true }, after: { isActive: false } },
    { operation: 'admin.admins.update', before: { role: 'support' }, after: { role: 'finance' } },
    { operation: 'admin.admins.create' },
  ])
  expect(JSON.stringify(entries)).not.toMatch(/to-look-for|argon2/)
  refusal(await mySessions(token), 401, 'auth.unauthenticated')
})

describe('passwords', () => {
  const reset = async (id: string, body: object) =>
    api.send('POST', `/api/admin/admins/${id}/password`, { token: await api.make.adminToken(), body })
  const changeOwn = (token: string, oldPassword: string, newPassword: string) =>
    api.send('POST', '/api/admin/me/password', { token, body: { oldPassword, password: newPassword } })

  test('the owner gives another admin a new one: the old one and every session end', async () => {
    const { id, username } = await newAdmin()
    const token = await signedIn(username)
    success(await reset(id, { password: 'brand-new-password' }), 204)
    refusal(await mySessions(token), 401, 'auth.unauthenticated')
    refusal(await signIn(username), 401, 'auth.wrong_password')
    success(await signIn(username, 'brand-new-password'))
  })

  test('one changes one’s own with the old one: other sessions end, this one goes on', async () => {
    const { username } = await newAdmin()
    const [here, there] = [await signedIn(username), await signedIn(username)]
    refusal(await changeOwn(here, 'wrong', 'brand-new-password'), 409, 'admin.old_password_wrong')
    success(await mySessions(there))
    success(await changeOwn(here, password, 'brand-new-password'), 204)
    success(await mySessions(here))
    refusal(await mySessions(there), 401, 'auth.unauthenticated')
    refusal(await signIn(username), 401, 'auth.wrong_password')
    success(await signIn(username, 'brand-new-password'))
  })

  test('a sign-in that races a new password leaves no session of the old one', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id, username } = await newAdmin()
      const [, ...answers] = await Promise.all([
        reset(id, { password: 'brand-new-password' }),
        ...Array.from({ length: 8 }, () => untilTyped(() => signIn(username))),
      ])
      for (const { body } of answers.filter(({ status }) => status === 200))
        refusal(await mySessions(body.token), 401, 'auth.unauthenticated')
    }
  })

  test('of ten changes at once with one old password one holds', async () => {
    const { username } = await newAdmin()
    const token = await signedIn(username)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        untilTyped(() => changeOwn(token, password, `new-password-${index}`)),
      ),
    )
    expect(tally(answers)).toEqual({ '204': 1, 'admin.old_password_wrong': 9 })
    const winner = answers.findIndex(({ status }) => status === 204)
    success(await signIn(username, `new-password-${winner}`))
  })

  test('the owner changes their own with the old one only; short ones and unknown admins are refused', async () => {
    const me = (await api.make.admin('GET', '/api/admin/admins')).items.find(
      ({ username }: Json) => username === 'owner',
    )
    const { message } = refusal(
      await reset(me.id, { password: 'brand-new-password' }),
      400,
      'request.invalid',
    )
    expect(message).toContain('旧密码')
    const { id } = await newAdmin()
    for (const wrong of [{ password: 'short' }, { password: 'x'.repeat(201) }, {}])
      refusal(await reset(id, wrong), 400, 'request.invalid')
    refusal(await reset('unknown', { password: 'brand-new-password' }), 404, 'resource.not_found')
  })
})

describe('sessions', () => {
  test('one sees one’s own, tells them apart, and ends another one at once', async () => {
    const { username } = await newAdmin()
    const phone = success(await signIn(username, password, { 'user-agent': 'phone' })).token
    const desk = success(await signIn(username, password, { 'user-agent': 'desk' })).token
    const { items } = success(await mySessions(desk))
    expect(items).toMatchObject([
      { userAgent: 'desk', isCurrent: true },
      { userAgent: 'phone', isCurrent: false },
    ])
    const end = (id: string) => api.send('DELETE', `/api/admin/me/sessions/${id}`, { token: desk })
    success(await end(items[1].id), 204)
    refusal(await mySessions(phone), 401, 'auth.unauthenticated')
    refusal(await end(items[1].id), 404, 'resource.not_found')
    expect(success(await mySessions(desk)).items).toHaveLength(1)
  })

  test('the owner sees and ends anybody’s; nobody else ends another’s', async () => {
    const [one, other] = [await newAdmin(), await newAdmin()]
    const token = await signedIn(one.username)
    const { items } = await api.make.admin('GET', `/api/admin/admins/${one.id}/sessions`)
    expect(items).toMatchObject([{ isCurrent: false }])
    const stranger = await signedIn(other.username)
    const steal = await api.send('DELETE', `/api/admin/me/sessions/${items[0].id}`, { token: stranger })
    refusal(steal, 404, 'resource.not_found')
    success(await mySessions(token))
    await api.make.admin('DELETE', `/api/admin/admins/${one.id}/sessions/${items[0].id}`)
    refusal(await mySessions(token), 401, 'auth.unauthenticated')
    expect(await audited(one.id)).toMatchObject([
      { operation: 'admin.admins.end-session', before: { sessionId: items[0].id } },
      { operation: 'admin.admins.create' },
    ])
    const owner = await api.make.adminToken()
    const unknown = await api.send('GET', '/api/admin/admins/unknown/sessions', { token: owner })
    refusal(unknown, 404, 'resource.not_found')
  })
})

describe('the last owner', () => {
  const owners = async (): Promise<Json[]> =>
    (await api.make.admin('GET', '/api/admin/admins?limit=100')).items.filter(
      ({ role, isActive }: Json) => role === 'owner' && isActive,
    )

  test('is neither stopped nor given another role; with a second one they may go', async () => {
    const [first] = await owners()
    refusal(await change(first.id, { isActive: false }), 409, 'admin.last_owner')
    refusal(await change(first.id, { role: 'finance' }), 409, 'admin.last_owner')
    success(await change(first.id, { name: '老板', role: 'owner', isActive: true }))
    const second = await newAdmin('owner')
    await change(second.id, { isActive: false })
    refusal(await change(first.id, { isActive: false }), 409, 'admin.last_owner')
    await change(second.id, { isActive: true })
    const token = await signedIn(second.username)
    success(await change(first.id, { role: 'finance' }, token))
    refusal(await change(second.id, { isActive: false }, token), 409, 'admin.last_owner')
    success(await change(first.id, { role: 'owner' }, token))
    success(await change(second.id, { role: 'support' }))
  })

  test('two owners who stop or demote each other at once: one stays, ten times over', async () => {
    const first = (await owners())[0]
    for (let round = 0; round < 10; round += 1) {
      const second = await newAdmin('owner')
      const secondToken = await signedIn(second.username)
      const firstToken = await api.make.adminToken()
      const away = round % 2 ? { isActive: false } : { role: 'support' }
      const [, answer] = await Promise.all([
        untilTyped(() => change(second.id, away, firstToken)),
        untilTyped(() => change(first.id, away, secondToken)),
      ])
      const isFirstGone = answer.status === 200
      if (isFirstGone) success(await change(first.id, { role: 'owner', isActive: true }, secondToken))
      if (isFirstGone) api.make = (await import('#test/support/factories')).createFactories(api.send)
      const left = await owners()
      expect(left.map(({ id }) => id)).toEqual(isFirstGone ? [first.id, second.id] : [first.id])
      if (isFirstGone) success(await change(second.id, { isActive: false }))
    }
  })
})

test.each([{ role: 'god' }, { name: '' }, { isActive: 'no' }, { name: '长'.repeat(21) }])(
  'a change to %j is refused',
  async (wrong) => {
    refusal(await change((await newAdmin()).id, wrong), 400, 'request.invalid')
  },
)

test('an unknown admin is not found', async () => {
  refusal(await change('unknown', { isActive: false }), 404, 'resource.not_found')
})
