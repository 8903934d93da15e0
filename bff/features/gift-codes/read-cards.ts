import { pipeline, Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { CsvError, parse } from 'csv-parse'
import type { codeRowFaults } from '#shared/contracts/gift-codes'
import { type BusinessDate, isBusinessDate } from '#shared/domain/business-date'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../../kernel/errors'

/** A code as its file says it. */
export interface CardRow {
  line: number
  code: string
  password: string | null
  expiresOn: BusinessDate | null
}

export interface BadRow {
  line: number
  reason: (typeof codeRowFaults)[number]
}

/** The columns a file may have, by the names that suppliers give them. */
const columns: Record<string, 'code' | 'password' | 'expiresOn'> = {
  code: 'code',
  卡号: 'code',
  券码: 'code',
  password: 'password',
  卡密: 'password',
  密码: 'password',
  expireson: 'expiresOn',
  有效期: 'expiresOn',
}

type Cells = Partial<Record<'code' | 'password' | 'expiresOn', string>>

/**
 * Reads a file of codes: rows to import and rows that are wrong, with their lines. Rows are not yet compared with
 * what was imported before. Reads in pieces, so that other requests are answered meanwhile.
 * @throws `request.invalid` when it is no CSV or has no column of codes; `request.too_large` for too many rows.
 */
export async function readCards(
  bytes: Buffer,
  today: BusinessDate,
): Promise<{ cards: CardRow[]; badRows: BadRow[] }> {
  if (bytes.length === 0) throw invalid('没有收到 CSV 文件')
  const text = toUtf8(bytes)
  let hasPassword = false
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(text),
    columns: (names: string[]) => {
      const known = names.map((name) => columns[name.trim().toLowerCase()] ?? false)
      if (!known.includes('code')) throw invalid('第一行要有列名 code（或 卡号、券码）')
      hasPassword = known.includes('password')
      return known
    },
    info: true,
    trim: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: 10_000,
  })
  const cards: CardRow[] = []
  const badRows: BadRow[] = []
  try {
    // What breaks off destroys both ends; whoever reads the rows is told.
    const rows: AsyncIterable<{ record: Cells; info: { lines: number } }> = pipeline(
      Readable.from(pieces(text)),
      parser,
      () => undefined,
    )
    for await (const { record, info } of rows) {
      if (cards.length + badRows.length >= limits.codeImportRows)
        throw new DomainError('request.too_large', { message: `一个文件最多 ${limits.codeImportRows} 行` })
      const read = readCard(record, hasPassword, today)
      if (typeof read === 'string') badRows.push({ line: info.lines, reason: read })
      else cards.push({ line: info.lines, ...read })
    }
  } catch (error) {
    // The parser's own words quote the row, and the row holds a code.
    if (error instanceof CsvError) throw invalid(`第 ${Number(error.lines) || 1} 行不是正确的 CSV`)
    throw error
  }
  if (cards.length + badRows.length === 0) throw invalid('文件里没有券码')
  return { cards, badRows }
}

const invalid = (message: string) => new DomainError('request.invalid', { message })

/** Excel in China saves CSV in GB 18030, and "Unicode text" as UTF-16; everything else is UTF-8. */
function toUtf8(bytes: Buffer): Buffer {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return Buffer.from(new TextDecoder('utf-16le').decode(bytes))
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return bytes
  } catch {
    return Buffer.from(new TextDecoder('gb18030').decode(bytes))
  }
}

/** Excel writes semicolons where the comma is the decimal sign, and tabs in "Unicode text". */
function delimiterOf(text: Buffer): string {
  const end = text.indexOf('\n')
  const head = text.subarray(0, end < 0 ? text.length : end).toString()
  return [',', ';', '\t'].find((delimiter) => head.includes(delimiter)) ?? ','
}

/** A stream alone reads to its end without letting anything else have its turn. */
async function* pieces(text: Buffer, pieceBytes = 32 * 1024): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += pieceBytes) {
    await setImmediate()
    yield text.subarray(at, at + pieceBytes)
  }
}

function readCard(
  { code: rawCode, password: rawPassword, expiresOn: rawDate }: Cells,
  hasPassword: boolean,
  today: BusinessDate,
): Omit<CardRow, 'line'> | BadRow['reason'] {
  const code = unwrap(rawCode)
  const password = unwrap(rawPassword)
  if (code === '') return 'code_missing'
  if (isSpoilt(code)) return 'code_spoilt'
  if (!isLegible(code)) return 'code_invalid'
  if (hasPassword && password === '') return 'password_missing'
  if (isSpoilt(password)) return 'code_spoilt'
  if (!isLegible(password)) return 'password_invalid'
  const expiresOn = readDate(unwrap(rawDate))
  if (expiresOn === undefined) return 'date_invalid'
  if (expiresOn !== null && expiresOn < today) return 'date_passed'
  return { code, password: password === '' ? null : password, expiresOn }
}

/** Suppliers write `="0012"` so that Excel keeps the zeros. */
const unwrap = (cell = ''): string => /^="(.*)"$/.exec(cell)?.[1] ?? cell

/** What Excel makes of a long number, with its last digits lost: `6.22848E+18`. */
const isSpoilt = (cell: string) => /^\d(\.\d+)?E\+?\d+$/i.test(cell)

const isLegible = (cell: string) => cell.length <= limits.codeCharacters && !/[\p{C}\uFFFD]/u.test(cell)

/** `2027-03-01`, or Excel's `2027/3/1`; null for none, undefined for what is no date. */
function readDate(cell: string): BusinessDate | null | undefined {
  if (cell === '') return null
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(cell) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isBusinessDate(date) ? date : undefined
}
