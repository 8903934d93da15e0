import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { Context } from 'koa'
import secureJson from 'secure-json-parse'
import { limits } from '#shared/domain/limits'
import { DomainError } from '../kernel/errors'

const decoders = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const

const tooLarge = (maxBytes: number) => new DomainError('request.too_large', { details: { maxBytes } })

/**
 * The bytes of a request's body, decoded as its `Content-Encoding` says: at most `maxBytes` before and after. The one place that
 * reads a request. It holds the whole body, so that whatever reads on works on bytes in memory: a body that breaks off, in
 * any form, is a refusal here and can raise no error later.
 * @throws `request.too_large`; `request.invalid` for a body that breaks off or is not encoded as it says
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  try {
    const bytes = await readBounded(request, maxBytes)
    return encoding === 'identity' ? bytes : await decode(bytes, encoding, maxBytes)
  } catch (error) {
    // What still comes is dropped: an answer before the end of the request would break the connection.
    request.resume()
    if (error instanceof DomainError) throw error
    throw new DomainError('request.invalid', { message: '请求没有传完整，请重试', cause: error })
  }
}

async function readBounded(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes)
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function decode(bytes: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  if (encoding !== 'gzip' && encoding !== 'deflate' && encoding !== 'br')
    throw new DomainError('request.invalid', { message: '不支持这种压缩格式' })
  try {
    return await decoders[encoding](bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes)
    throw new DomainError('request.invalid', { message: '请求的压缩内容有误', cause: error })
  }
}

/** A JSON body: its text byte for byte as it was signed, and its value. Without one the text is empty and the value `{}`. */
export interface JsonBody {
  text: string
  value: unknown
}

/** A body of another type than JSON is no body. @throws as `readBody`; `request.invalid` for what is no JSON object or array */
export async function readJson(ctx: Context): Promise<JsonBody> {
  if (!ctx.is('json', '+json')) return { text: '', value: {} }
  const bytes = await readBody(ctx.req, limits.requestBodyBytes)
  if (bytes.length === 0) return { text: '', value: {} }
  try {
    // Fatal: an unpaired byte would otherwise become another text than the one that was signed.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value: unknown = secureJson.parse(text)
    if (typeof value === 'object' && value !== null) return { text, value }
  } catch (error) {
    throw new DomainError('request.invalid', { message: '请求内容不是正确的 JSON', cause: error })
  }
  throw new DomainError('request.invalid', { message: '请求内容不是正确的 JSON' })
}

/** The bytes of a CSV body. @throws as `readBody`; `request.invalid` for another type */
export async function readCsv(ctx: Context, maxBytes: number): Promise<Buffer> {
  if (!ctx.is('text/csv'))
    throw new DomainError('request.invalid', { message: '请上传 CSV 表格（text/csv）' })
  return readBody(ctx.req, maxBytes)
}

/** The bytes of a push of WeChat's. @throws as `readCsv` */
export async function readXml(ctx: Context, maxBytes: number): Promise<Buffer> {
  if (!ctx.is('text/xml', 'application/xml')) throw new DomainError('request.invalid')
  return readBody(ctx.req, maxBytes)
}
