import type { z } from 'zod'
import type { verifyLedger as contract } from '#shared/contracts/points'
import { inTransaction } from '../../../platform/mongo/transaction'
import { HoldModel } from '../hold.model'
import {
  type Compare,
  type JournalDetails,
  type JournalSums,
  noDetails,
  noJournal,
  readJournal,
} from '../journal-sums'
import { LotModel } from '../lot.model'
import { type PointsAccount, PointsAccountModel } from '../points-account.model'

export type Difference = z.input<typeof contract.response>['differences'][number]

export interface MemberReport {
  differences: Difference[]
  journal: JournalSums
  details: JournalDetails
  /** Entries read. */
  read: number
}

/** More of one member would not help anyone to find the cause. */
const maxDifferences = 100

/**
 * Proves one member's books: every entry as `readJournal` says, each cached balance the sum of its postings,
 * available what the lots have left, held what the open holds drew. From a checkpoint only newer entries are read;
 * without one the whole journal, and then also each lot and each hold against its own entries.
 * The member may go on earning and spending meanwhile: entries never change, and what does is read in one snapshot.
 */
export async function verifyMember(memberId: string, checkpoint: JournalSums | null): Promise<MemberReport> {
  const differences: Difference[] = []
  const compareInto =
    (list: Difference[]): Compare =>
    (check, expected, actual) => {
      if (expected !== actual && list.length < maxDifferences)
        list.push({ memberId, check, expected, actual })
    }
  const journal = checkpoint ? structuredClone(checkpoint) : noJournal()
  const details = noDetails()
  const compare = compareInto(differences)
  const known = await PointsAccountModel.findById(memberId).select('seq').lean()
  let read = await readJournal(memberId, known?.seq ?? 0, journal, details, compare)
  const atRest = await inTransaction(async () => {
    const account = await PointsAccountModel.findById(memberId).lean()
    read += await readJournal(memberId, account?.seq ?? 0, journal, details, compare)
    const found: Difference[] = []
    if (account) compareAccount(journal, account, compareInto(found))
    await compareLotsAndHolds(memberId, account, checkpoint ? null : details, compareInto(found))
    return found
  })
  return { differences: [...differences, ...atRest], journal, details, read }
}

function compareAccount(journal: JournalSums, account: PointsAccount, compare: Compare): void {
  const { sums, monthTotals } = journal
  compare('available = sum of postings', sums.available, account.available)
  compare('held = sum of postings', sums.held, account.held)
  compare('debt = sum of postings', sums.debt, account.debt)
  compare('account head = newest entry', journal.hash, account.hash)
  compare('account number = newest entry', journal.seq, account.seq)
  compare('month gained = sum of entries', monthTotals.gained, account.monthTotals.gained)
  compare('month used = sum of entries', monthTotals.used, account.monthTotals.used)
  if (account.debt < 0) compare('nothing is available beside a debt', 0, account.available)
}

async function compareLotsAndHolds(
  memberId: string,
  account: PointsAccount | null,
  details: JournalDetails | null,
  compare: Compare,
): Promise<void> {
  const lots = await LotModel.find(details ? { memberId } : { memberId, remaining: { $ne: 0 } })
    .select('remaining expiresOn')
    .lean()
  const left = lots.reduce((sum, { remaining }) => sum + remaining, 0)
  compare('available = what lots have left', left, account?.available ?? 0)
  const holds = await HoldModel.find(details ? { memberId } : { memberId, state: 'open' }).lean()
  const openHolds = holds.filter(({ state }) => state === 'open')
  const drawn = openHolds.flatMap(({ draws }) => draws).reduce((sum, { points }) => sum + points, 0)
  compare('held = draws of open holds', drawn, account?.held ?? 0)
  if (!details) return
  const known = new Map(lots.map((lot) => [lot._id, lot]))
  for (const lotId of new Set([...known.keys(), ...details.lots.keys()])) {
    const posted = details.lots.get(lotId)
    const lot = known.get(lotId)
    compare(`lot ${lotId} = sum of its entries`, posted?.points ?? 0, lot?.remaining ?? 0)
    if (posted) compare(`lot ${lotId} date as posted`, posted.expiresOn, lot?.expiresOn ?? '')
  }
  const byOrder = new Map(holds.map((hold) => [hold.orderId, hold]))
  for (const [orderId, held] of details.held) {
    const hold = byOrder.get(orderId)
    compare(`hold of order ${orderId} = its entries`, held, hold?.state === 'open' ? hold.points : 0)
    compare(
      `refunds of order ${orderId} = its entries`,
      details.refunded.get(orderId) ?? 0,
      hold?.refunded ?? 0,
    )
  }
}

/** Points in open holds by order, for the check against open orders. */
export async function listOpenHolds(): Promise<{ memberId: string; orderId: string; points: number }[]> {
  return HoldModel.find({ state: 'open' }).select('memberId orderId points').lean()
}

/** Points that captured holds gave back, for the check against their orders. */
export async function listRefundedHolds(): Promise<
  { memberId: string; orderId: string; refunded: number }[]
> {
  return HoldModel.find({ refunded: { $gt: 0 } })
    .select('memberId orderId refunded')
    .lean()
}
