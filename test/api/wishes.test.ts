import { tellWishers } from '#bff/features/wishes/index'
import { limits } from '#shared/domain/limits'
import type { Json } from '#test/support/client'
import { inParallel } from '#test/support/crowd'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const wish = (token: string, giftId: string) =>
  api.send('POST', '/api/member/wishes', { token, body: { giftId } })
const unwish = (token: string, giftId: string) =>
  api.send('DELETE', `/api/member/wishes/${giftId}`, { token })
const list = async (token: string, query = ''): Promise<Json> =>
  success(await api.send('GET', `/api/member/wishes${query}`, { token }))
const tell = () => tellWishers(api.app.app.services)
const stock = (giftId: string, change: number) =>
  api.make.admin('POST', `/api/admin/gifts/${giftId}/stock-changes`, { change, reason: '盘点补货' })
/** Titles of what a member was told about wishes, newest first. */
const told = async (token: string): Promise<string[]> => {
  await api.app.deliverOutbox()
  const { items } = success(await api.send('GET', '/api/member/inbox?limit=100', { token }))
  return items.filter(({ giftId }: Json) => giftId !== null).map(({ title }: Json) => title)
}
const wisher = async (giftId: string) => {
  const member = await api.make.member()
  success(await wish(member.token, giftId))
  return member
}

test('a gift is put on the list once, shown as it stands, and taken off', async () => {
  const { token } = await api.make.member()
  const first = await api.make.gift({ name: '先想要的' })
  const second = await api.make.gift({ name: '后想要的', stock: 0 })
  for (const { id } of [first, first, second]) success(await wish(token, id))
  const { items } = await list(token)
  expect(items).toMatchObject([
    { gift: { id: second.id, name: '后想要的', isSoldOut: true }, state: 'sold_out', startsAt: null },
    { gift: { id: first.id }, state: 'open' },
  ])
  const isWished = async (id: string) =>
    success(await api.send('GET', `/api/member/wishes/${id}`, { token })).isWished
  expect(await isWished(first.id)).toBe(true)
  expect((await unwish(token, first.id)).status).toBe(204)
  expect(await isWished(first.id)).toBe(false)
  refusal(await unwish(token, first.id), 404, 'resource.not_found')
  refusal(await wish(token, 'unknown'), 404, 'resource.not_found')
})

test("another's list is another's", async () => {
  const gift = await api.make.gift()
  const owner = await wisher(gift.id)
  const other = await api.make.member()
  expect((await list(other.token)).items).toEqual([])
  refusal(await unwish(other.token, gift.id), 404, 'resource.not_found')
  expect((await list(owner.token)).items).toHaveLength(1)
})

test('it says what has not begun, and what is over', async () => {
  const { token } = await api.make.member()
  const now = api.app.app.services.clock.now().getTime()
  const startsAt = new Date(now + dayMs).toISOString()
  const later = await api.make.gift({ saleStartsAt: startsAt })
  const gone = await api.make.gift()
  for (const { id } of [later, gone]) success(await wish(token, id))
  await api.make.admin('PATCH', `/api/admin/gifts/${gone.id}`, { onSale: false })
  expect((await list(token)).items).toMatchObject([
    { state: 'ended', startsAt: null },
    { state: 'not_started', startsAt },
  ])
})

test('each return of stock is told once to each who wishes, and to nobody else', async () => {
  const gift = await api.make.gift({ stock: 0 })
  const members = [await wisher(gift.id), await wisher(gift.id)]
  const other = await api.make.member()
  await tell()
  expect(await told(members[0]?.token ?? '')).toEqual([])
  await stock(gift.id, 3)
  for (let run = 0; run < 3; run += 1) await tell()
  for (const { token } of members) expect(await told(token)).toEqual(['到货了'])
  expect(await told(other.token)).toEqual([])
  // More of what is there is no return.
  await stock(gift.id, 3)
  await tell()
  expect(await told(members[0]?.token ?? '')).toEqual(['到货了'])
  await stock(gift.id, -6)
  await tell()
  await stock(gift.id, 1)
  await tell()
  expect(await told(members[0]?.token ?? '')).toEqual(['到货了', '到货了'])
})

test('runs that meet tell once all the same', async () => {
  const gift = await api.make.gift({ stock: 0 })
  const members = await inParallel(Array.from({ length: 12 }), 4, () => wisher(gift.id))
  await stock(gift.id, 5)
  await Promise.all(Array.from({ length: 6 }, tell))
  await tell()
  for (const { token } of members) expect(await told(token)).toEqual(['到货了'])
})

test('who wishes for what is there is told of the next return only', async () => {
  const gift = await api.make.gift({ stock: 0 })
  await wisher(gift.id)
  await stock(gift.id, 1)
  const late = await wisher(gift.id)
  await tell()
  await tell()
  // The stock was back before the wish, though nobody had looked yet.
  expect((await told(late.token)).length).toBeLessThanOrEqual(1)
  const after = await wisher(gift.id)
  await tell()
  expect(await told(after.token)).toEqual([])
})

test('who took it off the list is not told', async () => {
  const gift = await api.make.gift({ stock: 0 })
  const { token } = await wisher(gift.id)
  success(await unwish(token, gift.id), 204)
  await stock(gift.id, 1)
  await tell()
  expect(await told(token)).toEqual([])
})

test('who does not want such messages gets none', async () => {
  const gift = await api.make.gift({ stock: 0 })
  const { token } = await wisher(gift.id)
  success(await api.send('POST', '/api/member/me/profile', { token, body: { mutedTopics: ['wishes'] } }))
  await stock(gift.id, 1)
  await tell()
  expect(await told(token)).toEqual([])
})

test('a sale that starts by the clock, and a timed price, are told of', async () => {
  const now = api.app.app.services.clock.now().getTime()
  const at = (days: number) => new Date(now + days * dayMs).toISOString()
  const gift = await api.make.gift({
    saleStartsAt: at(1),
    pricePoints: 50,
    timedPrice: { points: 30, startsAt: at(3), endsAt: at(5) },
  })
  const { openid } = await wisher(gift.id)
  await tell()
  await api.advance(2 * dayMs)
  await tell()
  await api.advance(2 * dayMs)
  await tell()
  await tell()
  const token = await api.signIn(openid)
  expect(await told(token)).toEqual(['限时价开始了', '开始兑换了'])
})

test('a list holds at most 100, whatever is sent at once', async () => {
  const { token } = await api.make.member()
  const gifts = await inParallel(Array.from({ length: limits.wishesPerMember + 5 }), 8, () => api.make.gift())
  const answers = await inParallel(gifts, 8, ({ id }) => wish(token, id))
  const added = answers.filter(({ status }) => status === 200)
  const refused = answers.filter(({ body }) => body?.error?.code === 'wish.limit_reached')
  expect({ added: added.length, refused: refused.length }).toEqual({ added: 100, refused: 5 })
  expect((await list(token, '?limit=100')).items).toHaveLength(100)
})
