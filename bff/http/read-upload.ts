import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { imageTypes } from '#shared/domain/enums'
import { DomainError, isDomainError } from '../kernel/errors'
import { readBody } from './read-body'

const tooLarge = () => new DomainError('request.too_large', { message: '图片不能超过 5 MB' })
const noPicture = () => new DomainError('request.invalid', { message: '请选择一张图片' })

/** A form has a boundary and headers around its file. */
const formOverheadBytes = 16_384

/**
 * The bytes of the one picture a request carries: raw under an image type, or the first file of a form, which is how
 * WeChat uploads. What the client says of its name and type is not believed.
 * @throws `request.too_large` as soon as more than `maxBytes` came; `request.invalid` for anything else.
 */
export async function readUpload(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const [type = ''] = (request.headers['content-type'] ?? '').toLowerCase().split(';', 1)
  const isForm = type.trim() === 'multipart/form-data'
  if (!isForm && !imageTypes.some((known) => known === type.trim())) throw noPicture()
  const bytes = await readBody(request, maxBytes + (isForm ? formOverheadBytes : 0)).catch((error) => {
    throw isDomainError(error, 'request.too_large') ? tooLarge() : error
  })
  const picture = isForm ? await findFile(bytes, request.headers['content-type'] ?? '', maxBytes) : bytes
  if (picture.length === 0) throw noPicture()
  return picture
}

/**
 * The first file of a form. The form is whole before it is parsed, but may still end inside its file: then the file's own
 * stream fails, and not the parser.
 */
function findFile(form: Buffer, contentType: string, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(noPicture())
    const parser = openParser(contentType, maxBytes)
    let file: Promise<Buffer> | null = null
    parser.on('file', (_field, stream) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('limit', () => reject(tooLarge()))
      stream.on('error', refuse)
      file = new Promise((done) => stream.on('end', () => done(Buffer.concat(chunks))))
    })
    parser.on('error', refuse)
    parser.on('finish', () => (file ? resolve(file) : refuse()))
    parser.end(form)
  })
}

function openParser(contentType: string, maxBytes: number): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      limits: { files: 1, fileSize: maxBytes, fields: 10, fieldSize: 1_024, parts: 12, headerPairs: 20 },
    })
  } catch {
    // Thrown for a form without a boundary.
    throw noPicture()
  }
}
