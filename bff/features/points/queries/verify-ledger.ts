import type { z } from 'zod'
import type { verifyLedger as contract } from '#shared/contracts/points'
import { hashEntry } from '../entry-hash'
import { HoldModel } from '../hold.model'
import { JournalEntryModel } from '../journal-entry.model'
import { LotModel } from '../lot.model'
import { type PointsAccount, PointsAccountModel } from '../points-account.model'

type Report = z.input<typeof contract.response>
export type Difference = Report['differences'][number]

/** A check of another feature that belongs to the same books, such as open orders against open holds. */
export type LedgerCheck = () => Promise<Difference[]>

/** More would not help anyone to find the cause. */
const maxDifferences = 1_000

/**
 * Reads the whole ledger and proves it: every entry balances and chains, each cached balance is the sum of its
 * postings, available is what the lots have left, held is what open holds drew. Each difference is named.
 */
export async function verifyLedger(otherChecks: readonly LedgerCheck[]): Promise<Report> {
  const differences: Difference[] = []
  let checkedMembers = 0
  for await (const account of PointsAccountModel.find().sort({ _id: 1 }).lean().cursor({ batchSize: 200 })) {
    checkedMembers += 1
    differences.push(...(await verifyMember(account)))
    if (differences.length >= maxDifferences) break
  }
  for (const check of otherChecks) differences.push(...(await check()))
  return { ok: differences.length === 0, checkedMembers, differences: differences.slice(0, maxDifferences) }
}

async function verifyMember(account: PointsAccount): Promise<Difference[]> {
  const memberId = account._id
  const differences: Difference[] = []
  const compare = (check: string, expected: number | string, actual: number | string) => {
    if (expected !== actual) differences.push({ memberId, check, expected, actual })
  }
  const sums = { available: 0, held: 0, debt: 0 }
  const head = { seq: 0, hash: '' }
  for await (const entry of JournalEntryModel.find({ memberId })
    .sort({ seq: 1 })
    .lean()
    .cursor({ batchSize: 500 })) {
    const total = entry.postings.reduce((sum, { points }) => sum + points, 0)
    compare(`entry ${entry._id} balances`, 0, total)
    compare(`entry ${entry._id} follows`, head.seq + 1, entry.seq)
    compare(`entry ${entry._id} chains`, head.hash, entry.previousHash)
    compare(`entry ${entry._id} is as written`, hashEntry(entry), entry.hash)
    for (const { account: name, points } of entry.postings) {
      if (name === 'available' || name === 'held' || name === 'debt') sums[name] += points
    }
    compare(`entry ${entry._id} available after`, sums.available, entry.availableAfter)
    head.seq = entry.seq
    head.hash = entry.hash
  }
  compare('available = sum of postings', sums.available, account.available)
  compare('held = sum of postings', sums.held, account.held)
  compare('debt = sum of postings', sums.debt, account.debt)
  compare('account head = newest entry', head.hash, account.hash)
  compare('available = what lots have left', await sumLots(memberId), account.available)
  compare('held = draws of open holds', await sumOpenHolds(memberId), account.held)
  return differences
}

async function sumLots(memberId: string): Promise<number> {
  const lots = await LotModel.find({ memberId, remaining: { $ne: 0 } })
    .select('remaining')
    .lean()
  return lots.reduce((sum, { remaining }) => sum + remaining, 0)
}

async function sumOpenHolds(memberId: string): Promise<number> {
  const holds = await HoldModel.find({ memberId, state: 'open' }).lean()
  return holds.flatMap(({ draws }) => draws).reduce((sum, { points }) => sum + points, 0)
}

/** Points in open holds by order, for the check against open orders. */
export async function listOpenHolds(): Promise<{ memberId: string; orderId: string; points: number }[]> {
  return HoldModel.find({ state: 'open' }).select('memberId orderId points').lean()
}
