import { DateTime } from 'luxon'
import { DomainError } from '../../../kernel/errors'
import { type CsvFile, csvFile } from '../../../platform/csv-file'
import { eachRow } from '../../../platform/mongo/each-row'
import type { Ledger } from '../commands/post-entry'
import { firstExpiryOf } from '../first-expiry'
import { type JournalEntry, JournalEntryModel } from '../journal-entry.model'

/** The numbers of orders by their ids, as the orders feature knows them. */
export type FindOrderNumbers = (orderIds: readonly string[]) => Promise<Map<string, string>>

const headings = ['时间', '类型', '说明', '规则', '变动', '变动后余额', '到期日', '订单号']

const kindNames: Record<JournalEntry['kind'], string> = {
  earn: '获得',
  spend: '使用',
  hold: '使用',
  capture: '扣除',
  release: '退回',
  refund: '退还',
  expire: '到期',
  adjust: '调整',
  claw_back: '收回',
}

/**
 * A member's entries of one month as a file that spreadsheets read: oldest first, times in the business time zone, and
 * at the end what came in, what went out and the balance. Captures change nothing a member can see and are no row.
 * @throws `request.invalid` for what is no month up to this one.
 */
export function writeStatement(
  ledger: Ledger,
  memberId: string,
  month: string,
  findOrderNumbers: FindOrderNumbers,
): CsvFile {
  const thisMonth = ledger.calendar.dateOf(ledger.clock.now()).slice(0, 7)
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || month > thisMonth) {
    throw new DomainError('request.invalid', { message: '对账单只有到本月为止的月份，写成 2026-01 这样' })
  }
  const rows = statementRows(ledger, memberId, month, findOrderNumbers)
  return csvFile(`积分对账单-${month}.csv`, headings, rows)
}

/** Entries read together, so that their orders' numbers are looked up together. */
const batchSize = 200

async function* statementRows(
  { calendar }: Ledger,
  memberId: string,
  month: string,
  findOrderNumbers: FindOrderNumbers,
): AsyncGenerator<(string | number)[]> {
  const opening = await JournalEntryModel.findOne({ memberId, businessDate: { $lt: `${month}-01` } })
    .sort({ businessDate: -1, seq: -1 })
    .lean()
  let closing = opening?.availableAfter ?? 0
  let totals = { gained: 0, used: 0 }
  const cursor = JournalEntryModel.find({
    memberId,
    businessDate: { $gte: `${month}-01`, $lte: `${month}-31` },
  })
    .sort({ businessDate: 1, seq: 1 })
    .lean()
    .cursor({ batchSize })
  for await (const entries of inBatches(eachRow(cursor))) {
    const orderIds = new Set(entries.flatMap(({ orderId }) => orderId ?? []))
    const numbers = await findOrderNumbers([...orderIds])
    for (const entry of entries) {
      closing = entry.availableAfter
      totals = entry.monthTotals
      if (entry.kind !== 'capture') yield rowOf(entry, calendar.timeZone, numbers)
    }
  }
  yield ['本月获得', '', '', '', totals.gained]
  yield ['本月使用', '', '', '', totals.used]
  yield ['月末余额', '', '', '', '', closing]
}

async function* inBatches(entries: AsyncIterable<JournalEntry>): AsyncGenerator<JournalEntry[]> {
  let batch: JournalEntry[] = []
  for await (const entry of entries) {
    batch.push(entry)
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

const rowOf = (
  entry: JournalEntry,
  zone: string,
  numbers: ReadonlyMap<string, string>,
): (string | number)[] => [
  DateTime.fromJSDate(entry.occurredAt, { zone }).toFormat('yyyy-MM-dd HH:mm:ss'),
  kindNames[entry.kind],
  [entry.title, entry.detail].filter(Boolean).join('：'),
  entry.rules.map(({ title }) => title).join('；'),
  entry.change,
  entry.availableAfter,
  firstExpiryOf(entry) ?? '',
  // Seventeen digits: Excel would take them for a number and round it, were there no tab.
  entry.orderId === null ? '' : `${numbers.get(entry.orderId) ?? entry.orderId}\t`,
]
