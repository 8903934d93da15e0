import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import { DateTime } from 'luxon'
import { DomainError } from '../../../kernel/errors'
import type { CsvFile } from '../../../platform/route'
import type { Ledger } from '../commands/post-entry'
import { type JournalEntry, JournalEntryModel } from '../journal-entry.model'

const headings = ['时间', '类型', '说明', '规则', '变动', '变动后余额', '到期日', '订单号']

const kindNames: Record<JournalEntry['kind'], string> = {
  earn: '获得',
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
export function writeStatement(ledger: Ledger, memberId: string, month: string): CsvFile {
  const thisMonth = ledger.calendar.dateOf(ledger.clock.now()).slice(0, 7)
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || month > thisMonth) {
    throw new DomainError('request.invalid', { message: '对账单只有到本月为止的月份，写成 2026-01 这样' })
  }
  const table = stringify({ bom: true, escape_formulas: true, record_delimiter: '\r\n' })
  const stream = pipeline(Readable.from(statementRows(ledger, memberId, month)), table, () => undefined)
  return { fileName: `积分对账单-${month}.csv`, stream }
}

async function* statementRows(
  { calendar }: Ledger,
  memberId: string,
  month: string,
): AsyncGenerator<(string | number)[]> {
  yield headings
  const opening = await JournalEntryModel.findOne({ memberId, businessDate: { $lt: `${month}-01` } })
    .sort({ businessDate: -1, seq: -1 })
    .lean()
  let closing = opening?.availableAfter ?? 0
  let totals = { gained: 0, used: 0 }
  const entries = JournalEntryModel.find({
    memberId,
    businessDate: { $gte: `${month}-01`, $lte: `${month}-31` },
  })
    .sort({ businessDate: 1, seq: 1 })
    .lean()
    .cursor({ batchSize: 500 })
  for await (const entry of entries) {
    closing = entry.availableAfter
    totals = entry.monthTotals
    if (entry.kind !== 'capture') yield rowOf(entry, calendar.timeZone)
  }
  yield ['本月获得', '', '', '', totals.gained]
  yield ['本月使用', '', '', '', totals.used]
  yield ['月末余额', '', '', '', '', closing]
}

const rowOf = (entry: JournalEntry, zone: string): (string | number)[] => [
  DateTime.fromJSDate(entry.occurredAt, { zone }).toFormat('yyyy-MM-dd HH:mm:ss'),
  kindNames[entry.kind],
  [entry.title, entry.detail].filter(Boolean).join('：'),
  entry.rules.map(({ title }) => title).join('；'),
  entry.change,
  entry.availableAfter,
  entry.expiresOn ?? '',
  entry.orderId ?? '',
]
