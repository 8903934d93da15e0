import { randomUUID } from 'node:crypto'
import { settleInvitation } from '#bff/features/invitations/commands/settle-invitation'
import { inParallel } from '#test/support/crowd'
import { openTill } from './purchases.setting'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const settings = (change: object) => api.make.admin('PATCH', '/api/admin/settings', change)
afterEach(() =>
  settings({
    ...{ inviteAct: 'check_in', inviteMonthLimit: 20, inviteNetworkLimit: 5 },
    ...{ inviterPoints: 50, inviteePoints: 20 },
  }),
)

interface Person {
  id: string
  token: string
  inviteCode: string
}

async function join(more: object = {}): Promise<Person> {
  const body = { code: `demo-${randomUUID()}`, ...more }
  const { member, token } = success(await api.send('POST', '/api/member/session', { body }))
  await api.app.deliverOutbox()
  return { id: member.id, token, inviteCode: member.inviteCode }
}
async function checkIn({ token }: Person): Promise<void> {
  success(await api.send('POST', '/api/member/check-ins', { token }))
  await api.app.deliverOutbox()
}
const available = ({ token }: Person) => api.available(token)
const invitations = async ({ token }: Person) =>
  success(await api.send('GET', '/api/member/invitations', { token }))

test('both sides are rewarded once, when the invited one checks in', async () => {
  const inviter = await join()
  const invited = await join({ inviteCode: inviter.inviteCode })
  expect(await invitations(inviter)).toMatchObject({
    inviteCode: inviter.inviteCode,
    ...{ act: 'check_in', inviterPoints: 50, inviteePoints: 20, rewardedThisMonth: 0 },
    items: [{ state: 'joined', points: 0, reason: null }],
  })
  expect(await available(inviter)).toBe(100)
  await checkIn(invited)
  expect([await available(inviter), await available(invited)]).toEqual([150, 100 + 5 + 20])
  expect(await invitations(inviter)).toMatchObject({
    rewardedThisMonth: 1,
    items: [{ state: 'rewarded', points: 50 }],
  })
  await api.app.deliverOutbox()
  const inbox = success(await api.send('GET', '/api/member/inbox', { token: inviter.token }))
  expect(inbox.items[0]).toMatchObject({ title: '邀请成功', body: '你邀请的朋友来了，50 积分已到账' })
  await api.make.expectCleanLedger()
})

test('more friends of one network than are believable reward their inviter no more; they get theirs', async () => {
  await settings({ inviteNetworkLimit: 2 })
  const inviter = await join()
  const invited = await Promise.all(Array.from({ length: 6 }, () => join({ inviteCode: inviter.inviteCode })))
  const { services } = api.app.app
  await inParallel(invited, 6, ({ id }) => settleInvitation(services, id, 'check_in'))
  expect(await available(inviter)).toBe(200)
  for (const one of invited) expect(await available(one)).toBe(120)
  const rows = await api.make.admin('GET', `/api/admin/invitations?inviterId=${inviter.id}`)
  expect(rows.items).toHaveLength(6)
  expect(new Set(rows.items.map(({ network }: { network: string }) => network)).size).toBe(1)
  expect(rows.items[0].network).toMatch(/^\S{8}$/)
  const reasons = rows.items.filter(({ reason }: { reason: string | null }) => reason !== null)
  expect(reasons).toHaveLength(4)
  expect(reasons[0]).toMatchObject({
    ...{ state: 'rewarded', reason: '同一个网络来的好友太多了', inviterPoints: 0, inviteePoints: 20 },
    inviterId: inviter.id,
  })
  await api.advance(31 * dayMs)
  const late = await join({ inviteCode: inviter.inviteCode })
  await settleInvitation(services, late.id, 'check_in')
  const [newest] = (await api.make.admin('GET', `/api/admin/invitations?inviterId=${inviter.id}`)).items
  expect(newest).toMatchObject({ inviteeId: late.id, reason: null, inviterPoints: 50 })
})

test('a code typed in small letters is the same code; an unknown one is none, and harms nobody', async () => {
  const inviter = await join()
  const invited = await join({ inviteCode: ` ${inviter.inviteCode.toLowerCase()} ` })
  await checkIn(invited)
  expect(await available(inviter)).toBe(150)
  const stray = await join({ inviteCode: 'NOBODY99' })
  await checkIn(stray)
  expect(await available(stray)).toBe(105)
})

test.each([
  ['register', 150],
  ['purchase', 100],
])('when the act asked for is %s, the inviter has %i after sign-in', async (inviteAct, after) => {
  await settings({ inviteAct })
  const inviter = await join()
  const invited = await join({ inviteCode: inviter.inviteCode })
  expect(await available(inviter)).toBe(after)
  await checkIn(invited)
  expect(await available(inviter)).toBe(after)
  const till = await openTill(api)
  await till.buy(invited.id, 1_000)
  await api.app.deliverOutbox()
  expect(await available(inviter)).toBe(150)
})

test('twenty settlements at once reward once', async () => {
  const inviter = await join()
  const invited = await join({ inviteCode: inviter.inviteCode })
  const { services } = api.app.app
  await inParallel(Array.from({ length: 20 }), 20, () => settleInvitation(services, invited.id, 'check_in'))
  expect([await available(inviter), await available(invited)]).toEqual([150, 120])
})

