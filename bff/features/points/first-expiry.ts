import type { JournalEntry } from './journal-entry.model'

/**
 * When the first of the points an entry brought expire: the lots know, also for points that came back. What paid a
 * debt went into no lot and has no date.
 */
export const firstExpiryOf = ({ lots }: Pick<JournalEntry, 'lots'>): string | null =>
  lots
    .filter(({ points }) => points > 0)
    .map(({ expiresOn }) => expiresOn)
    .sort()[0] ?? null
