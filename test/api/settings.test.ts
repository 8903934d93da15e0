import { addDays } from '#shared/domain/business-date'
import type { Json } from '#test/support/client'
import { inParallel } from '#test/support/crowd'
import { dayMs, refusal, startApi, success } from './setting'

const api = startApi()
const path = '/api/admin/settings'
const defaults = {
  adjustmentLimitPoints: 10_000,
  pointsPerYuan: 100,
  registrationPoints: 100,
  registrationLifeDays: 30,
  checkInPoints: 5,
  checkInWeekExtraPoints: 20,
  checkInMonthPoints: 0,
  checkInMonthCards: 1,
  checkInMonthTier: 'gold',
  checkInMonthTierDays: 30,
  checkInMonthEntitlement: '',
  checkInMonthEntitlementDays: 30,
  makeUpPricePoints: 30,
  makeUpMonthLimit: 3,
  makeUpDaysBack: 30,
  checkInReminderHour: 20,
  spendingRatePercent: 100,
  silverPercent: 120,
  goldPercent: 150,
  platinumPercent: 180,
  diamondPercent: 200,
  personalPurchaseCapPoints: 500,
  merchantPurchaseCapPoints: 2_000,
  headOfficePurchaseCapPoints: 5_000,
  silverGrowth: 1_000,
  goldGrowth: 5_000,
  platinumGrowth: 20_000,
  diamondGrowth: 50_000,
  silverRewardPoints: 50,
  goldRewardPoints: 200,
  platinumRewardPoints: 500,
  diamondRewardPoints: 1_000,
  tierGraceDays: 30,
  growthPerYuan: 1,
  growthPerCheckIn: 1,
  dayCapPoints: 0,
  monthCapPoints: 0,
  balanceCeilingPoints: 1_000_000_000,
  inviterPoints: 50,
  inviteePoints: 20,
  inviteMonthLimit: 20,
  inviteNetworkLimit: 5,
  inviteAct: 'check_in',
  minimumBalancePoints: 100,
  secondCheckPoints: 0,
  reviewReminderDays: 3,
  reviewRejectDays: 7,
  autoConfirmDays: 7,
  returnLapseDays: 14,
  accentColor: '#1F6B4F',
}
const read = async (): Promise<Json> => (await api.make.admin('GET', path)).settings
const change = async (body: object) => api.send('PATCH', path, { token: await api.make.adminToken(), body })
const trail = async (): Promise<Json[]> =>
  (await api.make.admin('GET', '/api/admin/audit-entries?targetId=settings')).items
const get = async (token: string, resource: string) =>
  success(await api.send('GET', `/api/member/${resource}`, { token }))

afterEach(async () => {
  success(await change(defaults))
})

test('the defaults hold until one is changed; the others stay', async () => {
  expect(await read()).toEqual(defaults)
  const { settings } = success(await change({ checkInPoints: 8 }))
  expect(settings).toEqual({ ...defaults, checkInPoints: 8 })
  expect(await read()).toEqual(settings)
})

test('a change is in the audit trail with all numbers before and after', async () => {
  success(await change({ pointsPerYuan: 200, registrationPoints: 50 }))
  const [entry] = await trail()
  expect(entry).toMatchObject({
    operation: 'admin.settings.update',
    adminName: '所有者',
    before: defaults,
    after: { ...defaults, pointsPerYuan: 200, registrationPoints: 50 },
  })
})

test.each([
  {},
  { checkInPoints: 0 },
  { checkInPoints: 1.5 },
  { checkInPoints: '5' },
  { checkInPoints: null },
  { checkInPoints: 10_001 },
  { checkInWeekExtraPoints: -1 },
  { checkInMonthCards: 11 },
  { checkInMonthTier: 'wood' },
  { checkInMonthEntitlement: '字'.repeat(31) },
  { makeUpPricePoints: 0 },
  { makeUpMonthLimit: 32 },
  { makeUpDaysBack: 91 },
  { checkInReminderHour: 24 },
  { registrationPoints: -1 },
  { registrationPoints: 100_001 },
  { registrationLifeDays: 0 },
  { registrationLifeDays: 3_651 },
  { pointsPerYuan: 0 },
  { pointsPerYuan: 1_000_001 },
  { adjustmentLimitPoints: -1 },
  { adjustmentLimitPoints: 1_000_000_001 },
  { minimumBalancePoints: -1 },
  { minimumBalancePoints: 1_000_000_001 },
  { reviewReminderDays: 0 },
  { reviewReminderDays: 7 },
  { reviewRejectDays: 3 },
  { reviewReminderDays: 10, reviewRejectDays: 9 },
  { reviewRejectDays: 91 },
  { autoConfirmDays: 0 },
  { autoConfirmDays: 91 },
  { returnLapseDays: 0 },
  { returnLapseDays: 366 },
  { accentColor: '#12345' },
  { accentColor: '1F6B4F' },
  { accentColor: '#1F6B4G' },
  { accentColor: 'red;}' },
  { accentColor: null },
  { unknownNumber: 5 },
  { checkInPoints: 6, unknownNumber: 5 },
])('%j is refused and changes nothing', async (body) => {
  refusal(await change(body), 400, 'request.invalid')
  expect(await read()).toEqual(defaults)
})

