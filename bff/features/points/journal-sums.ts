import { monthOf } from '#shared/domain/business-date'
import { type Account, accounts } from '#shared/domain/enums'
import { addToMonth } from './commands/post-entry'
import { hashEntry } from './entry-hash'
import { type JournalEntry, JournalEntryModel } from './journal-entry.model'
import type { PointsAccount } from './points-account.model'

export type AccountSums = Record<Account, number>

export const noSums = (): AccountSums =>
  Object.fromEntries(accounts.map((account) => [account, 0])) as AccountSums

/** What a member's entries add up to, up to and with number `seq`. */
export interface JournalSums {
  seq: number
  hash: string
  newestAt: Date | null
  sums: AccountSums
  monthTotals: PointsAccount['monthTotals']
}

/** What only the whole journal tells. */
export interface JournalDetails {
  lots: Map<string, { points: number; expiresOn: string }>
  /** Held points and refunds by order. */
  held: Map<string, number>
  refunded: Map<string, number>
}

export const noJournal = (): JournalSums => ({
  seq: 0,
  hash: '',
  newestAt: null,
  sums: noSums(),
  monthTotals: { month: '', gained: 0, used: 0 },
})

export const noDetails = (): JournalDetails => ({ lots: new Map(), held: new Map(), refunded: new Map() })

export type Compare = (check: string, expected: number | string, actual: number | string) => void

const pageSize = 1_000

/**
 * Reads a member's entries past `journal.seq` and adds them up, in place, checking each: that it balances, follows,
 * chains, is as it was written, and says the right balance. Goes on to `knownSeq` over gaps, and past it while pages are
 * full. Reads by number, so that neither memory nor the time of a step grows with the journal.
 * @returns how many entries were read.
 */
export async function readJournal(
  memberId: string,
  knownSeq: number,
  journal: JournalSums,
  details: JournalDetails | null,
  compare: Compare,
): Promise<number> {
  let read = 0
  for (let from = journal.seq; ; from += pageSize) {
    const entries: JournalEntry[] = await JournalEntryModel.find({
      memberId,
      seq: { $gt: from, $lte: from + pageSize },
    }).lean()
    for (const entry of entries.sort((a, b) => a.seq - b.seq)) {
      addEntry(journal, entry, compare)
      if (details) addDetails(details, entry)
    }
    read += entries.length
    if (entries.length < pageSize && from + pageSize > knownSeq) return read
  }
}

function addEntry(journal: JournalSums, entry: JournalEntry, compare: Compare): void {
  const { _id, postings, lots, change, businessDate } = entry
  const sum = (list: readonly { points: number }[]) => list.reduce((total, { points }) => total + points, 0)
  compare(`entry ${_id} balances`, 0, sum(postings))
  compare(`entry ${_id} follows`, journal.seq + 1, entry.seq)
  compare(`entry ${_id} chains`, journal.hash, entry.previousHash)
  compare(`entry ${_id} is as written`, hashEntry(entry), entry.hash)
  compare(`entry ${_id} moves its lots`, change, sum(lots))
  for (const { account, points } of postings) journal.sums[account] += points
  compare(`entry ${_id} available after`, journal.sums.available, entry.availableAfter)
  journal.monthTotals = addToMonth(journal.monthTotals, monthOf(businessDate), entry.kind, change)
  compare(`entry ${_id} month gained`, journal.monthTotals.gained, entry.monthTotals.gained)
  compare(`entry ${_id} month used`, journal.monthTotals.used, entry.monthTotals.used)
  journal.seq = entry.seq
  journal.hash = entry.hash
  journal.newestAt = entry.occurredAt
}

function addDetails({ lots, held, refunded }: JournalDetails, entry: JournalEntry): void {
  for (const { lotId, points, expiresOn } of entry.lots) {
    lots.set(lotId, { points: (lots.get(lotId)?.points ?? 0) + points, expiresOn })
  }
  const { orderId, kind, postings } = entry
  if (orderId === null) return
  const posted = (name: Account) =>
    postings.reduce((total, { account, points }) => total + (account === name ? points : 0), 0)
  held.set(orderId, (held.get(orderId) ?? 0) + posted('held'))
  if (kind === 'refund') refunded.set(orderId, (refunded.get(orderId) ?? 0) - posted('system:redeemed'))
}
