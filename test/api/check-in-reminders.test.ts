import { CheckInReminderModel } from '#bff/features/check-ins/check-in-reminder.model'
import { remindMembers } from '#bff/features/check-ins/index'
import { addDays } from '#shared/domain/business-date'
import type { Json } from '#test/support/client'
import { openDiary } from './check-ins.setting'
import { startApi, success } from './setting'

const api = startApi({ WECHAT_CHECK_IN_TEMPLATE_ID: 'check-in-template' })
let diary: ReturnType<typeof openDiary>
beforeAll(() => {
  diary = openDiary(api)
})
// One member's reminder must not be waiting when another test counts.
beforeEach(() => CheckInReminderModel.deleteMany({}))

const sendPath = '/cgi-bin/message/subscribe/send'
const standIn = (path: string, init?: RequestInit) => fetch(`${process.env.WECHAT_BASE_URL}${path}`, init)
const failOnce = (failure: object) =>
  standIn('/stand-in/failures', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ path: sendPath, ...failure }),
  })
const sentTo = async (openid: string): Promise<Json[]> => {
  const { items } = (await (await standIn('/stand-in/messages')).json()) as { items: Json[] }
  return items.filter((message) => message.openid === openid)
}

const setReminder = async (token: string, body: object): Promise<Json> =>
  success(await api.send('PUT', '/api/member/check-ins/reminder', { token, body }))
const reminderOf = async (token: string) => (await diary.calendar(token)).reminder
const remindedIn = async (token: string): Promise<string[]> => {
  await api.app.deliverOutbox()
  const { items } = success(await api.send('GET', '/api/member/inbox', { token }))
  return items.filter(({ title }: Json) => title === '今天还没签到').map(({ body }: Json) => body)
}
/** The sweep as it runs at a time of today, or of a later day. */
const sweepAt = (clockTime: string, daysOn = 0) => {
  const instant = new Date(`${addDays(diary.today(), daysOn)}T${clockTime}+08:00`)
  return remindMembers({ ...api.app.app.services, clock: { now: () => instant } })
}

const willing = async (consents = 0, days: number[] = []) => {
  const member = await diary.memberWith(days)
  await setReminder(member.token, { isOn: true })
  for (let count = 0; count < consents; count += 1)
    await setReminder(member.token, { isOn: true, hasConsented: true })
  return member
}

test('it is off until it is switched on, and off again', async () => {
  const { token } = await api.make.member()
  const off = { isOn: false, hour: 20, templateId: 'check-in-template', wechatLeft: 0 }
  expect(await reminderOf(token)).toEqual(off)
  expect(await setReminder(token, { isOn: true, hasConsented: true })).toEqual({ isOn: true, wechatLeft: 1 })
  expect(await reminderOf(token)).toEqual({ ...off, isOn: true, wechatLeft: 1 })
  expect(await setReminder(token, { isOn: false })).toEqual({ isOn: false, wechatLeft: 1 })
  expect(await sweepAt('21:00:00')).toBe(0)
  expect(await remindedIn(token)).toEqual([])
})

