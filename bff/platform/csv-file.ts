import { pipeline, Readable } from 'node:stream'
import { stringify } from 'csv-stringify'

/** A file as an answer: http/ gives it its headers and sends it as it is made. */
export interface CsvFile {
  /** With its ending; may be Chinese. */
  fileName: string
  stream: Readable
}

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
    escape_formulas: true,
    record_delimiter: 'windows',
  })
  // A failure of the rows destroys the table with it, and whoever reads that has to listen.
  pipeline(Readable.from(rows), table, () => undefined)
  return { fileName, stream: table }
}
