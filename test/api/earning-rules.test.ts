import { randomUUID } from 'node:crypto'
import { inParallel, tally } from '#test/support/crowd'
import { endRules, openTill, runRule, type Till } from './purchases.setting'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
let till: Till
beforeAll(async () => {
  till = await openTill(api)
})

// Rules run for everyone: each test ends its own, however it went.
afterEach(() => endRules(api))

const asOwner = async (method: string, path: string, body?: object) =>
  api.send(method, path, { token: await api.make.adminToken(), body })
const double = { name: '双倍', effect: { kind: 'multiply', percent: 200, stacks: true } }

/** A business date on which 10:00 in Shanghai is a Saturday, from now on. */
async function goToSaturday(): Promise<void> {
  const now = api.app.app.services.clock.now()
  const inShanghai = new Date(now.getTime() + 8 * 3_600_000)
  const days = (6 - inShanghai.getUTCDay() + 7) % 7
  await api.advance(days * dayMs)
  till = await openTill(api)
}

describe('writing rules', () => {
  test('a draft earns nothing, a running rule does, a paused one no more, an ended one never again', async () => {
    const { id: memberId } = await api.make.member()
    const { rule } = await api.make.admin('POST', '/api/admin/earning-rules', double)
    expect(rule).toMatchObject({ ...double, version: 1, state: 'draft', givenPoints: null })
    const setState = (state: string) =>
      asOwner('POST', `/api/admin/earning-rules/${rule.id}/state`, { state })
    const points = async () => (await till.buy(memberId, 1_000)).points

    expect(await points()).toBe(10)
    success(await setState('running'))
    expect(await points()).toBe(20)
    success(await setState('paused'))
    expect(await points()).toBe(10)
    success(await setState('ended'))
    expect(await points()).toBe(10)
    refusal(await setState('running'), 409, 'earning.rule_ended')
    const change = { ...double, version: 1 }
    refusal(await asOwner('PUT', `/api/admin/earning-rules/${rule.id}`, change), 409, 'earning.rule_ended')
  })

  test('a change is a new version; entries name the version that made them', async () => {
    const { id: memberId, token } = await api.make.member()
    const rule = await runRule(api, double)
    const change = (version: number) =>
      asOwner('PUT', `/api/admin/earning-rules/${rule.id}`, {
        ...{ name: '三倍', effect: { kind: 'multiply', percent: 300, stacks: true } },
        version,
      })
    const before = await till.buy(memberId, 1_000)
    expect(success(await change(1)).rule).toMatchObject({ name: '三倍', version: 2, state: 'running' })
    refusal(await change(1), 409, 'resource.conflict')
    const after = await till.buy(memberId, 1_000)
    expect(before.shares.at(-1)).toEqual({ ruleId: `${rule.id}@1`, name: '双倍', points: 10 })
    expect(after.shares.at(-1)).toEqual({ ruleId: `${rule.id}@2`, name: '三倍', points: 20 })

    const { items } = success(await api.send('GET', '/api/member/points/entries', { token }))
    expect(items[0]).toMatchObject({
      change: 30,
      rules: [
        { id: 'basic', title: '消费积分 10' },
        { id: `${rule.id}@2`, title: '三倍 20' },
      ],
    })
    const { versions } = success(await asOwner('GET', `/api/admin/earning-rules/${rule.id}`))
    expect(versions.map(({ version, name }: { version: number; name: string }) => [version, name])).toEqual([
      [2, '三倍'],
      [1, '双倍'],
    ])
  })

  test('of two admins who change one version at once one is told to look again', async () => {
    const rule = await runRule(api, double)
    const answers = await inParallel([1, 2, 3, 4], 4, (i) =>
      asOwner('PUT', `/api/admin/earning-rules/${rule.id}`, { ...double, name: `双倍 ${i}`, version: 1 }),
    )
    expect(tally(answers)).toEqual({ 200: 1, 'resource.conflict': 3 })
  })

  const wrong: [string, object][] = [
    ['an unknown effect', { ...double, effect: { kind: 'divide', percent: 50 } }],
    ['half points', { ...double, effect: { kind: 'multiply', percent: 150.5, stacks: true } }],
    ['a multiple below one', { ...double, effect: { kind: 'multiply', percent: 99, stacks: true } }],
    ['a weekday 8', { ...double, conditions: { weekdays: [8] } }],
    ['an unknown shop', { ...double, conditions: { storeIds: ['nowhere'] } }],
    [
      'an end before its start',
      { ...double, conditions: { startsAt: '2026-08-02T00:00:00Z', endsAt: '2026-08-01T00:00:00Z' } },
    ],
    ['an unknown condition', { ...double, conditions: { weather: 'rain' } }],
    ['a budget of 0', { ...double, caps: { budget: 0 } }],
    ['no name', { ...double, name: '  ' }],
  ]
  test.each(wrong)('%s is refused', async (_, terms) => {
    refusal(await asOwner('POST', '/api/admin/earning-rules', terms), 400, 'request.invalid')
  })

  test('every change is in the audit log', async () => {
    const rule = await runRule(api, double)
    await endRules(api)
    const { items } = await api.make.admin('GET', `/api/admin/audit-entries?targetId=${rule.id}`)
    expect(items.map(({ operation }: { operation: string }) => operation)).toEqual([
      'admin.earning-rules.set-state',
      'admin.earning-rules.set-state',
      'admin.earning-rules.create',
    ])
  })
})

