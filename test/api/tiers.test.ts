import { GrowthAccountModel } from '#bff/features/tiers/growth-account.model'
import { sweepTiers } from '#bff/features/tiers/index'
import { addDays } from '#shared/domain/business-date'
import type { Json } from '#test/support/client'
import { openTill, type Till } from './purchases.setting'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
let till: Till
beforeAll(async () => {
  till = await openTill(api)
})

const settings = (body: object) => api.make.admin('PATCH', '/api/admin/settings', body)
const read = async (token: string): Promise<Json> =>
  success(await api.send('GET', '/api/member/tier', { token }))
const ofMember = async (id: string): Promise<Json> =>
  (await api.make.admin('GET', `/api/admin/members/${id}/tier`)).tier
const giveFloor = (id: string, body: object) => api.make.admin('PATCH', `/api/admin/members/${id}`, body)
const yuan = (amount: number) => amount * 100
const today = () => {
  const { clock, calendar } = api.app.app.services
  return calendar.dateOf(clock.now())
}
const sweep = () => sweepTiers(api.app.app.services)
const messages = async (token: string): Promise<string[]> => {
  await api.app.deliverOutbox()
  const { items } = success(await api.send('GET', '/api/member/inbox', { token }))
  return items.map(({ title, body }: Json) => `${title}：${body}`)
}
const rewards = async (id: string): Promise<[string, number][]> => {
  const { items } = await api.make.admin('GET', `/api/admin/members/${id}/points-entries?limit=50`)
  return items
    .filter(({ title }: Json) => title === '升级礼')
    .map(({ detail, change }: Json) => [detail, change])
}

describe('growing', () => {
  test('a yuan really paid and a check-in give 1 each, and the page says all of it', async () => {
    const { id, token } = await api.make.member()
    await api.make.gift({ minimumTier: 'gold', onSale: true })
    await api.make.gift({ tierPrices: { silver: 30 }, onSale: true })
    await till.buy(id, 12_399)
    success(await api.send('POST', '/api/member/check-ins', { token }))
    const page = await read(token)
    expect(page).toMatchObject({
      ...{ tier: 'regular', growth: 124, floor: null, keptUntil: null },
      next: { tier: 'silver', missing: 876 },
      nextFalloff: { date: addDays(today(), 365), value: 124 },
      recent: [{ date: today(), value: 124 }],
      earning: { perYuan: 1, perCheckIn: 1 },
    })
    const gives = (tier: string) => page.tiers.find((one: Json) => one.tier === tier)
    expect(gives('regular')).toMatchObject({
      threshold: 0,
      pointsPercent: 100,
      exclusiveGifts: 0,
      pricedGifts: 0,
    })
    expect(gives('silver')).toMatchObject({
      threshold: 1_000,
      pointsPercent: 120,
      rewardPoints: 50,
      pricedGifts: 1,
    })
    expect(gives('gold')).toMatchObject({ threshold: 5_000, exclusiveGifts: 1, pricedGifts: 1 })
  })

  test('reaches a tier exactly at its threshold, at once, with a reward and a message', async () => {
    const { id, token } = await api.make.member()
    await till.buy(id, yuan(999) + 99)
    expect((await read(token)).tier).toBe('regular')
    success(await api.send('POST', '/api/member/check-ins', { token }))
    expect(await read(token)).toMatchObject({ tier: 'silver', growth: 1_000 })
    expect(await rewards(id)).toEqual([['银卡', 50]])
    expect(await messages(token)).toContainEqual('等级升了：你现在是银卡，去看看有哪些新的权益吧')
    expect(await api.available(token)).toBe(100 + 500 + 5 + 50)
    await api.make.expectCleanLedger()
  })

  test('a purchase is judged by the tier before it, the next one by the tier after', async () => {
    const { id } = await api.make.member()
    expect((await till.buy(id, yuan(1_000))).points).toBe(500)
    expect((await till.buy(id, yuan(100))).points).toBe(120)
  })

  test('past several tiers gives the reward of each, and told once', async () => {
    const { id, token } = await api.make.member()
    await till.buy(id, yuan(20_000))
    expect((await read(token)).tier).toBe('platinum')
    expect((await rewards(id)).sort()).toEqual(
      [
        ['金卡', 200],
        ['铂金', 500],
        ['银卡', 50],
      ].sort(),
    )
    const raised = (await messages(token)).filter((text) => text.startsWith('等级升了'))
    expect(raised).toEqual(['等级升了：你现在是铂金，去看看有哪些新的权益吧'])
  })

  test('a blocked member does not grow, and a refund then takes nothing', async () => {
    const { id, token } = await api.make.member()
    await till.buy(id, yuan(300))
    await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '疑似刷单' })
    const { purchaseNumber } = await till.buy(id, yuan(5_000))
    await api.make.admin('POST', `/api/admin/members/${id}/unblock`, { reason: '查清了' })
    expect(await read(token)).toMatchObject({ tier: 'regular', growth: 300 })
    success(await till.refund(purchaseNumber, [{ lineId: '1', fen: yuan(1) }]))
    expect((await read(token)).growth).toBe(300)
    success(await till.refund(purchaseNumber))
    expect((await read(token)).growth).toBe(300)
  })

  test('told late counts on its own day, and falls off with it', async () => {
    const { id, token } = await api.make.member()
    const occurredAt = new Date(api.app.app.services.clock.now().getTime() - 80 * dayMs).toISOString()
    await till.buy(id, yuan(70), { occurredAt })
    expect((await read(token)).nextFalloff).toEqual({ date: addDays(today(), 285), value: 70 })
  })

  test('by a shop whose clock is in tomorrow already counts today', async () => {
    const { clock, calendar } = api.app.app.services
    const lastMinuteMs = calendar.endOf(today()).getTime() - 60_000
    await api.advance(lastMinuteMs - clock.now().getTime())
    const { id } = await api.make.member()
    await till.buy(id, yuan(20), { occurredAt: new Date(lastMinuteMs + 240_000).toISOString() })
    expect(await ofMember(id)).toMatchObject({ growth: 20, recent: [{ date: today(), value: 20 }] })
  })

  test('by other rates is as the settings say, and none at 0', async () => {
    const { id, token } = await api.make.member()
    await settings({ growthPerYuan: 3, growthPerCheckIn: 0 })
    const { purchaseNumber } = await till.buy(id, yuan(10) + 50)
    success(await api.send('POST', '/api/member/check-ins', { token }))
    expect((await read(token)).growth).toBe(31)
    await settings({ growthPerYuan: 1, growthPerCheckIn: 1 })
    success(await till.refund(purchaseNumber, [{ lineId: '1', fen: yuan(5) }]))
    expect((await read(token)).growth).toBe(16)
  })
})