test('anyone reads the brand colour; only an owner changes it', async () => {
  const readColor = async () => success(await api.send('GET', '/api/member/brand')).brand.accentColor
  expect(await readColor()).toBe('#1F6B4F')
  success(await change({ accentColor: '#e60012' }))
  expect(await readColor()).toBe('#E60012')
  const { token } = await api.make.colleague('operator')
  refusal(await api.send('PATCH', path, { token, body: { accentColor: '#000000' } }), 403, 'auth.forbidden')
  refusal(await api.send('PATCH', path, { body: { accentColor: '#000000' } }), 401, 'auth.unauthenticated')
  expect(await readColor()).toBe('#E60012')
})

test('changes of different numbers at once all hold, and the trail tells them in a row', async () => {
  const changes = [
    { checkInPoints: 6 },
    { registrationPoints: 70 },
    { pointsPerYuan: 50 },
    { adjustmentLimitPoints: 900 },
  ]
  await inParallel(changes, 4, async (body) => success(await change(body)))
  expect(await read()).toEqual(Object.assign({}, defaults, ...changes))
  const told = (await trail()).slice(0, 4).reverse()
  for (const [index, { before }] of told.entries())
    expect(before).toEqual(index === 0 ? defaults : told[index - 1]?.after)
})

test('registering earns what is set, for as long as is set, and the member is told so', async () => {
  success(await change({ registrationPoints: 66, registrationLifeDays: 10 }))
  const signedIn = success(
    await api.send('POST', '/api/member/session', { body: { code: 'demo-settings-1' } }),
  )
  expect(signedIn.giftedPoints).toBe(66)
  const { token } = signedIn
  const today = (await get(token, 'check-ins')).today.businessDate
  expect(await get(token, 'points')).toMatchObject({
    available: 66,
    expiringSoon: [{ points: 66, expiresOn: addDays(today, 10) }],
  })
  const [entry] = (await get(token, 'points/entries')).items
  expect(entry.rules).toEqual([{ id: 'registration', title: '注册送 66，10 天有效' }])
  await api.app.deliverOutbox()
  expect((await get(token, 'inbox')).items[0].body).toBe('66 积分已到账，10 天内有效，去挑一件喜欢的吧')
})

test('at 0 registering earns nothing, and nothing says otherwise', async () => {
  success(await change({ registrationPoints: 0 }))
  const { token, isNew, giftedPoints } = success(
    await api.send('POST', '/api/member/session', { body: { code: 'demo-settings-2' } }),
  )
  expect([isNew, giftedPoints]).toEqual([true, 0])
  expect((await get(token, 'points/entries')).items).toEqual([])
  await api.app.deliverOutbox()
  expect((await get(token, 'inbox')).items[0].body).not.toMatch(/\d/)
  await api.make.expectCleanLedger()
})

test('the calendar foretells what a check-in then earns, on the 7th day too', async () => {
  success(await change({ checkInPoints: 9, checkInWeekExtraPoints: 41 }))
  const { openid, token: first } = await api.make.member()
  let token = first
  for (let day = 1; day <= 7; day += 1) {
    const points = day === 7 ? 50 : 9
    const before = await get(token, 'check-ins')
    expect(before.today.points).toBe(points)
    expect(success(await api.send('POST', '/api/member/check-ins', { token })).points).toBe(points)
    expect((await get(token, 'check-ins')).tomorrow.points).toBe(day === 6 ? 50 : 9)
    if (day < 7) await api.advance(dayMs)
    token = await api.signIn(openid)
  }
  const [entry] = (await get(token, 'points/entries')).items
  expect(entry).toMatchObject({
    change: 50,
    rules: [
      { id: 'check-in.daily', title: '每日签到 9' },
      { id: 'check-in.week', title: '每连续签到 7 天加 41' },
    ],
  })
})

test('what was earned under an old number stays; a repeat of that day tells it', async () => {
  const { token } = await api.make.member()
  success(await api.send('POST', '/api/member/check-ins', { token }))
  success(await change({ checkInPoints: 50 }))
  const again = success(await api.send('POST', '/api/member/check-ins', { token }))
  expect(again).toMatchObject({ points: 5, alreadyCheckedIn: true, balance: 105 })
  expect((await get(token, 'check-ins')).today.points).toBe(5)
})

test('the estimate of how long missing points take goes by what a check-in earns', async () => {
  success(await change({ checkInPoints: 10, checkInWeekExtraPoints: 0 }))
  const { token } = await api.make.member()
  const gift = await api.make.gift({ pricePoints: 155 })
  const { eligibility } = (await get(token, `gifts/${gift.id}`)).gift
  expect(eligibility.obstacles[0]).toMatchObject({ message: '还差 55 积分', help: '再签到 6 天左右' })
})
