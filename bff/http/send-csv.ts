import { once } from 'node:events'
import type { Context } from 'koa'
import type { CsvFile } from '../platform/csv-file'

/**
 * Answers with a file while it is being made. A failure before its first byte is an error like any other; later the
 * connection is cut, so that no client takes a part for the whole. A client that goes away ends the making.
 */
export async function sendCsv(ctx: Context, { fileName, stream }: CsvFile): Promise<void> {
  // Koa listens only when it answers, a few steps from here; a failure between is kept in the stream until then.
  stream.on('error', () => undefined)
  await once(stream, 'readable')
  ctx.status = 200
  ctx.set('Content-Type', 'text/csv; charset=utf-8')
  ctx.set('Cache-Control', 'no-store')
  ctx.attachment(fileName)
  ctx.body = stream
}
