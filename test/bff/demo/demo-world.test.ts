import { readEnv } from '#bff/env'
import { sweepTiers } from '#bff/features/tiers/index'
import { createDemoMessagesRoute } from '#bff/local/demo/messages'
import { seedWorld } from '#bff/local/demo/seed/seed-world'
import { demoSignInsRoute } from '#bff/local/demo/sign-ins'
import { type SmsStandIn, startSmsStandIn } from '#bff/local/sms/stand-in'
import { standInAccountSettings } from '#bff/local/wechat/state'
import { startTestApp, type TestApp } from '#test/support/app'
import type { Json } from '#test/support/client'
import { testSettings } from '#test/support/environment'
import { createFactories, type Factories } from '#test/support/factories'

let app: TestApp
let make: Factories
let xiaoman: string
let sms: SmsStandIn

beforeAll(async () => {
  sms = await startSmsStandIn()
  const settings = testSettings({ ...sms.settings, ...standInAccountSettings })
  await seedWorld({ env: readEnv(settings), today: new Date() })
  app = await startTestApp(settings, [demoSignInsRoute, createDemoMessagesRoute(sms)])
  make = createFactories(app.send)
  const { body } = await app.send('POST', '/api/member/session', { body: { code: 'demo-xiaoman' } })
  xiaoman = body.token
}, 180_000)
afterAll(async () => {
  await app?.stop()
  await sms?.stop()
})

const list = async (path: string): Promise<Json[]> => {
  const items: Json[] = []
  let cursor: string | null = null
  do {
    const page: Json = await make.admin('GET', `${path}?limit=100${cursor ? `&cursor=${cursor}` : ''}`)
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor)
  return items
}

const asXiaoman = async (path: string): Promise<Json> =>
  (await app.send('GET', `/api/member/${path}`, { token: xiaoman })).body

test('the brand has 4 shops, 3 staff, 25 gifts in 8 categories and 20 members', async () => {
  const gifts = await list('/api/admin/gifts')
  expect(await list('/api/admin/stores')).toHaveLength(4)
  expect(await list('/api/admin/staff')).toHaveLength(3)
  expect(await list('/api/admin/members')).toHaveLength(20)
  expect(gifts).toHaveLength(25)
  expect(new Set(gifts.map(({ categoryId }) => categoryId)).size).toBe(8)
})

test('every tier is what its growth gives, and the first sweep lowers nobody', async () => {
  const tiersOf = async () => (await list('/api/admin/members')).map(({ id, tier }) => [id, tier])
  const before = await tiersOf()
  await sweepTiers(app.app.services)
  expect(await tiersOf()).toEqual(before)
  const standings = await Promise.all(
    before.map(([id]) => make.admin('GET', `/api/admin/members/${id}/tier`).then(({ tier }) => tier)),
  )
  expect(standings.filter(({ keptUntil, floor }) => keptUntil || floor)).toEqual([])
  expect((await asXiaoman('tier')).next).toMatchObject({ tier: 'platinum', missing: expect.any(Number) })
})

test('every gift is told in full, with three pictures and a thumbnail', async () => {
  for (const gift of await list('/api/admin/gifts')) {
    expect(gift).toMatchObject({
      summary: expect.any(String),
      description: expect.any(String),
      terms: expect.any(String),
      marketPriceFen: expect.any(Number),
      thumbnailUrl: expect.stringMatching(/^\/pictures\/.+-front@360\.webp$/),
    })
    expect(gift.pictureUrls).toHaveLength(3)
    expect(gift.pricePoints).toBeGreaterThanOrEqual(300)
    expect(gift.pricePoints).toBeLessThanOrEqual(12_000)
  }
})

test('one gift is sold out, some are scarce, and one ends tomorrow', async () => {
  const { items } = await asXiaoman('gifts?limit=100')
  expect(items.filter(({ isSoldOut }: Json) => isSoldOut)).toHaveLength(1)
  expect(items.filter(({ isScarce }: Json) => isScarce).length).toBeGreaterThanOrEqual(2)
  const flash = items.filter(({ saleEndsAt }: Json) => saleEndsAt !== null)
  expect(flash).toHaveLength(1)
  const hoursLeft = (Date.parse(flash[0].saleEndsAt) - Date.now()) / 3_600_000
  expect(hoursLeft).toBeGreaterThan(20)
  expect(hoursLeft).toBeLessThan(48)
})

