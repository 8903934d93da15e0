import pLimit from 'p-limit'
import type { z } from 'zod'
import type { verifyLedger as contract } from '#shared/contracts/points'
import { accounts } from '#shared/domain/enums'
import { HoldModel } from '../hold.model'
import { type AccountSums, noSums } from '../journal-sums'
import { type LedgerCheckpoint, LedgerCheckpointModel } from '../ledger-checkpoint.model'
import { LotModel } from '../lot.model'
import { type PointsAccount, PointsAccountModel } from '../points-account.model'
import { type Difference, type MemberReport, verifyMember } from '../queries/verify-member'

export type Report = z.input<typeof contract.response>

/** A check of another feature that belongs to the same books, such as open orders against open holds. */
export type LedgerCheck = () => Promise<Difference[]>

export interface VerifyOptions {
  /** Of these members the whole journal is read; of others what is new since they were last proved. */
  readsWhole: (memberId: string) => boolean
  /** Only this member. */
  memberId?: string | undefined
}

const batchSize = 500
const atOnce = 4
/** More would not help anyone to find the cause. */
const maxDifferences = 1_000

/**
 * Proves the ledger member by member, with a checkpoint for each that is clean; may be stopped and started again.
 * Members of whom nothing moved since their checkpoint are compared in bulk. `otherChecks` follow at the end.
 */
export async function verifyLedger(
  otherChecks: readonly LedgerCheck[],
  options: VerifyOptions,
): Promise<Report> {
  const report: Report = {
    ok: true,
    checkedMembers: 0,
    checkedEntries: 0,
    accounts: noSums(),
    differences: [],
  }
  const limit = pLimit(atOnce)
  let after = ''
  while (report.differences.length < maxDifferences) {
    const members = await PointsAccountModel.find({ _id: options.memberId ?? { $gt: after } })
      .sort({ _id: 1 })
      .limit(batchSize)
      .lean()
    const unmoved = await findUnmoved(members, options)
    for (const { journal } of unmoved.values()) addSums(report.accounts, journal.sums)
    const moved = members.filter(({ _id }) => !unmoved.has(_id))
    await Promise.all(moved.map(({ _id }) => limit(() => verifyOne(_id, options, report))))
    report.checkedMembers += members.length
    after = members.at(-1)?._id ?? ''
    if (options.memberId || members.length < batchSize) break
  }
  for (const check of otherChecks) report.differences.push(...(await confirm(check)))
  if (options.memberId)
    report.differences = report.differences.filter(({ memberId }) => memberId === options.memberId)
  report.differences.splice(maxDifferences)
  report.ok = report.differences.length === 0
  return report
}

async function verifyOne(memberId: string, options: VerifyOptions, report: Report): Promise<void> {
  const checkpoint = options.readsWhole(memberId)
    ? null
    : await LedgerCheckpointModel.findById(memberId).lean()
  let result: MemberReport = await verifyMember(memberId, checkpoint?.journal ?? null)
  // A checkpoint that is wrong itself must not accuse the books.
  if (checkpoint && result.differences.length > 0) result = await verifyMember(memberId, null)
  report.checkedEntries += result.read
  report.differences.push(...result.differences)
  addSums(report.accounts, result.journal.sums)
  if (result.differences.length > 0) await LedgerCheckpointModel.deleteOne({ _id: memberId })
  else
    await LedgerCheckpointModel.updateOne(
      { _id: memberId },
      { $set: { journal: result.journal } },
      { upsert: true },
    )
}

/** Members whose account, lots and holds still add up to their checkpoint. */
async function findUnmoved(
  members: readonly PointsAccount[],
  { readsWhole }: VerifyOptions,
): Promise<Map<string, LedgerCheckpoint>> {
  const ids = members.map(({ _id }) => _id).filter((id) => !readsWhole(id))
  if (ids.length === 0) return new Map()
  const checkpoints = await LedgerCheckpointModel.find({ _id: { $in: ids } }).lean()
  const left = await sumByMember(LotModel, [{ $match: { memberId: { $in: ids } } }], '$remaining')
  const held = await sumByMember(
    HoldModel,
    [{ $match: { memberId: { $in: ids }, state: 'open' } }, { $unwind: '$draws' }],
    '$draws.points',
  )
  const byId = new Map(members.map((account) => [account._id, account]))
  const stands = ({ _id, journal }: LedgerCheckpoint) => {
    const account = byId.get(_id)
    return (
      account?.hash === journal.hash &&
      account.seq === journal.seq &&
      account.available === journal.sums.available &&
      account.held === journal.sums.held &&
      account.debt === journal.sums.debt &&
      account.available === (left.get(_id) ?? 0) &&
      account.held === (held.get(_id) ?? 0)
    )
  }
  return new Map(checkpoints.filter(stands).map((checkpoint) => [checkpoint._id, checkpoint]))
}

async function sumByMember(
  model: typeof LotModel | typeof HoldModel,
  stages: Parameters<typeof LotModel.aggregate>[0] & object,
  field: string,
): Promise<Map<string, number>> {
  const sums = await (model as typeof LotModel).aggregate<{ _id: string; points: number }>([
    ...stages,
    { $group: { _id: '$memberId', points: { $sum: field } } },
  ])
  return new Map(sums.map(({ _id, points }) => [_id, points]))
}

/** What a check sees while orders move may be half of two states: a difference counts when a second look finds it too. */
async function confirm(check: LedgerCheck): Promise<Difference[]> {
  const first = await check()
  if (first.length === 0) return []
  const second = new Set((await check()).map((difference) => JSON.stringify(difference)))
  return first.filter((difference) => second.has(JSON.stringify(difference)))
}

function addSums(total: AccountSums, sums: AccountSums): void {
  for (const account of accounts) total[account] += sums[account]
}
