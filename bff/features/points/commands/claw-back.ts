import type { Account } from '#shared/domain/enums'
import { DomainError, notFound } from '../../../kernel/errors'
import { JournalEntryModel, type LotChange } from '../journal-entry.model'
import { LotModel } from '../lot.model'
import type { PointsAccount } from '../points-account.model'
import { chooseLots, expireLots, postInParts } from './draw-lots'
import { type Ledger, postEntry, readAccount } from './post-entry'

export interface ClawBackRequest {
  memberId: string
  /** The earning that is taken back, in whole or in part. */
  entryId: string
  points: number
  /** Natural key: the same cause never takes back twice. */
  key: string
  title: string
  detail?: string
}

/**
 * Takes earned points back in the caller's transaction: first from the lot they went into, then from the
 * soonest-expiring ones. What is spent, frozen or expired already becomes a debt, which later points pay first.
 * All claw-backs of one earning together never take more than it gave.
 * @throws `resource.not_found` when the member has no such earning; `points.limit_reached` for more than is left
 *   of it; a duplicate-key error when the key was used.
 */
export async function clawBack(ledger: Ledger, request: ClawBackRequest): Promise<PointsAccount> {
  const { memberId, entryId, points, key, title, detail } = request
  const account = await expireLots(ledger, await readAccount(memberId))
  const { from, lots: earned } = await requireReversible(request)
  const draws = await chooseDraws(memberId, earned, Math.min(points, account.available))
  const owed = points - Math.min(points, account.available)
  const entry = { kind: 'claw_back' as const, title, detail, reverses: entryId }
  const current = await postInParts(ledger, account, draws, (lots, drawn) => ({
    ...entry,
    key,
    postings: [
      { account: 'available', points: drawn },
      { account: from, points: -drawn },
    ],
    lots,
  }))
  if (owed === 0) return current
  return postEntry(ledger, current, {
    ...entry,
    key: draws.length === 0 ? key : `${key}:debt`,
    detail: [detail, `已用掉的 ${owed} 积分记为欠款`].filter(Boolean).join('；'),
    postings: [
      { account: 'debt', points: -owed },
      { account: from, points: owed },
    ],
    lots: [],
  })
}

/**
 * The system account an earning came from and its lots, when `points` of it are still there to be taken back.
 * @throws `resource.not_found` when the member has no such earning; `points.limit_reached` for more than is left of it.
 */
export async function requireReversible({
  memberId,
  entryId,
  points,
}: Pick<ClawBackRequest, 'memberId' | 'entryId' | 'points'>): Promise<{ from: Account; lots: LotChange[] }> {
  const earning = await JournalEntryModel.findOne({ _id: entryId, memberId }).lean()
  const posting = earning?.postings.find(({ account }) => account.startsWith('system:'))
  if (!earning || !posting || posting.points >= 0 || !earning.source) throw notFound('没有这笔获得的积分')
  const left = -posting.points - (await sumTakenBack(memberId, entryId))
  if (points > left) {
    throw new DomainError('points.limit_reached', {
      message: `这笔积分最多还能收回 ${left}`,
      details: { limit: left },
    })
  }
  return { from: posting.account, lots: earning.lots }
}

async function sumTakenBack(memberId: string, entryId: string): Promise<number> {
  const earlier = await JournalEntryModel.find({ memberId, reverses: entryId }).lean()
  return earlier
    .flatMap(({ postings }) => postings)
    .reduce((sum, { account, points }) => sum + (account.startsWith('system:') ? points : 0), 0)
}

async function chooseDraws(
  memberId: string,
  earned: readonly LotChange[],
  points: number,
): Promise<LotChange[]> {
  const own = await LotModel.find({ _id: { $in: earned.map(({ lotId }) => lotId) }, remaining: { $gt: 0 } })
    .select('remaining expiresOn')
    .lean()
  const draws: LotChange[] = []
  let missing = points
  for (const { _id, remaining, expiresOn } of own) {
    const taken = Math.min(missing, remaining)
    if (taken > 0) draws.push({ lotId: _id, points: -taken, expiresOn })
    missing -= taken
  }
  const rest = await chooseLots(
    memberId,
    missing,
    draws.map(({ lotId }) => lotId),
  )
  return [...draws, ...rest]
}