describe('a refund', () => {
  test('takes back exactly what its purchase gave, part by part, never below zero', async () => {
    const { id, token } = await api.make.member()
    await till.buy(id, yuan(10))
    const { purchaseNumber } = await till.buy(id, 1_099)
    const growth = async () => (await read(token)).growth
    expect(await growth()).toBe(20)
    success(await till.refund(purchaseNumber, [{ lineId: '1', fen: 99 }]))
    expect(await growth()).toBe(20)
    success(await till.refund(purchaseNumber, [{ lineId: '1', fen: 1 }]))
    expect(await growth()).toBe(19)
    success(await till.refund(purchaseNumber))
    expect(await growth()).toBe(10)
  })

  test('that came first leaves no growth', async () => {
    const { id, token } = await api.make.member()
    success(await till.refund('refund-first'))
    await till.buy(id, yuan(30), { purchaseNumber: 'refund-first' })
    expect((await read(token)).growth).toBe(0)
  })

  test('below the threshold begins the grace; buying again ends it and gives no second reward', async () => {
    const { id, token } = await api.make.member()
    const { purchaseNumber } = await till.buy(id, yuan(1_000))
    success(await till.refund(purchaseNumber))
    const keptUntil = addDays(today(), 30)
    expect(await read(token)).toMatchObject({ tier: 'silver', growth: 0, keptUntil })
    expect(await messages(token)).toContainEqual(
      `等级快要变了：成长值不够银卡了，为你保留到 ${keptUntil}；之前没有补上，会变为普通会员`,
    )
    await till.buy(id, yuan(1_000))
    expect(await read(token)).toMatchObject({ tier: 'silver', growth: 1_000, keptUntil: null })
    expect(await rewards(id)).toEqual([['银卡', 50]])
  })
})

