import { bodyParser } from '@koa/bodyparser'
import type { Context } from 'koa'
import { limits } from '#shared/domain/limits'
import { decodeText } from '../kernel/decode-text'
import { DomainError } from '../kernel/errors'

// Latin-1 maps each byte to one character and back, so the bytes come through as they were sent.
const readBytes = bodyParser({
  enableTypes: ['text'],
  extendTypes: { text: ['text/csv'] },
  textLimit: String(limits.csvBytes),
  encoding: 'latin1',
})

/**
 * The text of a CSV table, which Excel writes in UTF-8 or, in China, in GBK.
 * @throws `request.invalid` when it is neither or no table; `request.too_large`.
 */
export async function readCsv(ctx: Context): Promise<string> {
  if (!ctx.is('text/csv'))
    throw new DomainError('request.invalid', { message: '请上传 CSV 表格（text/csv）' })
  ctx.request.body = undefined
  await readBytes(ctx, async () => undefined)
  const text = decodeText(Buffer.from(String(ctx.request.body ?? ''), 'latin1'))
  if (text === null)
    throw new DomainError('request.invalid', { message: '看不懂表格的编码，请存为 UTF-8 或 GBK' })
  return text
}
