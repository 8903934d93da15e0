import { spawnSync } from 'node:child_process'
import mongoose from 'mongoose'
import { verifyLedger, verifyNightly } from '#bff/features/points/index'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { LedgerCheckpointModel } from '#bff/features/points/ledger-checkpoint.model'
import { LotModel } from '#bff/features/points/lot.model'
import { PointsAccountModel } from '#bff/features/points/points-account.model'
import { ledgerChecks } from '#bff/ledger-checks'
import type { Json } from '#test/support/client'
import { many, untilTyped } from '#test/support/crowd'
import { dayMs, startApi, success } from './setting'

const api = startApi()
const recent = () => verifyLedger(ledgerChecks, { readsWhole: () => false })
const whole = () => verifyLedger(ledgerChecks, { readsWhole: () => true })

/** The command as an operator runs it. */
function runVerify(...args: string[]) {
  const { name } = mongoose.connection
  const uri = new URL(process.env.MONGODB_URI ?? '')
  uri.pathname = `/${name}`
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/ledger-verify.cjs', ...args], {
    env: { PATH: process.env.PATH, MONGODB_URI: uri.href },
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}

test('the command ends with 0 on a clean ledger and names the exact member of one changed row', async () => {
  const [member] = await many(3, () => api.make.member({ points: 150 }))
  const memberId = member?.id ?? ''
  expect(runVerify()).toMatchObject({ status: 0, output: expect.stringMatching(/^ok: 3 members/m) })
  const entry = await JournalEntryModel.findOne({ memberId, seq: 1 }).lean()
  await JournalEntryModel.updateOne({ _id: entry?._id }, { $set: { 'postings.1.points': 101 } })
  const { status, output } = runVerify()
  expect(status).toBe(1)
  expect(output).toContain(`${memberId}: entry ${entry?._id} balances: expected 0, found 1`)
  expect(output).toContain(`${memberId}: entry ${entry?._id} is as written`)
  const others = output
    .split('\n')
    .filter((line) => /expected .*, found/.test(line) && !line.startsWith(memberId))
  expect(others).toEqual([])
  // What is broken in the journal itself is never papered over.
  const rebuilt = runVerify('--rebuild')
  expect(rebuilt.status).toBe(1)
  expect(rebuilt.output).toContain(`${memberId}: left alone, the journal itself is broken`)
  await JournalEntryModel.updateOne({ _id: entry?._id }, { $set: { 'postings.1.points': 100 } })
  expect(runVerify(`--member=${memberId}`)).toMatchObject({
    status: 0,
    output: expect.stringContaining('ok: 1 members'),
  })
})

test('--rebuild repairs balances and lots from the journal and nothing else', async () => {
  const { member, order } = await api.make.order({ gift: { pricePoints: 60 }, points: 300 })
  const before = await PointsAccountModel.findById(member.id).lean()
  const lots = await LotModel.find({ memberId: member.id }).lean()
  const entries = await JournalEntryModel.find({ memberId: member.id }).lean()
  await PointsAccountModel.updateOne(
    { _id: member.id },
    { $set: { available: 9_999, held: 1, debt: -3, 'monthTotals.gained': 7 } },
  )
  await LotModel.updateMany({ memberId: member.id }, { $inc: { remaining: 11 } })
  const { status, output } = runVerify('--rebuild')
  expect({ status, output }).toMatchObject({
    status: 0,
    output: expect.stringContaining(`${member.id}: caches rebuilt`),
  })
  expect(await PointsAccountModel.findById(member.id).lean()).toEqual(before)
  expect(await LotModel.find({ memberId: member.id }).lean()).toEqual(lots)
  expect(await JournalEntryModel.find({ memberId: member.id }).lean()).toEqual(entries)
  success(await api.send('POST', `/api/member/orders/${order.id}/cancel`, { token: member.token }))
  await api.make.expectCleanLedger()
})

test('without a database the command says what to do and ends with 2', () => {
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bff/ledger-verify.ts'], {
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  })
  expect({ status, stderr }).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('MONGODB_URI is not set'),
  })
})

