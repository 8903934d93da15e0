import { parse } from 'csv-parse/sync'
import { hashEntry } from '#bff/features/points/entry-hash'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { accounts } from '#shared/domain/enums'
import type { Json } from '#test/support/client'
import { many } from '#test/support/crowd'
import { refusal, startApi, success } from './setting'

const api = startApi()
const today = () => {
  const { calendar, clock } = api.app.app.services
  return calendar.dateOf(clock.now())
}
const path = (from: string, to: string) => `/api/admin/ledger/entries.csv?from=${from}&to=${to}`
const exported = async (): Promise<Record<string, string>[]> => {
  const { body } = await api.send('GET', path(today(), today()), { token: await api.make.adminToken() })
  return parse(body, { columns: true, bom: true })
}
const adminWithRole = async (role: string) => {
  const username = `${role}-${Date.now()}`
  await api.make.admin('POST', '/api/admin/admins', {
    username,
    password: 'jili-test-role',
    name: '小周',
    role,
  })
  const body = { username, password: 'jili-test-role' }
  return success(await api.send('POST', '/api/admin/session', { body })).token as string
}

test('the export has every entry of the span, each row balanced, and its hashes can be checked', async () => {
  const { order, member } = await api.make.order({ points: 400 })
  success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: member.token }))
  await many(3, () => api.make.member())
  const rows = await exported()
  expect(rows).toHaveLength(await JournalEntryModel.countDocuments())
  for (const row of rows) {
    expect(accounts.reduce((sum, account) => sum + Number(row[account]), 0)).toBe(0)
    const entry = await JournalEntryModel.findOne({ memberId: row.memberId, seq: Number(row.seq) }).lean()
    expect(entry && hashEntry(entry)).toBe(row.hash)
  }
  expect(
    rows.filter(({ orderId }) => orderId === order.id).map(({ kind, change }) => [kind, change]),
  ).toEqual([
    ['hold', '-50'],
    ['release', '50'],
  ])
})

test('taking it leaves an entry in the audit log', async () => {
  await exported()
  const { items } = await api.make.admin('GET', '/api/admin/audit-entries?targetId=ledger')
  expect(items[0]).toMatchObject({ operation: 'ledger.export', after: { from: today(), to: today() } })
})

test.each([
  ['2026-02-01', '2026-01-01'],
  ['2026-01-01', '2027-01-02'],
  ['2026-02-30', '2026-03-01'],
  ['gestern', 'heute'],
])('from %s to %s is no span', async (from, to) => {
  const token = await api.make.adminToken()
  refusal(await api.send('GET', path(from, to), { token }), 400, 'request.invalid')
})

test('a whole leap year is a span', async () => {
  const answer = await api.send('GET', path('2024-01-01', '2024-12-31'), {
    token: await api.make.adminToken(),
  })
  expect(answer.status).toBe(200)
})

test('only finance and owners may take it', async () => {
  refusal(await api.send('GET', path(today(), today())), 401, 'auth.unauthenticated')
  const operator = await adminWithRole('operator')
  refusal(await api.send('GET', path(today(), today()), { token: operator }), 403, 'auth.forbidden')
  const finance = await adminWithRole('finance')
  expect((await api.send('GET', path(today(), today()), { token: finance })).status).toBe(200)
})

test('a client that goes away midway leaves no reader behind', async () => {
  await api.make.member()
  const leaving = new AbortController()
  const response = await fetch(api.app.baseUrl + path(today(), today()), {
    headers: { authorization: `Bearer ${await api.make.adminToken()}` },
    signal: leaving.signal,
  })
  leaving.abort()
  await expect(response.text()).rejects.toThrow()
  expect(await exported()).not.toHaveLength(0)
})

test('admins see one member’s points and entries with postings and lots', async () => {
  const { order, member } = await api.make.order({ gift: { pricePoints: 50 }, points: 100 })
  expect(await api.make.admin('GET', `/api/admin/members/${member.id}/points`)).toMatchObject({
    available: 50,
    frozen: 50,
  })
  const { items } = await api.make.admin('GET', `/api/admin/members/${member.id}/points-entries`)
  expect(items[0]).toMatchObject({
    kind: 'hold',
    seq: 2,
    key: `hold:${order.id}`,
    postings: [
      { account: 'available', points: -50 },
      { account: 'held', points: 50 },
    ],
    lots: [{ points: -50 }],
  })
  const nobody = await api.send('GET', '/api/admin/members/nobody/points-entries', {
    token: await api.make.adminToken(),
  })
  refusal(nobody, 404, 'resource.not_found')
  const asMember: Json = await api.send('GET', `/api/admin/members/${member.id}/points`, {
    token: member.token,
  })
  refusal(asMember, 403, 'auth.forbidden')
})
