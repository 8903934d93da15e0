import { bindPhone } from '#test/support/bind-phone'
import type { Json } from '#test/support/client'
import { formOf, picture, upload } from '#test/support/upload'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const readMe = async (token: string) => success(await api.send('GET', '/api/member/me', { token }))
const change = (token: string, body: object) => api.send('POST', '/api/member/me/profile', { token, body })

test('a member changes nick and wishes about messages; what is not said stays', async () => {
  const { token } = await api.make.member()
  success(await change(token, { nick: ' 阿满 ' }))
  success(await change(token, { mutedTopics: ['points'] }))
  const { member, profile } = await readMe(token)
  expect(member.nick).toBe('阿满')
  expect(profile).toEqual({ birthday: null, phoneMasked: null, consent: null, mutedTopics: ['points'] })
})

test.each([
  [{}],
  [{ nick: '' }],
  [{ nick: '长'.repeat(21) }],
  [{ nick: '看\u200b不见' }],
  [{ birthday: '2099-01-01' }],
  [{ birthday: '1899-12-31' }],
  [{ birthday: '1990-02-30' }],
  [{ tier: 'diamond' }],
  [{ mutedTopics: ['orders'] }],
])('%j is refused', async (body) => {
  const { token } = await api.make.member()
  refusal(await change(token, body), 400, 'request.invalid')
})

test.each(['违规的名字', '可疑的名字'])('the nick %s does not pass the check of texts', async (nick) => {
  const { token } = await api.make.member()
  refusal(await change(token, { nick }), 409, 'member.nick_refused')
})

test('a birthday is told once; support may change it', async () => {
  const { id, token } = await api.make.member()
  const answers = await Promise.all(
    ['1990-01-02', '1991-01-02', '1992-01-02'].map((birthday) => change(token, { birthday })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  const { birthday } = (await readMe(token)).profile
  success(await change(token, { birthday }))
  refusal(await change(token, { birthday: '1980-01-01' }), 409, 'member.birthday_set')
  await api.make.admin('PATCH', `/api/admin/members/${id}`, { birthday: '1980-01-01' })
  expect((await readMe(token)).profile.birthday).toBe('1980-01-01')
})

describe('avatar', () => {
  const newUpload = async (token: string) =>
    (await upload(api.app.baseUrl, token, formOf(await picture()))).body.upload.id

  test('is seen by everybody, and the one before it by nobody', async () => {
    const { token } = await api.make.member()
    const first = await newUpload(token)
    refusal(await api.send('GET', `/api/avatars/${first}`), 404, 'resource.not_found')
    success(await change(token, { avatarUploadId: first }))
    const { avatarUrl } = (await readMe(token)).member
    expect((await api.send('GET', avatarUrl)).headers.get('content-type')).toBe('image/jpeg')
    const second = await newUpload(token)
    success(await change(token, { avatarUploadId: second }))
    refusal(await api.send('GET', avatarUrl), 404, 'resource.not_found')
    success(await change(token, { avatarUploadId: null }))
    expect((await readMe(token)).member.avatarUrl).toBeNull()
    refusal(await api.send('GET', `/api/avatars/${second}`), 404, 'resource.not_found')
  })

  test("another's picture cannot be taken", async () => {
    const { token } = await api.make.member()
    const other = await newUpload((await api.make.member()).token)
    refusal(await change(token, { avatarUploadId: other }), 404, 'resource.not_found')
  })

  test('a picture of an after-sale is no avatar', async () => {
    const { token } = await api.make.member()
    refusal(await api.send('GET', `/api/avatars/${await newUpload(token)}`), 404, 'resource.not_found')
  })
})

describe('phone', () => {
  const bind = (token: string, phone: string) => bindPhone(api.send, token, phone)

  test('is shown masked and belongs to one account', async () => {
    const { id, token } = await api.make.member()
    const { profile } = success(await bind(token, '13912345678'))
    expect(profile.phoneMasked).toBe('139****5678')
    const { member } = await api.make.admin('GET', `/api/admin/members/${id}`)
    expect(member.isPhoneBound).toBe(true)
    success(await bind(token, '13912345678'))
    const other = await api.make.member()
    refusal(await bind(other.token, '13912345678'), 409, 'member.phone_taken')
    success(await bind(token, '13900000000'))
    success(await bind(other.token, '13912345678'))
  })
})

describe('consent', () => {
  const signIn = (openid: string, consentVersion?: string) =>
    api.send('POST', '/api/member/session', { body: { code: `demo-${openid}`, consentVersion } })

  test('taken back signs out everywhere, and the next sign-in must consent again', async () => {
    const { openid, token } = await api.make.member()
    const second = success(await signIn(openid, '2026-01')).token
    expect((await readMe(second)).profile.consent).toMatchObject({ version: '2026-01' })
    expect((await api.send('DELETE', '/api/member/me/consent', { token })).status).toBe(204)
    for (const ended of [token, second])
      refusal(await api.send('GET', '/api/member/me', { token: ended }), 401, 'auth.unauthenticated')
    refusal(await signIn(openid), 409, 'member.consent_required')
    const again = success(await signIn(openid, '2026-02'))
    expect((await readMe(again.token)).profile.consent).toMatchObject({ version: '2026-02' })
  })
})

test('who does not want reminders gets none, and is told of orders all the same', async () => {
  const { openid, token } = await api.make.member()
  success(await change(token, { mutedTopics: ['points'] }))
  const gift = await api.make.gift()
  success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  await api.advance(32 * dayMs)
  const { expirePoints } = await import('#bff/features/points/index')
  await expirePoints(api.app.app.services)
  await api.app.deliverOutbox()
  const later = await api.signIn(openid)
  const { items } = success(await api.send('GET', '/api/member/inbox', { token: later }))
  expect(items.map(({ title }: Json) => title)).toEqual(['兑换成功', '欢迎加入'])
})