test('many who come at once pass no limit of the month; they are rewarded all the same', async () => {
  await settings({ inviteMonthLimit: 3, inviteNetworkLimit: 0 })
  const inviter = await join()
  const invited = await Promise.all(Array.from({ length: 8 }, () => join({ inviteCode: inviter.inviteCode })))
  const { services } = api.app.app
  await inParallel(invited, 8, ({ id }) => settleInvitation(services, id, 'check_in'))
  expect(await available(inviter)).toBe(100 + 3 * 50)
  for (const one of invited) expect(await available(one)).toBe(120)
  const { items, rewardedThisMonth } = await invitations(inviter)
  expect(rewardedThisMonth).toBe(3)
  const reasons = items.filter(({ points }: { points: number }) => points === 0)
  expect(reasons).toHaveLength(5)
  expect(reasons[0].reason).toBe('这个月的 3 次奖励用完了')
})

describe('no invitation comes of', () => {
  const deviceId = () => `device-${randomUUID()}`
  const outcome = async (inviter: Person, invited: Person) => {
    await checkIn(invited)
    const [first] = (await invitations(inviter)).items
    return { inviter: await available(inviter), state: first.state, reason: first.reason }
  }

  test('the inviter under another name on his own phone', async () => {
    const phone = deviceId()
    const inviter = await join({ deviceId: phone })
    const self = await join({ inviteCode: inviter.inviteCode, deviceId: phone })
    expect(await outcome(inviter, self)).toEqual({
      ...{ inviter: 100, state: 'void', reason: '和你用的是同一台手机' },
    })
    expect(await available(self)).toBe(105)
  })

  test('a second account on a phone that accepted one already', async () => {
    const phone = deviceId()
    const inviter = await join()
    await checkIn(await join({ inviteCode: inviter.inviteCode, deviceId: phone }))
    const second = await join({ inviteCode: inviter.inviteCode, deviceId: phone })
    expect(await outcome(inviter, second)).toEqual({
      ...{ inviter: 150, state: 'void', reason: '这台手机已经接受过邀请' },
    })
  })

  test('a second account on a phone that somebody else invited', async () => {
    const phone = deviceId()
    const [first, other] = [await join(), await join()]
    await checkIn(await join({ inviteCode: first.inviteCode, deviceId: phone }))
    const second = await join({ inviteCode: other.inviteCode, deviceId: phone })
    expect(await outcome(other, second)).toMatchObject({ inviter: 100, state: 'void' })
  })

  test('two accounts of one phone at once but for one of them', async () => {
    const phone = deviceId()
    const inviter = await join()
    const sign = () =>
      api.send('POST', '/api/member/session', {
        body: { code: `demo-${randomUUID()}`, inviteCode: inviter.inviteCode, deviceId: phone },
      })
    const both = (await Promise.all([sign(), sign()])).map((answer) => success(answer).member.id as string)
    const { services } = api.app.app
    await Promise.all(both.map((id) => settleInvitation(services, id, 'check_in')))
    expect(await available(inviter)).toBe(150)
    const states = (await invitations(inviter)).items.map(({ state }: { state: string }) => state)
    expect(states.sort()).toEqual(['rewarded', 'void'])
  })

  test('who was a member before', async () => {
    const inviter = await join()
    const code = `demo-${randomUUID()}`
    const sign = async (more: object) =>
      success(await api.send('POST', '/api/member/session', { body: { code, ...more } }))
    const { token } = await sign({})
    success(await api.send('POST', '/api/member/me/close', { token, body: { isUnderstood: true } }))
    const again = await sign({ inviteCode: inviter.inviteCode })
    await api.app.deliverOutbox()
    const back = { id: again.member.id, token: again.token, inviteCode: '' }
    expect(await outcome(inviter, back)).toMatchObject({ inviter: 100, reason: '对方以前就是会员' })
  })

  test('a code sent along by who is a member already', async () => {
    const inviter = await join()
    const code = `demo-${randomUUID()}`
    const sign = (more: object) => api.send('POST', '/api/member/session', { body: { code, ...more } })
    success(await sign({}))
    const { token } = success(await sign({ inviteCode: inviter.inviteCode }))
    await checkIn({ id: '', token, inviteCode: '' })
    expect(await invitations(inviter)).toMatchObject({ items: [] })
  })
})

test('a blocked inviter earns nothing, a blocked invited one settles once he is free', async () => {
  const [inviter, other] = [await join(), await join()]
  const invited = await join({ inviteCode: inviter.inviteCode })
  const late = await join({ inviteCode: other.inviteCode })
  const block = (id: string, verb: string) =>
    api.make.admin('POST', `/api/admin/members/${id}/${verb}`, { reason: '查一查' })
  await block(inviter.id, 'block')
  await checkIn(invited)
  await block(inviter.id, 'unblock')
  expect([await available(inviter), await available(invited)]).toEqual([100, 125])

  const { services } = api.app.app
  await block(late.id, 'block')
  await settleInvitation(services, late.id, 'check_in')
  expect(await available(other)).toBe(100)
  await block(late.id, 'unblock')
  await checkIn(late)
  expect(await available(other)).toBe(150)
})

test('the mini-program code is a picture for members only', async () => {
  const { token } = await join()
  const path = '/api/member/invitations/mini-program-code'
  const response = await fetch(api.app.baseUrl + path, { headers: { authorization: `Bearer ${token}` } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^image\/(png|jpeg)/)
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100)
  refusal(await api.send('GET', path), 401, 'auth.unauthenticated')
})

test('invitations go by pages', async () => {
  const inviter = await join()
  for (const _ of [1, 2, 3]) await join({ inviteCode: inviter.inviteCode })
  const page = async (query: string) =>
    success(await api.send('GET', `/api/member/invitations?limit=2${query}`, { token: inviter.token }))
  const first = await page('')
  expect(first.items).toHaveLength(2)
  const second = await page(`&cursor=${first.nextCursor}`)
  expect(second).toMatchObject({ nextCursor: null })
  expect(second.items).toHaveLength(1)
})
