import { type BusinessDate, monthOf } from '#shared/domain/business-date'
import { assertInTransaction, isDuplicateKey, StaleReadError } from '../../platform/mongo/transaction'
import { type CheckInBook, CheckInBookModel } from './check-in-book.model'

/** A member's book; an empty one before the first check-in. */
export const readBook = async (memberId: string): Promise<CheckInBook> =>
  (await CheckInBookModel.findById(memberId).lean()) ?? {
    _id: memberId,
    cards: 0,
    makeUpMonth: '',
    makeUps: 0,
    revision: 0,
  }

/** How often a member made up a day in this business month. */
export const makeUpsIn = (book: CheckInBook, today: BusinessDate): number =>
  book.makeUpMonth === monthOf(today) ? book.makeUps : 0

/** Writes a book back, in the transaction that read it: had another day been added since, this one would rest on old days. */
export async function saveBook(book: CheckInBook): Promise<void> {
  assertInTransaction()
  const { _id, revision, ...fields } = book
  const saved = await CheckInBookModel.updateOne(
    { _id, revision },
    { $set: { ...fields, revision: revision + 1 } },
    { upsert: revision === 0 },
  ).catch((error: unknown) => {
    // The first two days at once.
    throw isDuplicateKey(error) ? new StaleReadError('check-in book') : error
  })
  if (saved.matchedCount + saved.upsertedCount !== 1) throw new StaleReadError('check-in book')
}
