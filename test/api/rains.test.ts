import { randomUUID } from 'node:crypto'
import { sweepRains } from '#bff/features/rains/jobs/sweep-rains'
import { PacketModel } from '#bff/features/rains/packet.model'
import { RainModel } from '#bff/features/rains/rain.model'
import { announcedRain, hourMs, rainInput } from './rains.setting'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const now = () => api.app.app.services.clock.now().getTime()
const announced = (overrides: object = {}) => announcedRain(api.make, now(), overrides)
const open = (token: string | undefined, rainId: string, key: string = randomUUID()) =>
  api.send('POST', `/api/member/rains/${rainId}/packets`, { token, key })
const read = async (rainId: string, token?: string) =>
  success(await api.send('GET', `/api/member/rains/${rainId}`, { token })).rain
const report = (rainId: string) => api.make.admin('GET', `/api/admin/rains/${rainId}/report`)
const settings = (change: object) => api.make.admin('PATCH', '/api/admin/settings', change)
const asOwner = async (method: string, path: string, body?: object) =>
  api.send(method, path, { token: await api.make.adminToken(), body })
const packetsOf = (rainId: string) => PacketModel.find({ rainId }).sort({ position: 1 }).lean()

describe('an operator', () => {
  test('writes a draft, changes it, announces it; then it stands', async () => {
    const { rain } = await api.make.admin('POST', '/api/admin/rains', rainInput(now()))
    expect(rain).toMatchObject({ state: 'draft', version: 1, tiers: [], groups: [], expiry: null })
    refusal(await api.send('GET', `/api/member/rains/${rain.id}`), 404, 'resource.not_found')
    const body = { ...rainInput(now(), { name: '新名字' }), version: 1 }
    const changed = success(await asOwner('PUT', `/api/admin/rains/${rain.id}`, body)).rain
    expect(changed).toMatchObject({ name: '新名字', version: 2 })
    refusal(await asOwner('PUT', `/api/admin/rains/${rain.id}`, body), 409, 'resource.conflict')
    const announcing = success(await asOwner('POST', `/api/admin/rains/${rain.id}/announce`)).rain
    expect(announcing.state).toBe('running')
    const later = await asOwner('PUT', `/api/admin/rains/${rain.id}`, { ...body, version: 2 })
    expect(refusal(later, 409, 'rain.invalid_state').message).toBe('已经公布的红包雨不能再改')
    const { items } = await api.make.admin('GET', '/api/admin/audit-entries?limit=3')
    expect(items.map(({ operation }: { operation: string }) => operation)).toEqual([
      'admin.rains.announce',
      'admin.rains.change',
      'admin.rains.create',
    ])
    const all = await api.make.admin('GET', '/api/admin/rains?limit=1')
    expect(all.items[0]).toEqual(success(await asOwner('GET', `/api/admin/rains/${rain.id}`)).rain)
  })

  test.each([
    ['endsAt', '结束时间要晚于开始时间', (at: number) => ({ endsAt: new Date(at - hourMs).toISOString() })],
    ['endsAt', '一场红包雨最长 24 小时', (at: number) => ({ endsAt: new Date(at + dayMs).toISOString() })],
    ['maxPoints', '一个红包最多的积分不能少于最少的', () => ({ minPoints: 9, maxPoints: 8 })],
    ['budgetPoints', '预算不够：10 个红包每个至少 5，至少要 50 积分', () => ({ budgetPoints: 49 })],
    ['budgetPoints', '预算分不完：10 个红包每个最多 20，最多能发 200 积分', () => ({ budgetPoints: 201 })],
    ['expiry.date', '积分的到期日不能早于活动结束', () => ({ expiry: { kind: 'date', date: '2020-01-01' } })],
  ])('is told when %s makes no sense: %s', async (path, message, overrides) => {
    const answer = await asOwner('POST', '/api/admin/rains', rainInput(now(), overrides(now())))
    expect(refusal(answer, 400, 'request.invalid')).toMatchObject({ message, details: { path } })
  })

  test('deals packets that add up to the budget, and announcing again deals nothing', async () => {
    const rain = await announced({ packetCount: 2_345, budgetPoints: 20_000, minPoints: 1, maxPoints: 88 })
    const before = await packetsOf(rain.id)
    expect(before).toHaveLength(2_345)
    expect(before.reduce((sum, { points }) => sum + points, 0)).toBe(20_000)
    success(await asOwner('POST', `/api/admin/rains/${rain.id}/announce`))
    expect(await packetsOf(rain.id)).toEqual(before)
    expect((await RainModel.findById(rain.id).lean())?.seed).toBeNull()
  })

  test('goes on with a deal that was cut off, also when the sweep finds it first', async () => {
    const cutOff = async () => {
      const rain = await announced({ packetCount: 1_500, budgetPoints: 9_000 })
      const seed = '5a'.repeat(32)
      await RainModel.updateOne({ _id: rain.id }, { $set: { state: 'dealing', seed } })
      await PacketModel.deleteMany({ rainId: rain.id })
      return rain.id as string
    }
    const [again, swept, whole] = [await cutOff(), await cutOff(), await cutOff()]
    const values = async (rainId: string) => (await packetsOf(rainId)).map(({ points }) => points)
    await asOwner('POST', `/api/admin/rains/${whole}/announce`)
    // Every third packet is there already.
    for (const rainId of [again, swept]) {
      await asOwner('POST', `/api/admin/rains/${rainId}/announce`)
      await PacketModel.deleteMany({ rainId, position: { $mod: [3, 0] } })
      await RainModel.updateOne({ _id: rainId }, { $set: { state: 'dealing', seed: '5a'.repeat(32) } })
    }
    const { token } = await api.make.member()
    refusal(await open(token, again), 404, 'resource.not_found')
    refusal(await asOwner('POST', `/api/admin/rains/${again}/cancel`), 409, 'rain.invalid_state')
    success(await asOwner('POST', `/api/admin/rains/${again}/announce`))
    await sweepRains(api.app.app.services)
    expect(await values(again)).toEqual(await values(whole))
    expect(await values(swept)).toEqual(await values(whole))
    success(await open(token, swept), 201)
  })

  test('announces nothing while a packet of the deal is wrong', async () => {
    const rain = await announced()
    await RainModel.updateOne({ _id: rain.id }, { $set: { state: 'dealing', seed: '00'.repeat(32) } })
    await PacketModel.updateOne({ rainId: rain.id, position: 0 }, { $inc: { points: 1 } })
    refusal(await asOwner('POST', `/api/admin/rains/${rain.id}/announce`), 500, 'service.failed')
    expect((await RainModel.findById(rain.id).lean())?.state).toBe('dealing')
    await RainModel.deleteOne({ _id: rain.id })
  })

  test('cancels a rain that runs; what was opened stays, and it is neither cancelled nor announced again', async () => {
    const rain = await announced()
    const { token } = await api.make.member()
    const { packet } = success(await open(token, rain.id), 201)
    success(await asOwner('POST', `/api/admin/rains/${rain.id}/cancel`))
    expect(refusal(await open(token, rain.id), 409, 'rain.over').message).toBe('这场红包雨取消了')
    for (const verb of ['cancel', 'announce'])
      refusal(await asOwner('POST', `/api/admin/rains/${rain.id}/${verb}`), 409, 'rain.invalid_state')
    expect(await read(rain.id, token)).toMatchObject({
      state: 'cancelled',
      mine: { openedPackets: 1, points: packet.points },
    })
    expect(await report(rain.id)).toMatchObject({ openedPackets: 1, givenPoints: packet.points })
  })

  test('announces no rain whose end has passed', async () => {
    const { rain } = await api.make.admin('POST', '/api/admin/rains', rainInput(now() - dayMs))
    refusal(await asOwner('POST', `/api/admin/rains/${rain.id}/announce`), 409, 'rain.invalid_state')
  })
})