test('from the set hour of the business day on, once a date, whatever runs twice', async () => {
  const { token } = await willing(0, [2, 1])
  expect(await sweepAt('19:59:59.999')).toBe(0)
  const runs = await Promise.all([sweepAt('20:00:00'), sweepAt('20:00:00'), sweepAt('20:00:01')])
  expect(runs.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect(await sweepAt('23:59:59.999')).toBe(0)
  expect(await remindedIn(token)).toEqual(['已经连续 2 天，今天签上就是第 3 天'])
  expect(await sweepAt('00:00:00', 1)).toBe(0)
  expect(await sweepAt('20:00:00', 1)).toBe(1)
  expect(await remindedIn(token)).toEqual([
    '来签到吧，今天就是连续第 1 天',
    '已经连续 2 天，今天签上就是第 3 天',
  ])
})

test('the hour is a setting', async () => {
  const { token } = await willing()
  await diary.change({ checkInReminderHour: 9 })
  expect(await sweepAt('08:59:59')).toBe(0)
  expect(await sweepAt('09:00:00')).toBe(1)
  await diary.change({ checkInReminderHour: 20 })
  expect(await remindedIn(token)).toHaveLength(1)
})

test('who has checked in, is blocked or has left is not reminded', async () => {
  const done = await willing(1, [0])
  const blocked = await willing(1)
  await api.make.admin('POST', `/api/admin/members/${blocked.id}/block`, { reason: '刷分嫌疑' })
  const gone = await willing(1)
  success(await api.send('POST', '/api/member/me/close', { token: gone.token, body: { isUnderstood: true } }))
  expect(await CheckInReminderModel.countDocuments({ _id: gone.id })).toBe(0)
  expect(await sweepAt('20:30:00')).toBe(0)
  expect(await remindedIn(done.token)).toEqual([])
  for (const { openid } of [done, blocked, gone]) expect(await sentTo(openid)).toEqual([])
})

describe('in WeChat', () => {
  test('each consent sends one message, and none is sent without', async () => {
    const { token, openid } = await willing(2, [1])
    for (const daysOn of [0, 1, 2]) expect(await sweepAt('20:00:00', daysOn)).toBe(1)
    const sent = await sentTo(openid)
    expect(sent).toMatchObject([
      {
        templateId: 'check-in-template',
        page: 'packages/check-in/calendar/index',
        values: { thing1: '每日签到', thing2: '再签一天就连续 2 天' },
      },
      { values: { thing2: '今天还没有签到' } },
    ])
    expect(sent).toHaveLength(2)
    expect(await remindedIn(token)).toHaveLength(3)
    expect((await reminderOf(token)).wechatLeft).toBe(0)
  })

  test('sweeps at once send one message and use one consent', async () => {
    const { token, openid } = await willing(3)
    await Promise.all(Array.from({ length: 5 }, () => sweepAt('20:00:00')))
    expect(await sentTo(openid)).toHaveLength(1)
    expect((await reminderOf(token)).wechatLeft).toBe(2)
  })

  test('a member who refused there (43101) has no consent left, and is told in the inbox all the same', async () => {
    const { token, openid } = await willing(3)
    await failOnce({ errcode: 43101 })
    expect(await sweepAt('20:00:00')).toBe(1)
    expect(await sentTo(openid)).toEqual([])
    expect((await reminderOf(token)).wechatLeft).toBe(0)
    expect(await remindedIn(token)).toHaveLength(1)
  })

  test('without an answer the message may be lost but is never sent again; the others go on', async () => {
    const members = [await willing(2), await willing(2)]
    await failOnce({ httpStatus: 502 })
    await expect(sweepAt('20:00:00')).rejects.toThrow('1 reminders failed')
    expect(await sweepAt('20:01:00')).toBe(0)
    const sent = await Promise.all(members.map(({ openid }) => sentTo(openid)))
    expect(sent.flat()).toHaveLength(1)
    for (const { token } of members) {
      expect(await remindedIn(token)).toHaveLength(1)
      expect((await reminderOf(token)).wechatLeft).toBe(1)
    }
  })

  test('a WeChat that is away is asked three times, and costs the others no consent', async () => {
    const members = []
    for (let count = 0; count < 5; count += 1) members.push(await willing(1))
    await failOnce({ httpStatus: 502, times: 5 })
    await expect(sweepAt('20:00:00')).rejects.toThrow('3 reminders failed')
    await standIn('/stand-in/failures', { method: 'DELETE' })
    const left = await Promise.all(members.map(async ({ token }) => (await reminderOf(token)).wechatLeft))
    expect(left.reduce((sum, count) => sum + count, 0)).toBe(2)
    for (const { token } of members) expect(await remindedIn(token)).toHaveLength(1)
  })
})
