import { expirePoints, remindExpiring } from '#bff/features/points/index'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { LotModel } from '#bff/features/points/lot.model'
import { DailyRunModel } from '#bff/platform/mongo/daily-run.model'
import type { Json } from '#test/support/client'
import { many, untilTyped } from '#test/support/crowd'
import { dayMs, startApi, success } from './setting'

const api = startApi()
const services = () => api.app.app.services
const expiryEntries = (memberId: string) => JournalEntryModel.find({ memberId, kind: 'expire' }).lean()
const inboxOf = async (token: string) => {
  await api.app.deliverOutbox()
  const { items } = success(await api.send('GET', '/api/member/inbox', { token }))
  return items.map(({ title, body }: Json) => `${title}：${body}`)
}

test('the expiry job posts what is past its date, once, and tells the member', async () => {
  const member = await api.make.member()
  await api.make.admin('POST', `/api/admin/members/${member.id}/points-adjustments`, {
    change: 40,
    reason: '一年有效',
  })
  await api.advance(31 * dayMs)
  expect(await expirePoints(services())).toBeGreaterThanOrEqual(1)
  expect(await expirePoints(services())).toBe(0)
  const [entry, ...more] = await expiryEntries(member.id)
  expect(more).toEqual([])
  expect(entry).toMatchObject({ change: -100, availableAfter: 40, lots: [{ points: -100 }] })
  const token = await api.signIn(member.openid)
  expect(await api.available(token)).toBe(40)
  expect(await inboxOf(token)).toContainEqual('有积分到期了：100 积分过了有效期')
  await api.make.expectCleanLedger()
})

test('several jobs at once and a member who spends meanwhile post the expiry once', async () => {
  const members = await many(12, () => api.make.member({ points: 150 }))
  await api.advance(31 * dayMs)
  const tokens = await Promise.all(members.map(({ openid }) => api.signIn(openid)))
  const gift = await api.make.gift({ pricePoints: 10, stock: 100 })
  await Promise.all([
    ...[1, 2, 3].map(() => expirePoints(services()).catch(() => 0)),
    ...tokens.map((token) => untilTyped(() => api.place(token, [{ giftId: gift.id, quantity: 1 }]))),
  ])
  await expirePoints(services())
  for (const { id } of members) {
    const entries = await expiryEntries(id)
    expect(entries.map(({ change }) => change)).toEqual([-100])
  }
  for (const token of tokens) expect(await api.available(token)).toBe(40)
  await api.make.expectCleanLedger()
})

test('a member whose books are broken does not stop the others', async () => {
  const [broken, sound] = await many(2, () => api.make.member())
  if (!broken || !sound) throw new Error('two members')
  await LotModel.updateOne({ memberId: broken.id }, { $inc: { remaining: 5 } })
  await api.advance(31 * dayMs)
  await expect(expirePoints(services())).rejects.toThrow('expiry failed for 1 members')
  expect(await expiryEntries(sound.id)).toHaveLength(1)
  expect(await expiryEntries(broken.id)).toHaveLength(0)
  await LotModel.updateOne({ memberId: broken.id }, { $inc: { remaining: -5 } })
  expect(await expirePoints(services())).toBe(1)
  await api.make.expectCleanLedger()
})

test('members are reminded 30 and 7 days before, once each, by day and not by night', async () => {
  const member = await api.make.member()
  const remindNow = async () => {
    await DailyRunModel.deleteMany({ _id: 'points.remind' })
    return remindExpiring(services())
  }
  const reminders = async () =>
    (await inboxOf(await api.signIn(member.openid))).filter((line: string) => line.includes('天到期'))
  // Nine in the morning of the day of registration, or now when it is later.
  const { calendar, clock } = services()
  const nine = calendar.startOf(calendar.dateOf(clock.now())).getTime() + 9 * 3_600_000
  if (clock.now().getTime() < nine) {
    expect(await remindNow()).toBe(0)
    await api.advance(nine - clock.now().getTime())
  }
  await remindNow()
  await remindNow()
  expect(await reminders()).toHaveLength(1)
  await api.advance(23 * dayMs)
  await Promise.all([remindNow(), remindNow()])
  expect(await remindNow()).toBe(0)
  const lines = await reminders()
  expect(lines.map((line: string) => line.slice(0, 12))).toEqual([
    expect.stringContaining('7 天到期'),
    expect.stringContaining('30 天到期'),
  ])
  await api.advance(3 * dayMs)
  await remindNow()
  expect(await reminders()).toHaveLength(2)
})

test('a daily job that ran is not run again that day', async () => {
  await api.advance(dayMs)
  await api.make.member()
  const { calendar, clock } = services()
  const nine = calendar.startOf(calendar.dateOf(clock.now())).getTime() + 9 * 3_600_000
  if (clock.now().getTime() < nine) await api.advance(nine - clock.now().getTime())
  await remindExpiring(services())
  const late = await api.make.member()
  expect(await remindExpiring(services())).toBe(0)
  expect(await inboxOf(late.token)).not.toContainEqual(expect.stringContaining('天到期'))
})
