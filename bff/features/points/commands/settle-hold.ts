import { addDays } from '#shared/domain/business-date'
import { StaleReadError } from '../../../platform/mongo/transaction'
import { type Hold, HoldModel } from '../hold.model'
import { LotModel } from '../lot.model'
import type { PointsAccount } from '../points-account.model'
import { type Ledger, postEntry, readAccount } from './post-entry'

/** How long points live on that are released after their date, once per lot. */
const extensionDays = 7

interface Settlement {
  memberId: string
  orderId: string
  title: string
}

/**
 * Ends a hold by spending it, in the transaction of its order's transition: held goes down, available and the
 * history stay as they are. The hold's state is compared and set, so it ends once, whoever races whom.
 */
export async function captureHold(ledger: Ledger, settlement: Settlement): Promise<void> {
  const hold = await endHold(settlement, 'captured')
  if (!hold) return
  await postEntry(ledger, await readAccount(settlement.memberId), {
    key: `capture:${settlement.orderId}`,
    kind: 'capture',
    postings: [
      { account: 'held', points: -hold.points },
      { account: 'system:redeemed', points: hold.points },
    ],
    lots: [],
    title: settlement.title,
    orderId: settlement.orderId,
  })
}

/**
 * Ends a hold by giving its points back to the lots they came from, in the transaction of its order's transition.
 * A lot past its date lives 7 days more, once; a second time the points are back but expired.
 */
export async function releaseHold(ledger: Ledger, settlement: Settlement): Promise<PointsAccount> {
  const hold = await endHold(settlement, 'released')
  const account = await readAccount(settlement.memberId)
  if (!hold) return account
  await extendLotsPastDate(ledger, hold)
  return postEntry(ledger, account, {
    key: `release:${settlement.orderId}`,
    kind: 'release',
    postings: [
      { account: 'held', points: -hold.points },
      { account: 'available', points: hold.points },
    ],
    lots: hold.draws,
    title: settlement.title,
    orderId: settlement.orderId,
  })
}

async function endHold(
  { memberId, orderId }: Settlement,
  state: 'captured' | 'released',
): Promise<Pick<Hold, 'points' | 'draws'> | null> {
  const hold = await HoldModel.findOne({ memberId, orderId }).lean()
  if (!hold) return null
  const ended = await HoldModel.updateOne({ _id: hold._id, state: 'open' }, { $set: { state } })
  if (ended.matchedCount !== 1) throw new StaleReadError(`hold of order ${orderId} is ${hold.state}`)
  return { points: hold.points, draws: hold.draws.map(({ lotId, points }) => ({ lotId, points })) }
}

async function extendLotsPastDate({ clock, calendar }: Ledger, hold: Pick<Hold, 'draws'>): Promise<void> {
  const today = calendar.dateOf(clock.now())
  await LotModel.updateMany(
    { _id: { $in: hold.draws.map(({ lotId }) => lotId) }, expiresOn: { $lt: today }, isExtended: false },
    { $set: { expiresOn: addDays(today, extensionDays), isExtended: true } },
  )
}