test('one dear gift asks for a code, and the demo shows the message with it', async () => {
  const post = (path: string, body: object) => app.send('POST', path, { token: xiaoman, body })
  const { items } = await asXiaoman('gifts?sort=price_desc')
  const [dearest, next] = items
  const { secondCheckPoints } = (await make.admin('GET', '/api/admin/settings')).settings
  expect(dearest.pricePoints).toBeGreaterThanOrEqual(secondCheckPoints)
  expect(next.pricePoints).toBeLessThan(secondCheckPoints)
  const { phoneMasked } = (await post('/api/member/orders/verification-codes', {})).body
  expect(phoneMasked).toBe((await asXiaoman('me')).profile.phoneMasked)
  const path = `/api/demo/messages/last?phoneMasked=${encodeURIComponent(phoneMasked)}`
  const { text } = (await app.send('GET', path)).body
  expect(text).toContain(sms.messages.at(-1)?.params[0])
})

test('the history went through the product: the ledger balances', async () => {
  const { checkedMembers } = await make.expectCleanLedger()
  expect(checkedMembers).toBe(20)
})

test('there is an order in every state that shops meet', async () => {
  const states = new Set((await list('/api/admin/orders')).map(({ state }) => state))
  const wanted = ['reviewing', 'to_ship', 'shipped', 'to_pick_up', 'completed', 'cancelled', 'expired']
  expect([...states]).toEqual(expect.arrayContaining([...wanted, 'rejected']))
})

test('小满 has her points, one order to pick up, one on its way and what is done', async () => {
  const { available, frozen } = await asXiaoman('points')
  expect(available).toBe(12_480)
  expect(frozen).toBe(3_280 + 600)
  const orders = (await asXiaoman('orders')).items
  const count = (state: string) => orders.filter((order: Json) => order.state === state).length
  expect([count('to_pick_up'), count('shipped'), count('completed'), count('cancelled')]).toEqual([
    1, 1, 2, 1,
  ])
})

test('小满 has a gift card whose code she has not looked at yet', async () => {
  const { items } = await asXiaoman('orders?state=issued')
  expect(items).toMatchObject([{ handOver: 'virtual', items: [{ name: '50 元电子礼品卡' }] }])
  const codes = (await asXiaoman(`orders/${items[0].id}/gift-codes`)).items
  expect(codes).toMatchObject([{ code: expect.stringMatching(/^6688\d{12}$/), password: expect.any(String) }])
})

test('小满 has checked in for five days up to yesterday, and can today', async () => {
  const { today, makeUp } = await asXiaoman('check-ins')
  expect(today).toMatchObject({ isCheckedIn: false, streakDays: 5 })
  expect(makeUp).toMatchObject({ cards: 1, price: { with: 'card' }, left: 3 })
  const { body } = await app.send('POST', '/api/member/check-ins', { token: xiaoman })
  expect(body).toMatchObject({ streakDays: 6, alreadyCheckedIn: false })
})

test('everybody the sign-in page offers can sign in', async () => {
  const { body } = await app.send('GET', '/api/demo/sign-ins')
  expect(body.staff).toHaveLength(3)
  expect(body.members.map(({ nick }: Json) => nick)).toContain('小满')
  for (const { code, nick } of body.members) {
    const answer = await app.send('POST', '/api/member/session', { body: { code } })
    expect(answer.body).toMatchObject({ isNew: false, member: { nick } })
  }
  for (const { code, name, storeName } of body.staff) {
    const answer = await app.send('POST', '/api/staff/session', { body: { code } })
    expect(answer.body.staff).toMatchObject({ name, store: { name: storeName } })
  }
})

test('there is a task of each kind: one person follows the account, one waits for review, one was rejected', async () => {
  const listed = await list('/api/admin/tasks')
  expect(new Set(listed.map(({ content }) => content.kind)).size).toBe(5)
  expect(new Set(listed.map(({ state }) => state))).toEqual(new Set(['running']))
  const standingsOf = async (id: string) => {
    const { body } = await app.send('POST', '/api/member/session', { body: { code: `demo-${id}` } })
    const answer = await app.send('GET', '/api/member/tasks', { token: body.token })
    return Object.fromEntries(answer.body.items.map((task: Json) => [task.kind, task.standing]))
  }
  expect(await standingsOf('ashu')).toMatchObject({ follow: 'done' })
  expect(await standingsOf('xiaoman')).toMatchObject({ follow: 'open', proof: 'in_review' })
  expect(await standingsOf('tangtang')).toMatchObject({ proof: 'rejected' })
})