test('an operator sets up double points for gold members in two shops on Saturday, at most 300 a day each', async () => {
  await goToSaturday()
  const [jingan, xuhui, pudong] = [await api.make.store(), await api.make.store(), await api.make.store()]
  const rule = await runRule(api, {
    name: '金卡周六双倍',
    effect: { kind: 'multiply', percent: 200, stacks: false },
    conditions: { tiers: ['gold'], storeIds: [jingan.id, xuhui.id], weekdays: [6] },
    caps: { perDay: 300 },
  })
  const gold = await api.make.member()
  await api.make.admin('PATCH', `/api/admin/members/${gold.id}`, { tier: 'gold' })
  const silver = await api.make.member()
  await api.make.admin('PATCH', `/api/admin/members/${silver.id}`, { tier: 'silver' })

  // 100 yuan × 1.5 for gold, doubled.
  expect((await till.buy(gold.id, 10_000, { storeId: jingan.id })).points).toBe(300)
  // 150 more of the 300 a day.
  const second = await till.buy(gold.id, 12_000, { storeId: xuhui.id })
  expect(second.points).toBe(120 * 1.5 + 150)
  expect(second.cuts).toEqual([
    { ruleId: `${rule.id}@1`, reason: '金卡周六双倍每天最多 300 积分', points: 30 },
  ])
  expect((await till.buy(gold.id, 1_000, { storeId: jingan.id })).points).toBe(15)
  expect((await till.buy(gold.id, 1_000, { storeId: pudong.id })).points).toBe(15)
  expect((await till.buy(silver.id, 1_000, { storeId: jingan.id })).points).toBe(12)

  // What was cut is told to the member.
  const { items } = success(
    await api.send('GET', '/api/member/points/entries', { token: await api.signIn(gold.openid) }),
  )
  expect(items.find(({ change }: { change: number }) => change === 330).detail).toContain(
    '金卡周六双倍每天最多 300 积分，少得 30',
  )
  // The next day counts anew, on the Saturday after.
  await api.advance(7 * dayMs)
  till = await openTill(api)
  expect((await till.buy(gold.id, 10_000, { storeId: jingan.id })).points).toBe(300)
})

