import type { Json } from '#test/support/client'
import { refusal, startApi, success } from './setting'

const api = startApi()
const reason = '刷分嫌疑'

test('me shows profile, points and unread messages', async () => {
  const { order, member } = await api.make.order({ points: 300 })
  await api.app.deliverOutbox()
  const me = success(await api.send('GET', '/api/member/me', { token: member.token }))
  expect(me).toMatchObject({
    member: { id: member.id, tier: 'regular', isBlocked: false },
    points: { available: 250, frozen: order.totalPoints, debt: 0 },
    unreadMessages: 3,
  })
  expect(JSON.stringify(me)).not.toContain(member.openid)
})

test('members are found by id and by the beginning of the nick', async () => {
  const { id, token } = await api.make.member()
  const { nick } = success(await api.send('GET', '/api/member/me', { token })).member
  for (const q of [id, nick]) {
    const { items } = await api.make.admin('GET', `/api/admin/members?q=${encodeURIComponent(q)}`)
    expect(items).toMatchObject([{ id, nick, blockedReason: null, points: { available: 100 } }])
  }
  const { items } = await api.make.admin('GET', `/api/admin/members?q=${encodeURIComponent('.*')}`)
  expect(items).toEqual([])
})

test('the list pages through all members without repeats', async () => {
  const made = [await api.make.member(), await api.make.member(), await api.make.member()]
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Json = await api.make.admin(
      'GET',
      `/api/admin/members?limit=2${cursor && `&cursor=${cursor}`}`,
    )
    seen.push(...page.items.map(({ id }: Json) => id))
    cursor = page.nextCursor
  }
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen).toEqual(expect.arrayContaining(made.map(({ id }) => id)))
})

test('a blocked member neither earns nor spends but may still look and give up an order', async () => {
  const { order, member } = await api.make.order()
  const { id, token } = member
  const gift = await api.make.gift()
  const blocked = await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason })
  expect(blocked.member).toMatchObject({ id, isBlocked: true, blockedReason: reason })
  refusal(await api.send('POST', '/api/member/check-ins', { token }), 409, 'member.blocked')
  refusal(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 409, 'member.blocked')
  for (const path of ['me', 'points', 'points/entries', 'orders', `orders/${order.id}`, 'inbox', 'check-ins'])
    success(await api.send('GET', `/api/member/${path}`, { token }))
  const { eligibility } = success(await api.send('GET', `/api/member/gifts/${gift.id}`, { token })).gift
  expect(eligibility.canRedeem).toBe(false)
  expect(eligibility.obstacles.map(({ code }: Json) => code)).toContain('member.blocked')
  success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))

  const freed = await api.make.admin('POST', `/api/admin/members/${id}/unblock`, { reason: '查清楚了' })
  expect(freed.member).toMatchObject({ isBlocked: false, blockedReason: null })
  success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
})

test('blocking needs a reason and a member', async () => {
  const { id } = await api.make.member()
  const token = await api.make.adminToken()
  for (const verb of ['block', 'unblock']) {
    const send = (memberId: string, body: object) =>
      api.send('POST', `/api/admin/members/${memberId}/${verb}`, { token, body })
    refusal(await send(id, {}), 400, 'request.invalid')
    refusal(await send(id, { reason: ' 短 ' }), 400, 'request.invalid')
    refusal(await send('nobody', { reason }), 404, 'resource.not_found')
  }
})

test('an unknown member is not found', async () => {
  const token = await api.make.adminToken()
  refusal(await api.send('GET', '/api/admin/members/nobody', { token }), 404, 'resource.not_found')
})
