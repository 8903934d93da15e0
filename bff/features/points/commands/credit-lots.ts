import { addDays } from '#shared/domain/business-date'
import type { LotChange } from '../journal-entry.model'
import { LotModel } from '../lot.model'
import type { PointsAccount } from '../points-account.model'
import { expireLots, postInParts } from './draw-lots'
import { type EntryDraft, type Ledger, postEntry, readAccount } from './post-entry'

/** How long points live on that come back after their date, once per lot. */
const extensionDays = 7

type GiveBack = Pick<EntryDraft, 'key' | 'title' | 'orderId'> & {
  kind: 'release' | 'refund'
  /** The account the points come out of. */
  from: 'held' | 'system:redeemed'
}

/**
 * Gives points back to the lots they came from. A debt is paid first, by the soonest-expiring of them. A lot past
 * its date lives 7 days more, once; a second time the points are back but expired.
 */
export async function creditLots(
  ledger: Ledger,
  memberId: string,
  draws: readonly { lotId: string; points: number }[],
  { from, ...entry }: GiveBack,
): Promise<PointsAccount> {
  // First, or what had stayed in a lot past its date would live on with what comes back into it.
  let current = await expireLots(ledger, await readAccount(memberId))
  const { towardsDebt, kept } = payDebt(current, draws)
  if (towardsDebt > 0) {
    current = await postEntry(ledger, current, {
      ...entry,
      key: `${entry.key}:debt`,
      postings: [
        { account: from, points: -towardsDebt },
        { account: 'debt', points: towardsDebt },
      ],
      lots: [],
      detail: `${towardsDebt} 积分补了欠款`,
    })
  }
  return postInParts(ledger, current, await extendLotsPastDate(ledger, kept), (lots, points) => ({
    ...entry,
    postings: [
      { account: from, points: -points },
      { account: 'available', points },
    ],
    lots,
  }))
}

function payDebt(account: PointsAccount, draws: readonly { lotId: string; points: number }[]) {
  let debt = -account.debt
  let towardsDebt = 0
  const kept: { lotId: string; points: number }[] = []
  for (const { lotId, points } of draws) {
    const paid = Math.min(debt, points)
    debt -= paid
    towardsDebt += paid
    if (points > paid) kept.push({ lotId, points: points - paid })
  }
  return { towardsDebt, kept }
}

async function extendLotsPastDate(
  { clock, calendar }: Ledger,
  draws: readonly { lotId: string; points: number }[],
): Promise<LotChange[]> {
  const today = calendar.dateOf(clock.now())
  const ids = draws.map(({ lotId }) => lotId)
  await LotModel.updateMany(
    { _id: { $in: ids }, expiresOn: { $lt: today }, isExtended: false },
    { $set: { expiresOn: addDays(today, extensionDays), isExtended: true } },
  )
  const lots = await LotModel.find({ _id: { $in: ids } })
    .select('expiresOn')
    .lean()
  const dates = new Map(lots.map(({ _id, expiresOn }) => [_id, expiresOn]))
  return draws.map((draw) => ({ ...draw, expiresOn: dates.get(draw.lotId) ?? today }))
}