describe('caps', () => {
  test('a budget is never passed by one point, whoever comes at once', async () => {
    const rule = await runRule(api, {
      name: '限量送',
      effect: { kind: 'bonus', points: 30, minimumPaidFen: 100 },
      caps: { budget: 100 },
    })
    const members = await Promise.all(Array.from({ length: 8 }, () => api.make.member()))
    const bought = await inParallel([...members, ...members, ...members], 24, ({ id }) => till.buy(id, 100))
    const given = bought.map(({ shares }) => shares.find(({ name }) => name === '限量送')?.points ?? 0)
    expect(given.reduce((sum, points) => sum + points, 0)).toBe(100)
    expect(given.filter((points) => points === 30)).toHaveLength(3)
    expect(given.filter((points) => points === 10)).toHaveLength(1)
    const { rule: shown } = await api.make.admin('GET', `/api/admin/earning-rules/${rule.id}`)
    expect(shown.givenPoints).toBe(100)
  })

  test('a cap per member and day holds when many purchases come at once', async () => {
    await runRule(api, { ...double, caps: { perDay: 25 } })
    const { id } = await api.make.member()
    const bought = await inParallel(Array.from({ length: 12 }), 12, () => till.buy(id, 1_000))
    expect(bought.reduce((sum, { points }) => sum + points, 0)).toBe(12 * 10 + 25)
  })

  test('caps per month and per member count over days', async () => {
    await runRule(api, { ...double, name: '月', caps: { perMonth: 15 } })
    await runRule(api, { ...double, name: '人', caps: { perMember: 5 } })
    const { id } = await api.make.member()
    const shares = async () =>
      Object.fromEntries((await till.buy(id, 1_000)).shares.map(({ name, points }) => [name, points]))
    // Both multiply: the second on top of the first.
    expect(await shares()).toEqual({ 消费积分: 10, 月: 10, 人: 5 })
    expect(await shares()).toEqual({ 消费积分: 10, 月: 5 })
  })

  test('the programme caps a day and a month of everything earned, and the balance', async () => {
    const change = (settings: object) => api.make.admin('PATCH', '/api/admin/settings', settings)
    const buyer = await api.make.member()
    await change({ dayCapPoints: 50 })
    expect((await till.buy(buyer.id, 4_000)).points).toBe(40)
    const cut = await till.buy(buyer.id, 4_000)
    expect(cut).toMatchObject({ points: 10, cuts: [{ reason: '每天最多得 50 积分', points: 30 }] })
    expect((await till.buy(buyer.id, 4_000)).points).toBe(0)
    const checkIn = success(
      await api.send('POST', '/api/member/check-ins', { token: await api.signIn(buyer.openid) }),
    )
    expect(checkIn.points).toBe(0)

    await change({ dayCapPoints: 0, monthCapPoints: 60 })
    // What was earned while there was no cap per month was not counted towards it.
    expect((await till.buy(buyer.id, 7_000)).points).toBe(60)
    await change({ monthCapPoints: 0, balanceCeilingPoints: 250 })
    expect(await till.buy(buyer.id, 7_000)).toMatchObject({
      points: 40,
      cuts: [{ reason: '积分最多存到 250', points: 30 }],
    })
    await change({ balanceCeilingPoints: 1_000_000_000 })
  })
})

describe('a dry run', () => {
  test('tells what a purchase would earn and why not more, and changes nothing', async () => {
    const { id, token } = await api.make.member()
    await api.make.admin('PATCH', `/api/admin/members/${id}`, { tier: 'gold' })
    const applies = await runRule(api, { ...double, caps: { perDay: 10 } })
    const other = await runRule(api, { ...double, name: '员工', conditions: { groups: ['员工'] } })
    const trial = { lines: [{ lineId: '1', paidFen: 1_000 }], memberId: id }
    const before = await api.available(token)

    for (const _ of [1, 2]) {
      expect(await api.make.admin('POST', '/api/admin/earning-rules/try', trial)).toEqual({
        points: 25,
        shares: [
          { ruleId: 'basic', name: '消费积分', points: 10 },
          { ruleId: 'tier', name: '金卡加成', points: 5 },
          { ruleId: `${applies.id}@1`, name: '双倍', points: 10 },
        ],
        cuts: [{ ruleId: `${applies.id}@1`, reason: '双倍每天最多 10 积分', points: 5 }],
        notApplied: [{ ruleId: `${other.id}@1`, name: '员工', reason: '只给员工' }],
      })
    }
    expect(await api.available(token)).toBe(before)
    await till.buy(id, 1_000)
    expect(await api.make.admin('POST', '/api/admin/earning-rules/try', trial)).toMatchObject({ points: 15 })
  })

  test('takes drafts in, for a member that is only described', async () => {
    await api.make.admin('POST', '/api/admin/earning-rules', { ...double, name: '草稿' })
    const trial = { lines: [{ lineId: '1', paidFen: 1_000 }], member: { tier: 'silver' } }
    const points = async (more: object) =>
      (await api.make.admin('POST', '/api/admin/earning-rules/try', { ...trial, ...more })).points
    expect(await points({})).toBe(12)
    expect(await points({ includeDrafts: true })).toBe(24)
    refusal(
      await asOwner('POST', '/api/admin/earning-rules/try', { ...trial, memberId: randomUUID() }),
      404,
      'resource.not_found',
    )
  })
})
