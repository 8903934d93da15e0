import assert from 'node:assert'
import { JournalEntryModel } from '../journal-entry.model'

/** The id of the entry that was posted to a member under a natural key. It must be there. */
export async function findEntryId(memberId: string, key: string): Promise<string> {
  const entry = await JournalEntryModel.findOne({ memberId, key }).select('_id').lean()
  assert(entry, `member ${memberId} has no entry ${key}`)
  return entry._id
}
