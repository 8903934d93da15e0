import { DomainError } from '../../../kernel/errors'
import { StaleReadError } from '../../../platform/mongo/transaction'
import type { LotChange } from '../journal-entry.model'
import { type Lot, LotModel } from '../lot.model'
import type { PointsAccount } from '../points-account.model'
import { type EntryDraft, type Ledger, postEntry, readAccount } from './post-entry'

/** One entry moves this many lots at most; a change of more is posted as several entries in one transaction. */
export const lotsPerEntry = 500

export interface Draw {
  account: PointsAccount
  draws: LotChange[]
}

/**
 * Chooses the lots that pay `points`, soonest-expiring first, after posting the expiry of lots past their
 * date, so that what has expired can never be spent whether or not the job has run. Draws are negative.
 * @throws `points.in_debt`, `points.insufficient` with what is missing.
 */
export async function drawLots(ledger: Ledger, memberId: string, points: number): Promise<Draw> {
  let account = await readAccount(memberId)
  let page = await findSpendable(memberId)
  if (page[0] && page[0].expiresOn < ledger.calendar.dateOf(ledger.clock.now())) {
    account = await expireLots(ledger, account)
    page = await findSpendable(memberId)
  }
  if (account.debt < 0) throw new DomainError('points.in_debt', { details: { debt: -account.debt } })
  if (account.available < points) {
    throw new DomainError('points.insufficient', {
      message: `还差 ${points - account.available} 积分`,
      details: { required: points, available: account.available },
    })
  }
  return { account, draws: await drawFrom(page, memberId, points) }
}

const lotsPerPage = 100

/** A page of the lots with points left, soonest-expiring first. */
const findSpendable = (memberId: string, except: readonly string[] = [], skip = 0): Promise<Lot[]> =>
  LotModel.find({ memberId, remaining: { $gt: 0 }, ...(except.length > 0 ? { _id: { $nin: except } } : {}) })
    .sort({ expiresOn: 1, _id: 1 })
    .skip(skip)
    .limit(lotsPerPage)
    .lean()

/** The lots that pay `points`, soonest-expiring first, leaving out those in `except`; there must be enough in them. */
export const chooseLots = async (
  memberId: string,
  points: number,
  except: readonly string[],
): Promise<LotChange[]> => drawFrom(await findSpendable(memberId, except), memberId, points, except)

async function drawFrom(
  firstPage: readonly Lot[],
  memberId: string,
  points: number,
  except: readonly string[] = [],
): Promise<LotChange[]> {
  const draws: LotChange[] = []
  let missing = points
  let lots = firstPage
  while (missing > 0) {
    if (lots.length === 0) throw new StaleReadError('lots do not add up to the available points')
    for (const { _id, remaining, expiresOn } of lots) {
      if (missing === 0) break
      const taken = Math.min(missing, remaining)
      draws.push({ lotId: _id, points: -taken, expiresOn })
      missing -= taken
    }
    if (missing > 0) lots = await findSpendable(memberId, except, draws.length)
  }
  return draws
}

/**
 * Posts the expiry of every lot past its date, in the caller's transaction; does nothing when there is none.
 * @returns the account afterwards, from how it was `before`.
 */
export async function expireLots(ledger: Ledger, before: PointsAccount): Promise<PointsAccount> {
  let account = before
  const { _id: memberId } = account
  const today = ledger.calendar.dateOf(ledger.clock.now())
  for (;;) {
    const expired = await LotModel.find({ memberId, remaining: { $gt: 0 }, expiresOn: { $lt: today } })
      .sort({ expiresOn: 1, _id: 1 })
      .limit(lotsPerEntry)
      .lean()
    if (expired.length === 0) return account
    const points = expired.reduce((sum, lot) => sum + lot.remaining, 0)
    account = await postEntry(ledger, account, {
      key: `expire:${today}:${account.seq + 1}`,
      kind: 'expire',
      postings: [
        { account: 'available', points: -points },
        { account: 'system:expired', points },
      ],
      lots: expired.map(({ _id, remaining, expiresOn }) => ({ lotId: _id, points: -remaining, expiresOn })),
      title: '积分到期',
    })
  }
}

/**
 * Posts a change of many lots as entries of `lotsPerEntry` lots each. `draft` gets the lots of one entry, what
 * they add up to, and the entry's number, which keeps its key unique; the first one's key stays as it is.
 */
export async function postInParts(
  ledger: Ledger,
  account: PointsAccount,
  lots: readonly LotChange[],
  draft: (part: LotChange[], points: number) => EntryDraft,
): Promise<PointsAccount> {
  let current = account
  for (let start = 0; start < lots.length; start += lotsPerEntry) {
    const part = lots.slice(start, start + lotsPerEntry)
    const entry = draft(
      part,
      part.reduce((sum, { points }) => sum + points, 0),
    )
    const key = start === 0 ? entry.key : `${entry.key}:${start / lotsPerEntry + 1}`
    current = await postEntry(ledger, current, { ...entry, key })
  }
  return current
}
