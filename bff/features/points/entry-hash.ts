import { sha256 } from '../../kernel/secrets'
import type { JournalEntry } from './journal-entry.model'

/**
 * Hash of an entry over everything it says and over the hash before it, so that changing, removing or
 * reordering an entry shows in every later one.
 */
export const hashEntry = (entry: Omit<JournalEntry, 'hash'>): string =>
  sha256(
    JSON.stringify([
      entry.previousHash,
      entry._id,
      entry.memberId,
      entry.seq,
      entry.key,
      entry.kind,
      entry.postings.map(({ account, points }) => [account, points]),
      entry.lots.map(({ lotId, points, expiresOn }) => [lotId, points, expiresOn]),
      entry.change,
      entry.availableAfter,
      [entry.monthTotals.gained, entry.monthTotals.used],
      entry.title,
      entry.detail,
      entry.source,
      entry.rules.map(({ id, title }) => [id, title]),
      entry.orderId,
      entry.reverses,
      entry.expiresOn,
      entry.businessDate,
      entry.occurredAt.toISOString(),
    ]),
  )