describe('a member', () => {
  test('opens packets up to the limit; points, balance, detail and report agree', async () => {
    const rain = await announced({ expiry: { kind: 'days', days: 7 } })
    const { token } = await api.make.member()
    let points = 0
    for (let n = 1; n <= 3; n += 1) {
      const { packet, mine } = success(await open(token, rain.id), 201)
      expect(packet.points).toBeGreaterThanOrEqual(5)
      expect(packet.cuts).toEqual([])
      points += packet.points
      expect(mine).toEqual({ openedPackets: n, points, leftPackets: 3 - n })
    }
    refusal(await open(token, rain.id), 409, 'rain.limit_reached')
    expect(await api.available(token)).toBe(100 + points)
    expect(await read(rain.id, token)).toMatchObject({
      state: 'running',
      mine: { openedPackets: 3, points, leftPackets: 0, obstacle: null },
    })
    expect(await report(rain.id)).toMatchObject({
      ...{ openedPackets: 3, leftPackets: 7, members: 1, cutPoints: 0 },
      ...{ openedPoints: points, givenPoints: points, leftPoints: 100 - points },
    })
    const { items } = success(await api.send('GET', '/api/member/points/entries', { token }))
    expect(items[0]).toMatchObject({ kind: 'earn', title: '红包雨 · 周年庆红包雨' })
    const { expiringSoon } = success(await api.send('GET', '/api/member/points', { token }))
    expect(expiringSoon[0]).toMatchObject({ points })
    await api.make.expectCleanLedger()
  })

  test('gets the same packet for the same key, also after the limit', async () => {
    const rain = await announced({ packetsPerMember: 1 })
    const { token } = await api.make.member()
    const key = randomUUID()
    const first = success(await open(token, rain.id, key), 201)
    refusal(await open(token, rain.id), 409, 'rain.limit_reached')
    expect(success(await open(token, rain.id, key), 201)).toEqual(first)
    refusal(
      await api.send('POST', `/api/member/rains/${rain.id}/packets`, { token, key: null }),
      400,
      'idempotency.key_required',
    )
  })

  test('waits for the start, plays until the end, and not a moment longer', async () => {
    const at = now()
    const rain = await announced({
      startsAt: new Date(at + hourMs).toISOString(),
      endsAt: new Date(at + 2 * hourMs).toISOString(),
    })
    const { token } = await api.make.member()
    const { items, serverTime } = success(await api.send('GET', '/api/member/rains', { token }))
    expect(items.find(({ id }: { id: string }) => id === rain.id)).toMatchObject({
      state: 'announced',
      leftPercent: 100,
      mine: { openedPackets: 0, points: 0, leftPackets: 3, obstacle: null },
    })
    expect(Math.abs(Date.parse(serverTime) - at)).toBeLessThan(hourMs)
    const early = refusal(await open(token, rain.id), 409, 'rain.not_started')
    expect(early.details).toEqual({ startsAt: rain.startsAt })
    await api.advance(hourMs)
    success(await open(token, rain.id), 201)
    await api.advance(hourMs)
    expect(refusal(await open(token, rain.id), 409, 'rain.over').details).toEqual({ endsAt: rain.endsAt })
    expect((await read(rain.id, token)).state).toBe('ended')
    const after = success(await api.send('GET', '/api/member/rains', { token })).items
    expect(after.map(({ id }: { id: string }) => id)).not.toContain(rain.id)
  })

  test('is told when all packets are gone, and the share left is 0 only then', async () => {
    const rain = await announced({ packetCount: 2, budgetPoints: 20, packetsPerMember: 1 })
    for (const left of [50, 0]) {
      success(await open((await api.make.member()).token, rain.id), 201)
      await api.app.app.services.cache.delete(`jili:{rain:${rain.id}}:left`)
      expect((await read(rain.id)).leftPercent).toBe(left)
    }
    const { token } = await api.make.member()
    refusal(await open(token, rain.id), 409, 'rain.empty')
    // The second refusal is the gate's.
    refusal(await open(token, rain.id), 409, 'rain.empty')
    expect(await report(rain.id)).toMatchObject({
      openedPackets: 2,
      members: 2,
      givenPoints: 20,
      leftPoints: 0,
    })
  })

  test('outside the audience sees no such rain in the list, and why in its page', async () => {
    const rain = await announced({ tiers: ['gold', 'platinum'], groups: ['老友'] })
    const { id, token } = await api.make.member()
    const listed = async () =>
      success(await api.send('GET', '/api/member/rains', { token })).items.map(
        (item: { id: string }) => item.id,
      )
    expect(await listed()).not.toContain(rain.id)
    expect((await read(rain.id, token)).mine.obstacle).toBe('这一场只给金卡、铂金')
    refusal(await open(token, rain.id), 409, 'rain.not_eligible')
    await api.make.admin('PATCH', `/api/admin/members/${id}`, { tier: 'gold', tierUntil: null })
    expect(refusal(await open(token, rain.id), 409, 'rain.not_eligible').message).toBe('这一场只给老友')
    await api.make.admin('PATCH', `/api/admin/members/${id}`, { groups: ['老友'] })
    expect(await listed()).toContain(rain.id)
    success(await open(token, rain.id), 201)
  })

  test('who is blocked, or nobody, opens none', async () => {
    const rain = await announced()
    const { id, token } = await api.make.member()
    await api.make.admin('POST', `/api/admin/members/${id}/block`, { reason: '查一查' })
    refusal(await open(token, rain.id), 409, 'member.blocked')
    refusal(await open(undefined, rain.id), 401, 'auth.unauthenticated')
    refusal(await open((await api.make.member()).token, 'unknown'), 404, 'resource.not_found')
    expect((await report(rain.id)).openedPackets).toBe(0)
    expect((await read(rain.id)).mine).toBeNull()
  })

  test("gets what the day's cap leaves of a packet; the rest is told, and given to nobody", async () => {
    const rain = await announced({ packetCount: 5, budgetPoints: 50, minPoints: 10, maxPoints: 10 })
    await settings({ dayCapPoints: 15 })
    const { token } = await api.make.member()
    const answers = [await open(token, rain.id), await open(token, rain.id), await open(token, rain.id)]
    await settings({ dayCapPoints: 0 })
    const reason = '每天最多得 15 积分'
    expect(answers.map((answer) => success(answer, 201).packet)).toEqual([
      { points: 10, cuts: [] },
      { points: 5, cuts: [{ reason, points: 5 }] },
      { points: 0, cuts: [{ reason, points: 10 }] },
    ])
    expect(await api.available(token)).toBe(115)
    expect((await read(rain.id, token)).mine).toMatchObject({ openedPackets: 3, points: 15, leftPackets: 0 })
    expect(await report(rain.id)).toMatchObject({
      ...{ openedPackets: 3, openedPoints: 30, givenPoints: 15, cutPoints: 15, leftPoints: 20 },
    })
    await api.make.expectCleanLedger()
  })

  test('gets no more packets by closing the account and coming back', async () => {
    const rain = await announced()
    const { token, openid } = await api.make.member()
    for (let n = 0; n < 2; n += 1) success(await open(token, rain.id), 201)
    success(await api.send('POST', '/api/member/me/close', { token, body: { isUnderstood: true } }))
    const back = await api.signIn(openid)
    expect((await read(rain.id, back)).mine).toMatchObject({ openedPackets: 2, leftPackets: 1 })
    success(await open(back, rain.id), 201)
    refusal(await open(back, rain.id), 409, 'rain.limit_reached')
    expect(await report(rain.id)).toMatchObject({ openedPackets: 3, members: 1 })
  })
})

test('after the end what nobody opened is deleted, and the report stays right', async () => {
  const rain = await announced({ packetCount: 1_200, budgetPoints: 12_000 })
  const cancelled = await announced()
  success(await asOwner('POST', `/api/admin/rains/${cancelled.id}/cancel`))
  const { token } = await api.make.member()
  const { packet } = success(await open(token, rain.id), 201)
  const { services } = api.app.app
  await sweepRains(services)
  expect(await packetsOf(rain.id)).toHaveLength(1_200)
  const { rain: _running, ...before } = await report(rain.id)
  await api.advance(hourMs + 60_000 + 1)
  expect(await sweepRains(services)).toBeGreaterThanOrEqual(1_199 + 10)
  expect(await packetsOf(rain.id)).toHaveLength(1)
  expect(await packetsOf(cancelled.id)).toHaveLength(0)
  const { rain: ended, ...after } = await report(rain.id)
  expect(after).toEqual(before)
  expect(after).toMatchObject({ openedPackets: 1, leftPackets: 1_199, givenPoints: packet.points })
  expect(ended.state).toBe('ended')
  expect(await sweepRains(services)).toBe(0)
})
