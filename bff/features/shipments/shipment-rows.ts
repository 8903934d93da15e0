import { CsvError, parse } from 'csv-parse/sync'
import { carrierOf, trackingNumberPattern } from '#shared/domain/carriers'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../../kernel/errors'

const headers = { name: '订单号', carrier: '快递公司', trackingNumber: '运单号' } as const

/** A row of a table of shipments; `problem` says why it cannot be used. */
export interface ShipmentRow {
  /** In the file; the header is line 1. */
  line: number
  /** The order's number or id. */
  name: string
  carrier: string
  trackingNumber: string
  problem: string | null
}

/**
 * The rows of a table of shipments, in any order of its columns; further columns are left alone.
 * @throws `request.invalid` when it is no table, misses a column, or has no row or more than 5,000.
 */
export function parseShipmentRows(text: string): ShipmentRow[] {
  const records = readRecords(text)
  if (records.length === 0) throw invalidTable('表格里没有要发货的订单')
  if (records.length > limits.shipmentImportRows)
    throw invalidTable(`一次最多 ${limits.shipmentImportRows} 行，请分几次上传`)
  return records.map(({ record, info }) => {
    const row = {
      line: info.lines,
      name: unwrap(record[headers.name]),
      carrier: unwrap(record[headers.carrier]),
      trackingNumber: unwrap(record[headers.trackingNumber]),
    }
    return { ...row, problem: problemOf(row) }
  })
}

interface CsvRecord {
  record: Partial<Record<string, string>>
  info: { lines: number }
}

function readRecords(text: string): CsvRecord[] {
  try {
    return parse(text, {
      bom: true,
      columns: (cells: string[]) => requireHeaders(cells.map(unwrap)),
      info: true,
      trim: true,
      // Excel protects long numbers as ="…", which is no quoting by the book.
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 10_000,
      to: limits.shipmentImportRows + 1,
    }) as unknown as CsvRecord[]
  } catch (error) {
    if (error instanceof CsvError)
      throw invalidTable(`表格第 ${Number(error.lines ?? 1)} 行附近的引号或格式有误`)
    throw error
  }
}

function requireHeaders(cells: string[]): string[] {
  const missing = Object.values(headers).filter((header) => !cells.includes(header))
  if (missing.length > 0) throw invalidTable(`表格第一行缺少：${missing.join('、')}`)
  return cells
}

/** What people and Excel put round a long number to keep it a text. */
function unwrap(cell = ''): string {
  const text = cell.trim()
  return (/^="(.*)"$/.exec(text)?.[1] ?? text.replace(/^'/, '')).trim()
}

function problemOf({ name, carrier, trackingNumber }: Omit<ShipmentRow, 'line' | 'problem'>): string | null {
  if (/^\d(\.\d+)?E\+?\d+$/i.test(name) || /^\d(\.\d+)?E\+\d+$/i.test(trackingNumber))
    return '号码被表格改成了科学计数法，请把这一列设为文本再填'
  if (!/^[\w-]{1,64}$/.test(name)) return '订单号有误'
  if (carrier === '' || carrier.length > 30) return '快递公司要填，最多 30 个字'
  if (!trackingNumberPattern.test(trackingNumber)) return '运单号只含字母、数字和连字符，4 到 40 位'
  return null
}

/** Whether a number looks unlike its carrier's: worth a remark, since carriers change their numbers at will. */
export function remarkOn({ carrier, trackingNumber }: ShipmentRow): string | null {
  const { carrier: known } = carrierOf(carrier)
  return known.pattern.test(trackingNumber.toUpperCase()) ? null : `这个运单号不像${known.name}的，请核对`
}

const invalidTable = (message: string) => new DomainError('request.invalid', { message })
