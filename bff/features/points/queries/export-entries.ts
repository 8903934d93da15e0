import { accounts } from '#shared/domain/enums'
import { type CsvFile, csvFile } from '../../../platform/csv-file'
import { eachRow } from '../../../platform/mongo/each-row'
import { type JournalEntry, JournalEntryModel } from '../journal-entry.model'

const columns = [
  'memberId',
  'seq',
  'occurredAt',
  'businessDate',
  'kind',
  'change',
  'availableAfter',
  ...accounts,
  'title',
  'detail',
  'rules',
  'source',
  'orderId',
  'reverses',
  'expiresOn',
  'key',
  'hash',
]

/** All entries of a span of business dates, one row each with a column per account. Memory stays flat, however many there are. */
export const exportEntries = ({ from, to }: { from: string; to: string }): CsvFile =>
  csvFile(`ledger-${from}-${to}.csv`, columns, exportRows(from, to))

async function* exportRows(from: string, to: string): AsyncGenerator<(string | number | null)[]> {
  const entries = JournalEntryModel.find({ businessDate: { $gte: from, $lte: to } })
    .sort({ businessDate: 1, _id: 1 })
    .lean()
    .cursor({ batchSize: 1_000 })
  for await (const entry of eachRow(entries)) yield rowOf(entry)
}

const rowOf = (entry: JournalEntry): (string | number | null)[] => [
  entry.memberId,
  entry.seq,
  entry.occurredAt.toISOString(),
  entry.businessDate,
  entry.kind,
  entry.change,
  entry.availableAfter,
  ...accounts.map((name) =>
    entry.postings.reduce((sum, { account, points }) => sum + (account === name ? points : 0), 0),
  ),
  entry.title,
  entry.detail,
  entry.rules.map(({ id }) => id).join(' '),
  entry.source,
  entry.orderId,
  entry.reverses,
  entry.expiresOn,
  entry.key,
  entry.hash,
]
