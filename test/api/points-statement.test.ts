import { parse } from 'csv-parse/sync'
import { clawBack } from '#bff/features/points/commands/claw-back'
import { earnPoints } from '#bff/features/points/index'
import { inTransaction } from '#bff/platform/mongo/transaction'
import type { Json } from '#test/support/client'
import { many } from '#test/support/crowd'
import { refusal, startApi, success } from './setting'

const api = startApi()
const statement = (token: string | undefined, month: string) =>
  api.send('GET', `/api/member/points/statements/${month}`, { token })
const thisMonth = () => {
  const { calendar, clock } = api.app.app.services
  return calendar.dateOf(clock.now()).slice(0, 7)
}
/** As a spreadsheet reads it; rows of a statement end with three that sum up. */
const rowsOf = (text: string): string[][] => parse(text, { relax_column_count: true, bom: true })

test('a statement says what happened in the month, which rule, until when, and adds up', async () => {
  const { id, token } = await api.make.member()
  success(await api.send('POST', '/api/member/check-ins', { token }))
  await api.make.admin('POST', `/api/admin/members/${id}/points-adjustments`, {
    change: 95,
    reason: '活动补发',
  })
  const gift = await api.make.gift({ name: '手作陶杯', pricePoints: 60 })
  const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  const answer = await statement(token, thisMonth())
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain(
    `积分对账单-${thisMonth()}.csv`,
  )
  const [headings, ...rows] = rowsOf(answer.body)
  expect(headings).toEqual(['时间', '类型', '说明', '规则', '变动', '变动后余额', '到期日', '订单号'])
  expect(rows.map((row) => row.slice(1))).toEqual([
    ['获得', '新会员礼', '注册送 100，30 天有效', '100', '100', expect.stringMatching(/^\d{4}-/), ''],
    ['获得', '每日签到', '每日签到 5', '5', '105', expect.stringMatching(/^\d{4}-/), ''],
    ['调整', '积分调整：活动补发', '', '95', '200', expect.stringMatching(/^\d{4}-/), ''],
    ['使用', expect.stringContaining('手作陶杯'), '', '-60', '140', '', `${order.number}\t`],
    ['', '', '', '200'],
    ['', '', '', '60'],
    ['', '', '', '', '140'],
  ])
  expect(rows.slice(-3).map(([label]) => label)).toEqual(['本月获得', '本月使用', '月末余额'])
})

test('what looks like a formula is made harmless', async () => {
  const { id, token } = await api.make.member()
  const reason = '=HYPERLINK("http://a","点我")'
  await api.make.admin('POST', `/api/admin/members/${id}/points-adjustments`, { change: 1, reason })
  const { body } = await statement(token, thisMonth())
  for (const cell of rowsOf(body).flat()) expect(cell).not.toMatch(/^[=+@]|^-\D/)
})

test('a month without entries has its headings and the balance carried on', async () => {
  const { token } = await api.make.member()
  const rows = rowsOf((await statement(token, '2020-02')).body)
  expect(rows.slice(1)).toEqual([
    ['本月获得', '', '', '', '0'],
    ['本月使用', '', '', '', '0'],
    ['月末余额', '', '', '', '', '0'],
  ])
})

test.each(['2026-13', '2999-01', 'abc', '2026-1', '..%2Fx'])(
  '%s is no month for a statement',
  async (month) => {
    const { token } = await api.make.member()
    refusal(await statement(token, month), 400, 'request.invalid')
  },
)

test('nobody gets a statement without signing in, and no one gets another’s', async () => {
  refusal(await statement(undefined, thisMonth()), 401, 'auth.unauthenticated')
  const [rich, poor] = await many(2, () => api.make.member())
  await api.make.admin('POST', `/api/admin/members/${rich?.id}/points-adjustments`, {
    change: 777,
    reason: '别人的事',
  })
  expect((await statement(poor?.token, thisMonth())).body).not.toContain('别人的事')
})

test('pages stay whole while entries arrive: none twice, none missing', async () => {
  const { id, token } = await api.make.member()
  const adjust = (reason: string) =>
    api.make.admin('POST', `/api/admin/members/${id}/points-adjustments`, { change: 1, reason })
  for (let number = 1; number <= 11; number += 1) await adjust(`第 ${number} 笔`)
  const seen: string[] = []
  let cursor = ''
  for (let page = 0; cursor !== null; page += 1) {
    const query = `?limit=3${cursor ? `&cursor=${cursor}` : ''}`
    const answer: Json = success(await api.send('GET', `/api/member/points/entries${query}`, { token }))
    seen.push(...answer.items.map(({ detail, title }: Json) => detail ?? title))
    cursor = answer.nextCursor
    await adjust(`后来第 ${page} 笔`)
  }
  const expected = Array.from({ length: 11 }, (_, index) => `第 ${11 - index} 笔`)
  expect(seen).toEqual([...expected, '新会员礼'])
})

test('an entry names the rules that made it', async () => {
  const { token } = await api.make.member()
  success(await api.send('POST', '/api/member/check-ins', { token }))
  const { items } = success(await api.send('GET', '/api/member/points/entries', { token }))
  expect(items.map(({ rules }: Json) => rules.map(({ id }: Json) => id))).toEqual([
    ['check-in.daily'],
    ['registration'],
  ])
})

test('points that came back expire when their lot does, and points that paid a debt never', async () => {
  const { id, token } = await api.make.member()
  const gift = await api.make.gift({ pricePoints: 60 })
  const { order } = success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token }))
  const { items } = success(await api.send('GET', '/api/member/points/entries', { token }))
  const [release, hold, registration] = items
  expect(registration.expiresOn).toMatch(/^\d{4}-/)
  expect([release.kind, release.expiresOn]).toEqual(['release', registration.expiresOn])
  expect(hold.expiresOn).toBeNull()
  const { services } = api.app.app
  const post = (work: () => Promise<unknown>) => inTransaction(async () => void (await work()))
  success(await api.place(token, [{ giftId: gift.id, quantity: 1 }]), 201)
  await post(() =>
    clawBack(services, { memberId: id, entryId: registration.id, points: 100, key: 'back', title: '收回' }),
  )
  await post(() =>
    earnPoints(services, {
      memberId: id,
      points: 20,
      source: 'test',
      expiresOn: '2099-01-01',
      key: 'late',
      title: '补上',
    }),
  )
  const late = success(await api.send('GET', '/api/member/points/entries', { token })).items[0]
  expect([late.title, late.change, late.expiresOn]).toEqual(['补上', 0, null])
})

const formulas = ['=1+1', '+1', '-1+2', '@SUM(A1)', '\u{ff1d}1', '\t=1', '\r=1']
/** Invisible, and left out by some programs before they look for a sign. */
const hidden = ['\u200b', '\ufeff', '\u00a0', '\u3164', '\u2800', '\u00ad', '\u034f', '\0', ' \u2066']
test.each([...formulas, ...hidden.map((character) => `${character}=1+1`)])(
  'a title or rule that reads %j is text in the file, not a formula',
  async (words) => {
    const { id, token } = await api.make.member()
    await inTransaction(async () => {
      await earnPoints(api.app.app.services, {
        memberId: id,
        points: 1,
        source: 'test',
        expiresOn: '2099-01-01',
        key: 'test',
        title: words,
        rules: [{ id: 'test', title: words }],
      })
    })
    const rows = rowsOf((await statement(token, thisMonth())).body)
    expect(rows[2]?.slice(2, 4)).toEqual([`'${words}`, `'${words}`])
  },
)
