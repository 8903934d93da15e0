import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'

/** A file as an answer: http/ gives it its headers and sends it as it is made. */
export interface CsvFile {
  /** With its ending; may be Chinese. */
  fileName: string
  stream: Readable
}

/**
 * What a spreadsheet would compute: a sign that begins a formula, first or behind what nobody sees, for some programs leave
 * invisible characters out before they look. Full-width signs count too.
 */
const formula = /^[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r]/u

/**
 * A table as a file, made row by row as the reader takes it, so that its size costs no memory. Excel reads it as
 * UTF-8, and a text of somebody's that looks like a formula is written as text. Rows that fail break the stream;
 * a reader that goes away ends `rows`.
 */
export function csvFile(
  fileName: string,
  headings: readonly string[],
  rows: AsyncIterable<readonly (string | number | null)[]>,
): CsvFile {
  const table = stringify({
    bom: true,
    header: true,
    columns: [...headings],
    cast: { string: (text) => (formula.test(text) ? `'${text}` : text) },
    record_delimiter: 'windows',
  })
  // A failure of the rows destroys the table with it, and whoever reads that has to listen.
  pipeline(Readable.from(rows), table, () => undefined)
  return { fileName, stream: table }
}