test('a later verification reads only what is new, and still finds a changed balance, lot or head', async () => {
  const members = await many(4, () => api.make.member({ points: 150 }))
  await whole()
  expect((await recent()).checkedEntries).toBe(0)
  const [active, quiet] = members
  await api.make.admin('POST', `/api/admin/members/${active?.id}/points-adjustments`, {
    change: 5,
    reason: '新的一笔',
  })
  const report = await recent()
  expect(report).toMatchObject({ ok: true, checkedEntries: 1 })
  expect(report.accounts).toEqual((await whole()).accounts)
  await LotModel.updateOne({ memberId: quiet?.id, source: 'registration' }, { $inc: { remaining: 1 } })
  const spoiled = await recent()
  await LotModel.updateOne({ memberId: quiet?.id, source: 'registration' }, { $inc: { remaining: -1 } })
  expect(new Set(spoiled.differences.map(({ memberId }) => memberId))).toEqual(new Set([quiet?.id]))
  expect((await recent()).ok).toBe(true)
})

test('a wrong checkpoint does not accuse the books', async () => {
  const { id } = await api.make.member()
  await whole()
  await LedgerCheckpointModel.updateOne({ _id: id }, { $set: { 'journal.sums.available': 1 } })
  expect((await recent()).differences).toEqual([])
})

test('it may run while members earn, spend and give back', async () => {
  const members = await many(6, () => api.make.member({ points: 500 }))
  const gift = await api.make.gift({ pricePoints: 20, stock: 200 })
  let isDone = false
  const busy = Promise.all(
    members.map(async ({ token }) => {
      for (let round = 0; round < 6; round += 1) {
        const placed = await untilTyped(() => api.place(token, [{ giftId: gift.id, quantity: 1 }]))
        const cancel = `/api/member/orders/${success(placed, 201).order.id}/cancel`
        if (round % 2) success(await untilTyped(() => api.send('POST', cancel, { token })))
      }
    }),
  ).finally(() => {
    isDone = true
  })
  const memberChecks: string[] = []
  while (!isDone) {
    const { differences } = await verifyLedger([], { readsWhole: () => true })
    memberChecks.push(...differences.map(({ check }) => check))
  }
  await busy
  expect(memberChecks).toEqual([])
  await api.make.expectCleanLedger()
})

test('the nightly run keeps its result and runs once a night', async () => {
  const { calendar, clock } = api.app.app.services
  const toFour =
    calendar.startOf(calendar.dateOf(clock.now())).getTime() + dayMs + 4 * 3_600_000 - clock.now().getTime()
  await api.advance(toFour)
  const { id } = await api.make.member()
  await PointsAccountModel.updateOne({ _id: id }, { $inc: { available: 2 } })
  expect(await verifyNightly(api.app.app.services, ledgerChecks)).toMatchObject({ ok: false })
  expect(await verifyNightly(api.app.app.services, ledgerChecks)).toBeNull()
  const alerts = async () => (await api.make.admin('GET', '/api/admin/alerts?kind=ledger.difference')).items
  const [alert] = await alerts()
  expect(alert).toMatchObject({ isOpen: true, subjectId: 'ledger', message: '夜间对账有 2 处差异' })
  expect(alert.details.differences).toMatchObject([
    { memberId: id, expected: 100, actual: 102 },
    { memberId: id },
  ])
  await api.advance(dayMs)
  expect(await verifyNightly(api.app.app.services, ledgerChecks)).toMatchObject({ ok: false })
  expect(await alerts()).toMatchObject([{ id: alert.id, isOpen: true }])
  await PointsAccountModel.updateOne({ _id: id }, { $inc: { available: -2 } })
  await api.advance(dayMs)
  expect(await verifyNightly(api.app.app.services, ledgerChecks)).toMatchObject({ ok: true })
  const { items } = await api.make.admin('GET', '/api/admin/ledger/verifications')
  expect(await alerts()).toMatchObject([{ id: alert.id, isOpen: false }])
  expect(items.map(({ ok }: Json) => ok)).toEqual([true, false, false])
  expect(items[1].differences[0]).toMatchObject({ memberId: id, expected: 100, actual: 102 })
})
