import { GiftStockModel } from '#bff/features/gifts/gift-stock.model'
import { OrderModel } from '#bff/features/orders/order.model'
import { HoldModel } from '#bff/features/points/hold.model'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { LotModel } from '#bff/features/points/lot.model'
import { PointsAccountModel } from '#bff/features/points/points-account.model'
import type { Json } from '#test/support/client'
import { startApi } from './setting'

const api = startApi()
const verify = () => api.make.admin('GET', '/api/admin/ledger/verification')

/** The checks that name `memberId` while `spoiled` lasts; afterwards all must be clean again. */
async function differencesWhile(
  memberId: string | null,
  spoil: () => Promise<unknown>,
  mend: () => Promise<unknown>,
): Promise<string[]> {
  await spoil()
  const report = await verify()
  await mend()
  expect(report.ok).toBe(false)
  expect(report.differences.map((difference: Json) => difference.memberId)).toEqual(
    report.differences.map(() => memberId),
  )
  await api.make.expectCleanLedger()
  return report.differences.map(({ check }: Json) => check)
}

test('a ledger that nobody touched is clean and counts its members', async () => {
  const before = (await verify()).checkedMembers
  await api.make.order()
  expect(await api.make.expectCleanLedger()).toMatchObject({ ok: true, checkedMembers: before + 1 })
})

test('a changed balance is named with its member, what it should be and what it is', async () => {
  const { id } = await api.make.member()
  await PointsAccountModel.updateOne({ _id: id }, { $inc: { available: 7 } })
  const { ok, differences } = await verify()
  await PointsAccountModel.updateOne({ _id: id }, { $inc: { available: -7 } })
  expect(ok).toBe(false)
  expect(differences).toContainEqual({
    memberId: id,
    check: 'available = sum of postings',
    expected: 100,
    actual: 107,
  })
  expect(new Set(differences.map(({ memberId }: Json) => memberId))).toEqual(new Set([id]))
})

test('a changed held balance is named', async () => {
  const { id } = await api.make.member()
  const checks = await differencesWhile(
    id,
    () => PointsAccountModel.updateOne({ _id: id }, { $inc: { held: 3 } }),
    () => PointsAccountModel.updateOne({ _id: id }, { $inc: { held: -3 } }),
  )
  expect(checks).toEqual(['held = sum of postings', 'held = draws of open holds'])
})

test('a changed entry is named, even when only its words were changed', async () => {
  const { id } = await api.make.member({ points: 150 })
  const entry = await JournalEntryModel.findOne({ memberId: id, seq: 1 }).lean()
  const checks = await differencesWhile(
    id,
    () => JournalEntryModel.updateOne({ _id: entry?._id }, { $set: { title: '另一个说法' } }),
    () => JournalEntryModel.updateOne({ _id: entry?._id }, { $set: { title: entry?.title } }),
  )
  expect(checks).toEqual([`entry ${entry?._id} is as written`])
})

test('a removed entry is named by the one after it', async () => {
  const { id } = await api.make.member({ points: 150 })
  const entry = await JournalEntryModel.findOne({ memberId: id, seq: 1 }).lean()
  if (!entry) throw new Error('the registration entry is missing')
  const checks = await differencesWhile(
    id,
    () => JournalEntryModel.deleteOne({ _id: entry._id }),
    () => JournalEntryModel.insertMany([entry]),
  )
  expect(checks.some((check) => check.endsWith('follows'))).toBe(true)
  expect(checks.some((check) => check.endsWith('chains'))).toBe(true)
})

test('a changed lot is named', async () => {
  const { id } = await api.make.member()
  const checks = await differencesWhile(
    id,
    () => LotModel.updateOne({ memberId: id }, { $inc: { remaining: -1 } }),
    () => LotModel.updateOne({ memberId: id }, { $inc: { remaining: 1 } }),
  )
  expect(checks).toEqual([
    'available = what lots have left',
    expect.stringMatching(/^lot \w+ = sum of its entries$/),
  ])
})

test('a hold that ended without its order is named', async () => {
  const { order, member } = await api.make.order()
  const checks = await differencesWhile(
    member.id,
    () => HoldModel.updateOne({ memberId: member.id, orderId: order.id }, { $set: { state: 'captured' } }),
    () => HoldModel.updateOne({ memberId: member.id, orderId: order.id }, { $set: { state: 'open' } }),
  )
  expect(checks).toEqual([
    'held = draws of open holds',
    `hold of order ${order.id} = its entries`,
    `hold of open order ${order.id}`,
  ])
})

test('an order that ended without its hold is named', async () => {
  const { order, member } = await api.make.order()
  await OrderModel.updateOne({ _id: order.id }, { $set: { state: 'completed' } })
  const { differences } = await verify()
  await OrderModel.updateOne({ _id: order.id }, { $set: { state: 'to_pick_up' } })
  expect(differences).toMatchObject([
    { memberId: member.id, check: `open hold without open order ${order.id}`, expected: 0, actual: 50 },
  ])
})

test('a stock pool that is not the sum of its ledger is named', async () => {
  const gift = await api.make.gift()
  const checks = await differencesWhile(
    null,
    () => GiftStockModel.updateOne({ _id: gift.id }, { $inc: { available: 1 } }),
    () => GiftStockModel.updateOne({ _id: gift.id }, { $inc: { available: -1 } }),
  )
  expect(checks).toHaveLength(1)
  expect(checks[0]).toContain(gift.id)
})

test('pieces taken without an order are named', async () => {
  const { gift } = await api.make.order()
  const checks = await differencesWhile(
    null,
    () => GiftStockModel.updateOne({ _id: gift.id }, { $inc: { taken: 1 } }),
    () => GiftStockModel.updateOne({ _id: gift.id }, { $inc: { taken: -1 } }),
  )
  expect(checks).toEqual([`pieces taken from stock ${gift.id} = in orders`])
})
