import { randomUUID } from 'node:crypto'
import { clawBack } from '#bff/features/points/commands/claw-back'
import { expireLots, lotsPerEntry } from '#bff/features/points/commands/draw-lots'
import { openAccount } from '#bff/features/points/commands/open-account'
import { placeHold } from '#bff/features/points/commands/place-hold'
import { postEntry, readAccount } from '#bff/features/points/commands/post-entry'
import { captureHold, refundHold, releaseHold } from '#bff/features/points/commands/settle-hold'
import { JournalEntryModel } from '#bff/features/points/journal-entry.model'
import { LotModel } from '#bff/features/points/lot.model'
import { PointsAccountModel } from '#bff/features/points/points-account.model'
import { verifyMember } from '#bff/features/points/queries/verify-member'
import { createAdjustableClock } from '#bff/kernel/clock'
import { newId } from '#bff/kernel/ids'
import { inTransaction } from '#bff/platform/mongo/transaction'
import { addDays } from '#shared/domain/business-date'
import { startTestApp, type TestApp } from '#test/support/app'

let bff: TestApp
beforeAll(async () => {
  bff = await startTestApp()
})
afterAll(() => bff.stop())

const lotCount = 1_200
const title = '测试'

/** A member with 1,200 lots of one point each, one for each coming day. */
async function memberWithManyLots() {
  const clock = createAdjustableClock()
  const ledger = { ...bff.app.services, clock }
  const memberId = randomUUID()
  const today = ledger.calendar.dateOf(clock.now())
  await inTransaction(() => openAccount(memberId))
  const lots = Array.from({ length: lotCount }, (_, day) => {
    const expiresOn = addDays(today, day)
    return {
      _id: newId(),
      memberId,
      lotKey: `test|${expiresOn}`,
      source: 'test',
      expiresOn,
      remaining: 0,
      isExtended: false,
    }
  })
  await LotModel.insertMany(lots)
  for (let start = 0; start < lotCount; start += 400) {
    const part = lots.slice(start, start + 400)
    await inTransaction(async () =>
      postEntry(ledger, await readAccount(memberId), {
        key: `earn:${start}`,
        kind: 'earn',
        source: 'test',
        postings: [
          { account: 'system:issued', points: -part.length },
          { account: 'available', points: part.length },
        ],
        lots: part.map(({ _id, expiresOn }) => ({ lotId: _id, points: 1, expiresOn })),
        title,
      }),
    )
  }
  const expectBooks = async (balances: { available: number; held: number; debt: number }) => {
    expect(await PointsAccountModel.findById(memberId).lean()).toMatchObject(balances)
    expect((await verifyMember(memberId, null)).differences).toEqual([])
    const entries = await JournalEntryModel.find({ memberId }).lean()
    expect(Math.max(...entries.map((entry) => entry.lots.length))).toBeLessThanOrEqual(lotsPerEntry)
  }
  return { ledger, clock, memberId, expectBooks }
}

test('a redemption of more lots than one entry holds is several entries, given back and spent whole', async () => {
  const { ledger, memberId, expectBooks } = await memberWithManyLots()
  const order = { memberId, orderId: 'first', title }
  await inTransaction(() => placeHold(ledger, { ...order, points: 1_150 }))
  await expectBooks({ available: 50, held: 1_150, debt: 0 })
  await inTransaction(() => releaseHold(ledger, order))
  await expectBooks({ available: 1_200, held: 0, debt: 0 })
  const second = { memberId, orderId: 'second', title }
  await inTransaction(() => placeHold(ledger, { ...second, points: 1_200 }))
  await inTransaction(() => captureHold(ledger, second))
  await inTransaction(() => refundHold(ledger, { ...second, refundId: 'r', points: 700 }))
  await expectBooks({ available: 700, held: 0, debt: 0 })
})

test('expiry and claw-back of many lots post entries of bounded size', async () => {
  const { ledger, clock, memberId, expectBooks } = await memberWithManyLots()
  clock.advance(600 * 86_400_000)
  await inTransaction(() => readAccount(memberId).then((account) => expireLots(ledger, account)))
  await expectBooks({ available: 600, held: 0, debt: 0 })
  const earning = await JournalEntryModel.findOne({ memberId, key: 'earn:800' }).lean()
  const order = { memberId, orderId: 'spent', title }
  await inTransaction(() => placeHold(ledger, { ...order, points: 500 }))
  await inTransaction(() => captureHold(ledger, order))
  await inTransaction(() =>
    clawBack(ledger, { memberId, entryId: earning?._id ?? '', points: 400, key: 'claw-back', title }),
  )
  await expectBooks({ available: 0, held: 0, debt: -300 })
})