describe('a floor', () => {
  test('given by an admin holds, is in the trail, and pays no reward', async () => {
    const { id, token } = await api.make.member()
    await giveFloor(id, { tier: 'gold' })
    expect(await read(token)).toMatchObject({ tier: 'gold', floor: { tier: 'gold', until: null }, growth: 0 })
    success(await api.send('POST', '/api/member/check-ins', { token }))
    await sweep()
    expect(await ofMember(id)).toMatchObject({ tier: 'gold', keptUntil: null, rewardedTiers: [] })
    const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${id}`)
    expect(items[0]).toMatchObject({
      before: { tier: 'regular', tierFloor: null },
      after: { tier: 'gold', tierFloor: { tier: 'gold', until: null } },
    })
  })

  test('does not lower what growth gives, and taken away leaves exactly that', async () => {
    const { id, token } = await api.make.member()
    await till.buy(id, yuan(1_000))
    await giveFloor(id, { tier: 'diamond' })
    expect((await read(token)).tier).toBe('diamond')
    await giveFloor(id, { tier: 'regular' })
    expect(await read(token)).toMatchObject({ tier: 'silver', floor: null, keptUntil: null })
  })

  test('that ended before is refused, as is a date without a tier', async () => {
    const { id } = await api.make.member()
    const token = await api.make.adminToken()
    const path = `/api/admin/members/${id}`
    for (const body of [
      { tier: 'gold', tierUntil: addDays(today(), -1) },
      { tierUntil: addDays(today(), 1) },
    ])
      refusal(await api.send('PATCH', path, { token, body }), 400, 'request.invalid')
  })

  test('with a date holds up to it and goes without a grace', async () => {
    const { id } = await api.make.member()
    await giveFloor(id, { tier: 'gold', tierUntil: addDays(today(), 3) })
    await api.advance(3 * dayMs)
    await sweep()
    expect((await ofMember(id)).tier).toBe('gold')
    await api.advance(dayMs)
    await sweep()
    expect(await ofMember(id)).toMatchObject({ tier: 'regular', floor: null, keptUntil: null })
  })
})

describe('with time', () => {
  test('growth counts 365 days, the grace 30 more, and sweeping twice does it once', async () => {
    const member = await api.make.member()
    await till.buy(member.id, yuan(1_000))
    const fallsOn = addDays(today(), 365)
    await api.advance(364 * dayMs)
    await sweep()
    expect(await ofMember(member.id)).toMatchObject({ tier: 'silver', growth: 1_000, keptUntil: null })
    await api.advance(dayMs)
    expect(today()).toBe(fallsOn)
    expect(await sweep()).toBeGreaterThanOrEqual(1)
    expect(await sweep()).toBe(0)
    const keptUntil = addDays(fallsOn, 30)
    expect(await ofMember(member.id)).toMatchObject({ tier: 'silver', growth: 0, keptUntil })
    await api.advance(30 * dayMs)
    await sweep()
    await till.buy(member.id, yuan(1))
    expect(await ofMember(member.id)).toMatchObject({ tier: 'silver', growth: 1, keptUntil })
    await api.advance(dayMs)
    await Promise.all([sweep(), sweep()])
    expect(await sweep()).toBe(0)
    expect(await ofMember(member.id)).toMatchObject({ tier: 'regular', keptUntil: null })
    const told = await messages(await api.signIn(member.openid))
    expect(told.filter((text) => /^等级/.test(text))).toEqual([
      '等级有变化：你现在是普通会员，消费和签到都能再升回去',
      `等级快要变了：成长值不够银卡了，为你保留到 ${keptUntil}；之前没有补上，会变为普通会员`,
      '等级升了：你现在是银卡，去看看有哪些新的权益吧',
    ])
    expect(await GrowthAccountModel.countDocuments({ _id: member.id, reviewOn: null })).toBe(1)
  })

  test('over a leap day it is still 365 days', async () => {
    const now = api.app.app.services.clock.now()
    const toLeapDay = Date.UTC(now.getUTCFullYear() + 4 - (now.getUTCFullYear() % 4), 1, 29, 4)
    await api.advance(toLeapDay - now.getTime())
    expect(today()).toMatch(/-02-29$/)
    const { id, token } = await api.make.member()
    await till.buy(id, yuan(1_000))
    const { nextFalloff } = await read(token)
    expect(nextFalloff.date).toMatch(/-02-28$/)
    await api.advance(364 * dayMs)
    expect((await ofMember(id)).growth).toBe(1_000)
    await api.advance(dayMs)
    expect(today()).toBe(nextFalloff.date)
    expect((await ofMember(id)).growth).toBe(0)
  })
})

describe('thresholds', () => {
  afterEach(() => settings({ silverGrowth: 1_000, goldGrowth: 5_000 }))

  test('that do not rise are refused', async () => {
    const token = await api.make.adminToken()
    for (const body of [{ silverGrowth: 5_000 }, { diamondGrowth: 20_000 }])
      refusal(await api.send('PATCH', '/api/admin/settings', { token, body }), 400, 'request.invalid')
  })

  test('that change raise and endanger by the next sweep, but nobody who is blocked rises', async () => {
    const [rising, falling, blocked] = [
      await api.make.member(),
      await api.make.member(),
      await api.make.member(),
    ]
    await till.buy(rising.id, yuan(600))
    await till.buy(blocked.id, yuan(600))
    await till.buy(falling.id, yuan(5_000))
    await api.make.admin('POST', `/api/admin/members/${blocked.id}/block`, { reason: '疑似刷单' })
    await settings({ silverGrowth: 500, goldGrowth: 6_000 })
    await sweep()
    expect(await ofMember(rising.id)).toMatchObject({ tier: 'silver' })
    expect(await rewards(rising.id)).toEqual([['银卡', 50]])
    expect(await ofMember(falling.id)).toMatchObject({ tier: 'gold', keptUntil: addDays(today(), 30) })
    expect(await ofMember(blocked.id)).toMatchObject({ tier: 'regular' })
  })
})

test('closing an account forgets the growth, and coming back brings no second reward', async () => {
  const { id, token, openid } = await api.make.member()
  await till.buy(id, yuan(1_000))
  success(await api.send('POST', '/api/member/me/close', { token, body: { isUnderstood: true } }))
  expect(await GrowthAccountModel.findById(id).lean()).toMatchObject({ days: [], reviewOn: null })
  const { body } = await api.send('POST', '/api/member/session', {
    body: { code: `demo-${openid}`, consentVersion: '1' },
  })
  await till.buy(body.member.id, yuan(1_000))
  expect(await ofMember(body.member.id)).toMatchObject({ tier: 'silver', growth: 1_000 })
  expect(await rewards(body.member.id)).toEqual([])
})
