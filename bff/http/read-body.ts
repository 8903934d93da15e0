import type { Context } from 'koa'
import { DomainError } from '../kernel/errors'

/** The bytes of a CSV body. @throws `request.invalid` when another type, or nothing, was sent; `request.too_large` */
export async function readCsv(ctx: Context, maxBytes: number): Promise<Buffer> {
  if (!ctx.is('text/csv'))
    throw new DomainError('request.invalid', { message: '请上传 CSV 表格（text/csv）' })
  return readBounded(ctx, maxBytes)
}

/** The bytes of a push of WeChat's. @throws as `readCsv` */
export async function readXml(ctx: Context, maxBytes: number): Promise<Buffer> {
  if (!ctx.is('text/xml', 'application/xml')) throw new DomainError('request.invalid')
  return readBounded(ctx, maxBytes)
}

async function readBounded(ctx: Context, maxBytes: number): Promise<Buffer> {
  const refuse = () => new DomainError('request.too_large', { details: { maxBytes } })
  if ((ctx.request.length ?? 0) > maxBytes) throw refuse()
  const chunks: Buffer[] = []
  let size = 0
  // Left open when it is too much: the refusal goes out on the same connection.
  for await (const chunk of ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw refuse()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
